//! Without the index: everything that was read stays readable, everything that is confirmed is kept.

use tempfile::tempdir;
use trustdesk_core::sync::Connection;
use trustdesk_domain::ChangeState;
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::{START_MS, Time};

#[tokio::test]
async fn without_the_index_everything_is_readable_and_an_add_waits_until_it_is_back() {
    let folder = tempdir().expect("a folder");
    let file = folder.path().join("index.json");
    let time = Time::at(START_MS);
    let index = desk::start_index(&time, Some(&file)).await;
    let desk = Desk::at(&index.origin(), &time).await;
    desk.sign_in().await;
    desk.engine.refresh_projects().await.expect("read");
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    desk.engine.refresh_publishing("tidepool").await.expect("read");
    let account = desk.account().await;
    let projects = desk.engine.store().projects(account).await.expect("reads");
    let tidepool = desk.cached("tidepool").await;
    index.stop().await;

    time.pass(1_000);
    desk.engine.refresh_publishing("tidepool").await.expect_err("nobody answers");
    assert_eq!(desk.connection().await, Connection::Offline);
    assert_eq!(desk.cached("tidepool").await, tidepool, "a reading that failed changes nothing");
    assert_eq!(desk.engine.store().projects(account).await.expect("reads"), projects);
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect_err("nobody answers");
    let waiting = desk.change(&add.id).await;
    assert_eq!(waiting.state, ChangeState::Waiting);
    assert_eq!(waiting.claimed_at_ms, None, "being offline uses up no attempt");

    let index = desk::start_index(&time, Some(&file)).await;
    desk.choose(&index.origin()).await;
    desk.engine.sync_project(PROJECT).await.expect("the session outlives the index's restart");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(desk::posts(&index), 1);
    assert_eq!(index.publishers(PROJECT), desk.listed(PROJECT).await);
    assert_eq!(desk.connection().await, Connection::Online);
}

#[tokio::test]
async fn after_a_restart_without_the_index_everything_is_still_there() {
    let (index, desk) = desk::signed_in().await;
    desk.engine.refresh_publishing("harbor-sync").await.expect("read");
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let listed = desk.engine.store().publishing(desk.account().await, "harbor-sync").await;
    let listed = listed.expect("reads").expect("was read");
    let before = desk.engine.screen().await.expect("reads");
    index.stop().await;

    let desk = desk.restart().await;
    let after = desk.engine.screen().await.expect("reads");
    assert_eq!((after.index, after.account), (before.index, before.account));
    assert_eq!(after.connection, Connection::NotChecked, "a start asks nobody");
    assert_eq!(desk.cached("harbor-sync").await, listed);
    assert_eq!(listed.page.publishers.len(), 11);
    let project = desk.engine.store().project(desk.account().await, PROJECT).await.expect("reads");
    let project = project.expect("listed");
    assert_eq!(project.open_changes, 1, "the screen can say that a change waits");
    assert_eq!(project.publishers, None, "and that this page was never read");
    assert_eq!(desk.change(&add.id).await, add);
}

#[tokio::test]
async fn an_add_that_was_confirmed_offline_can_be_taken_back() {
    let (index, desk) = desk::signed_in().await;
    index.stop().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    assert!(desk.engine.discard_change(&add.id).await.expect("decided"));
    assert_eq!(desk.state(&add.id).await, ChangeState::Discarded);
    assert!(!desk.engine.retry_change(&add.id).await.expect("decided"), "what is over stays over");
    desk.queue_add(PROJECT, &release_workflow()).await;
}
