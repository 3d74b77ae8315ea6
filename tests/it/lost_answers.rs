//! A connection that breaks in the middle of an add, at each place where it can. Nothing is lost, and
//! nothing is registered or asked for twice.

use trustdesk_core::index::Patience;
use trustdesk_core::sync::Connection;
use trustdesk_demo_index::{DemoIndex, Options};
use trustdesk_domain::ChangeState;
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use trustdesk_tests::proxy::{CHANGE, LIST, Place};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::{SERVER_MAY_WORK_MS, START_MS, Time};

#[tokio::test]
async fn an_answer_that_is_lost_is_made_good_by_reading_the_list() {
    for place in [Place::BeforeTheAnswer, Place::InTheHead, Place::InTheBody] {
        let (index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
        proxy.cut(CHANGE, place);
        desk.engine.sync_project(PROJECT).await.expect_err("the answer was lost");
        assert_eq!(desk.state(&add.id).await, ChangeState::Done, "{place:?}: the list shows it");
        assert_eq!(index.publishers(PROJECT).len(), 1, "{place:?}");
        assert_eq!(index.publishers(PROJECT), desk.listed(PROJECT).await, "{place:?}");

        desk.time.pass(2 * SERVER_MAY_WORK_MS);
        desk.engine.sync_project(PROJECT).await.expect("read");
        assert_eq!((proxy.changes_sent(), desk::posts(&index)), (1, 1), "{place:?}: asked once");
        assert_eq!(desk.connection().await, Connection::Online, "{place:?}");
    }
}

#[tokio::test]
async fn a_request_that_never_arrived_is_sent_again_only_when_the_index_must_be_done() {
    let (index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
    proxy.cut(CHANGE, Place::BeforeTheIndex);
    desk.engine.sync_project(PROJECT).await.expect_err("the connection broke");
    assert_eq!((proxy.changes_sent(), desk::posts(&index)), (1, 0), "no library sends it again");
    assert_eq!(desk.state(&add.id).await, ChangeState::Checking, "it may have arrived");

    desk.time.pass(SERVER_MAY_WORK_MS - 1);
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(desk.state(&add.id).await, ChangeState::Checking, "the index may still be at work");
    assert_eq!(proxy.changes_sent(), 1);

    desk.time.pass(1);
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting, "now it cannot be any more");
    assert_eq!(proxy.changes_sent(), 1, "reading sends nothing");
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!((proxy.changes_sent(), desk::posts(&index)), (2, 1));
    assert_eq!(index.publishers(PROJECT).len(), 1);
}

#[tokio::test]
async fn a_list_that_was_long_on_its_way_says_nothing_of_the_time_since() {
    let (_index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
    proxy.cut(CHANGE, Place::BeforeTheIndex);
    desk.engine.sync_project(PROJECT).await.expect_err("the connection broke");
    let mut held = proxy.hold(LIST, Place::BeforeTheAnswer);
    let (read, ()) = tokio::join!(desk.engine.refresh_publishing(PROJECT), async {
        held.reached().await;
        desk.time.pass(SERVER_MAY_WORK_MS);
        held.pass_on().await;
    });
    read.expect("read");
    let state = desk.state(&add.id).await;
    assert_eq!(state, ChangeState::Checking, "the index may have done it after it wrote the list");
}

#[tokio::test]
async fn one_sync_is_enough_to_check_a_lost_request_and_send_it_again() {
    let (index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
    proxy.cut(CHANGE, Place::BeforeTheIndex);
    desk.engine.sync_project(PROJECT).await.expect_err("the connection broke");
    desk.time.pass(SERVER_MAY_WORK_MS);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!((proxy.changes_sent(), desk::posts(&index)), (2, 1));
}

#[tokio::test]
async fn what_cannot_be_checked_at_once_is_checked_when_the_index_is_back() {
    let (index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
    proxy.cut(CHANGE, Place::BeforeTheAnswer);
    // The list is read before the change; this is the reading after it.
    proxy.cut(LIST.after(1), Place::BeforeTheIndex);
    desk.engine.sync_project(PROJECT).await.expect_err("everything broke");
    assert_eq!(desk.state(&add.id).await, ChangeState::Checking);
    assert_eq!(desk.connection().await, Connection::Offline);

    let desk = desk.restart().await;
    assert_eq!(desk.state(&add.id).await, ChangeState::Checking, "a restart decides nothing");
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done, "at once: the list shows it");
    assert_eq!((proxy.changes_sent(), desk::posts(&index)), (1, 1));
}

#[tokio::test]
async fn a_yes_that_cannot_be_proved_at_once_is_checked_not_believed() {
    let (index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
    proxy.cut(LIST.after(1), Place::InTheBody);
    desk.engine.sync_project(PROJECT).await.expect_err("the list was lost");
    assert_eq!(desk::posts(&index), 1);
    assert_eq!(desk.state(&add.id).await, ChangeState::Checking, "a redirect is no proof");
    assert_eq!(desk.cached(PROJECT).await.page.publishers, [], "half a list changes nothing");
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!((proxy.changes_sent(), desk::posts(&index)), (1, 1));
}

#[tokio::test]
async fn what_comes_after_a_lost_answer_waits_for_its_own_turn() {
    let (index, proxy, desk, first) = desk::with_an_add_waiting(Patience::default()).await;
    let second = desk::fields("octocat", PROJECT, "second.yml", "");
    let second = desk.queue_add(PROJECT, &second).await;
    proxy.cut(CHANGE, Place::BeforeTheAnswer);
    desk.engine.sync_project(PROJECT).await.expect_err("the answer was lost");
    assert_eq!(desk.state(&first.id).await, ChangeState::Done);
    assert_eq!(desk.state(&second.id).await, ChangeState::Waiting, "nothing is sent into a break");
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&second.id).await, ChangeState::Done);
    assert_eq!((proxy.changes_sent(), desk::posts(&index)), (2, 2));
}

#[tokio::test]
async fn a_lost_removal_is_made_good_by_reading_the_list() {
    let (index, proxy, desk, _) = desk::with_an_add_waiting(Patience::default()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let id = desk.listed(PROJECT).await[0].id.clone();
    let removal = desk.engine.queue_remove(PROJECT, &id).await.expect("queued");
    proxy.cut(CHANGE, Place::InTheHead);
    desk.engine.sync_project(PROJECT).await.expect_err("the answer was lost");
    assert_eq!(desk.state(&removal.id).await, ChangeState::Done, "its row is gone");
    assert_eq!(index.publishers(PROJECT), []);
    assert_eq!((proxy.changes_sent(), desk::posts(&index)), (2, 2), "one add, one removal");
}

#[tokio::test]
async fn every_form_names_the_index_as_its_origin() {
    let time = Time::at(START_MS);
    let clock = std::sync::Arc::clone(&time);
    let options = Options { strict_origin: true, clock, ..Options::default() };
    let index = DemoIndex::start(options).await.expect("starts");
    let desk = Desk::at(&index.origin(), &time).await;
    desk.sign_in().await;
    desk.engine.refresh_projects().await.expect("read");
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("an index over https refuses any other form");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    desk.engine.sign_out().await.expect("signed out");
    let signed_out = index.requests().into_iter().find(|line| line.path == "/account/logout/");
    assert_eq!(signed_out.expect("asked").status, 303, "the session is ended on the index too");
}
