//! What is asked of the index is never guessed: a row of the database that says neither *add* nor
//! *remove* in full is no change, and one intent never becomes another.

use trustdesk_core::store;
use trustdesk_core::sync::Error;
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{
    Change, ChangeAction, ChangeState, InPlaceOf, Provider, PublisherId, Typed,
};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, posts, release_workflow};
use trustdesk_tests::other_connection::run_sql;
use trustdesk_tests::sends::ReviewAndSend as _;

const OLD: &str = "release.yml in octo-org/sampleproject, environment pypi";

/// A project that lists `release.yml`, for which one request was sent.
async fn with_one_listed() -> (DemoIndex, Desk, PublisherId) {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let row = desk.listed(PROJECT).await[0].id.clone();
    (index, desk, row)
}

fn publish_workflow() -> Typed {
    let fields = fields("octo-org", PROJECT, "publish.yml", "pypi");
    Typed::new(PROJECT, Provider::Github, &fields)
}

async fn replace(desk: &Desk, row: &PublisherId) -> Change {
    let in_place_of = InPlaceOf { publisher: Some(row.clone()), change: None };
    desk.queue_typed(&Typed { in_place_of, ..publish_workflow() }).await
}

fn lines(index: &DemoIndex) -> Vec<String> {
    index.publishers(PROJECT).iter().map(|listed| listed.publisher.line()).collect()
}

/// Nothing is sent, because the database holds a row that is no change.
async fn refuses_to_send(index: &DemoIndex, desk: &Desk) {
    let before = posts(index);
    let synced = desk.engine.sync_project(PROJECT).await;
    assert_eq!(posts(index), before, "nothing may be sent on a guess: {synced:?}");
    assert!(matches!(synced, Err(Error::Store(store::Error::Unreadable(_)))), "{synced:?}");
}

#[tokio::test]
async fn removal_without_a_row_is_refused_and_never_sent_as_an_add() {
    let (index, desk, row) = with_one_listed().await;
    desk.engine.queue_remove(PROJECT, &row).await.expect("queued");
    let without_row = "PRAGMA ignore_check_constraints = ON;
        UPDATE changes SET publisher_id = NULL WHERE action = 'remove'";
    run_sql(desk.folder(), without_row).await;
    refuses_to_send(&index, &desk).await;
    let origin = index.origin();
    let desk = desk.restart().await;
    desk.choose(&origin).await;
    let recovery = desk.engine.store().recovery().expect("the screen can say what happened");
    assert_eq!((recovery.changes, recovery.unreadable), (0, 1), "it says nothing that can be kept");
    desk.engine.refresh_projects().await.expect("read");
    desk.engine.sync_project(PROJECT).await.expect("nothing is left to send");
    assert_eq!((lines(&index), posts(&index)), (vec![OLD.to_owned()], 1));
}

#[tokio::test]
async fn removal_whose_addition_is_lost_is_not_sent_before_a_person_decides() {
    let (index, desk, row) = with_one_listed().await;
    replace(&desk, &row).await;
    run_sql(desk.folder(), "DELETE FROM changes WHERE action = 'add' AND state = 'waiting'").await;
    refuses_to_send(&index, &desk).await;
    let origin = index.origin();
    let desk = desk.restart().await;
    desk.choose(&origin).await;
    desk.engine.refresh_projects().await.expect("read");
    desk.engine.sync_project(PROJECT).await.expect("nothing is to be sent");
    assert_eq!(lines(&index), [OLD], "or the project would have none");
    let removal = open(&desk).await.pop().expect("carried over");
    assert_eq!(removal.state, ChangeState::NeedsYou);
    assert!(removal.reasons.messages[0].contains("was lost"), "{:?}", removal.reasons);
    assert!(desk.engine.retry_change(&removal.id).await.expect("decided"));
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(lines(&index), Vec::<String>::new(), "a person decided that it goes all the same");
}

#[tokio::test]
async fn add_that_comes_after_another_change_is_refused() {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.queue_typed(&publish_workflow()).await;
    let linked = "UPDATE changes SET after_id = (SELECT min(change_id) FROM changes)
        WHERE change_id = (SELECT max(change_id) FROM changes)";
    run_sql(desk.folder(), linked).await;
    refuses_to_send(&index, &desk).await;
    let desk = desk.restart().await;
    let states: Vec<ChangeState> = open(&desk).await.iter().map(|change| change.state).collect();
    let both_wait = [ChangeState::Waiting, ChangeState::Waiting];
    assert_eq!(states, both_wait, "without the link, for a person who reviews them");
    assert_eq!(posts(&index), 0, "nothing was sent meanwhile");
}

#[tokio::test]
async fn removal_of_a_row_is_not_taken_for_the_add_that_is_listed_there() {
    let (_index, desk, row) = with_one_listed().await;
    let add = desk.queue_typed(&publish_workflow()).await;
    // The process ended between the two writes that settle an add.
    desk.engine.store().listed_as(&add.id, &row).await.expect("written");
    let removal = desk.engine.queue_remove(PROJECT, &row).await.expect("queued");
    assert_ne!(removal.id, add.id, "the add is another intent");
    assert_eq!(removal.intent.action(), ChangeAction::Remove);
    let again = desk.engine.queue_remove(PROJECT, &row).await.expect("queued");
    assert_eq!(again.id, removal.id, "asking twice keeps the first");
}

#[tokio::test]
async fn editing_an_add_gives_up_no_removal_and_nothing_of_another_project() {
    let (_index, desk, row) = with_one_listed().await;
    let removal = desk.engine.queue_remove(PROJECT, &row).await.expect("queued");
    let other = fields("octo-org", "other", "release.yml", "pypi");
    let elsewhere = desk.queue_add("harbor-sync", &other).await;
    for former in [&removal, &elsewhere] {
        let in_place_of = InPlaceOf { publisher: None, change: Some(former.id.clone()) };
        let number = desk.engine.review().await.expect("read").changes.len();
        let fields = fields("octo-org", PROJECT, &format!("{number}.yml"), "pypi");
        let typed = Typed { in_place_of, ..Typed::new(PROJECT, Provider::Github, &fields) };
        desk.queue_typed(&typed).await;
        assert_eq!(desk.state(&former.id).await, ChangeState::Waiting, "{former:?}");
    }
}

async fn open(desk: &Desk) -> Vec<Change> {
    let account = desk.account().await;
    desk.engine.store().open_changes(account).await.expect("read")
}
