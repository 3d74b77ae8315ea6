//! Answers that stop on their way or drip: each wait has an end. The limits are those of the program
//! in small, for these waits are real.

use std::time::Duration;

use tokio::time::timeout;
use trustdesk_core::index::{Error as IndexError, Patience};
use trustdesk_core::sync::{Connection, Error};
use trustdesk_domain::ChangeState;
use trustdesk_tests::desk::{self, Desk, PROJECT};
use trustdesk_tests::proxy::{Asked, CHANGE, LIST, Place};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::SERVER_MAY_WORK_MS;

/// Longer than a busy machine lets an answer wait that is on its way.
const SILENCE: Duration = Duration::from_secs(2);
const ANSWER: Duration = Duration::from_secs(4);
/// Far less than it takes a page to drip through.
const BOUND: Duration = Duration::from_secs(20);
/// Never silent for long.
const DRIP: Duration = Duration::from_millis(30);

const PATIENCE: Patience = Patience { connect: SILENCE, silence: SILENCE, answer: ANSWER };

async fn synced(desk: &Desk) -> Result<(), Error> {
    timeout(BOUND, desk.engine.sync_project(PROJECT)).await.expect("every wait has an end")
}

async fn is_lost(desk: &Desk, what: &str) {
    let error = synced(desk).await.expect_err("no whole answer came");
    assert!(matches!(error, Error::Index(IndexError::AnswerLost(_))), "{what}: {error:?}");
}

#[tokio::test]
async fn a_change_whose_answer_stops_is_checked_and_sent_once() {
    for place in [Place::BeforeTheAnswer, Place::InTheHead, Place::InTheBody] {
        let (index, proxy, desk, add) = desk::with_an_add_waiting(PATIENCE).await;
        let _stopped = proxy.hold(CHANGE, place);
        is_lost(&desk, &format!("{place:?}")).await;
        assert_eq!(desk.state(&add.id).await, ChangeState::Done, "{place:?}: the list shows it");
        assert_eq!((proxy.changes_sent(), desk::posts(&index)), (1, 1), "{place:?}");
    }
    let (index, proxy, desk, add) = desk::with_an_add_waiting(PATIENCE).await;
    let _stopped = proxy.hold(CHANGE, Place::BeforeTheIndex);
    is_lost(&desk, "on its way").await;
    assert_eq!(desk.state(&add.id).await, ChangeState::Checking, "nobody knows where it is");
    desk.time.pass(SERVER_MAY_WORK_MS);
    synced(&desk).await.expect("sent");
    assert_eq!((proxy.changes_sent(), desk::posts(&index)), (2, 1));
}

#[tokio::test]
async fn a_list_whose_answer_stops_is_lost_and_nothing_is_sent() {
    for place in [Place::BeforeTheAnswer, Place::InTheHead, Place::InTheBody] {
        let (_index, proxy, desk, add) = desk::with_an_add_waiting(PATIENCE).await;
        let _stopped = proxy.hold(LIST, place);
        is_lost(&desk, &format!("{place:?}")).await;
        assert_eq!(desk.connection().await, Connection::Offline, "{place:?}");
        assert_eq!(desk.state(&add.id).await, ChangeState::Waiting, "{place:?}");
        assert_eq!(proxy.changes_sent(), 0, "{place:?}");
    }
}

#[tokio::test]
async fn an_answer_that_drips_is_left_when_the_whole_of_it_takes_too_long() {
    let drips = |asked: Asked| async move {
        let (index, proxy, desk, add) = desk::with_an_add_waiting(PATIENCE).await;
        proxy.drip(asked, DRIP);
        is_lost(&desk, &format!("{asked:?}")).await;
        (desk.state(&add.id).await, desk::posts(&index))
    };
    assert_eq!(drips(LIST).await, (ChangeState::Waiting, 0));
    assert_eq!(drips(CHANGE).await, (ChangeState::Done, 1), "the list shows it");
}
