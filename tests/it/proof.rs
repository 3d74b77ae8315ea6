//! Only the list that was read again is proof: not a redirect, not a message, not what we sent.

use trustdesk_core::sync::Queued;
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{Change, ChangeState, Fields, GitlabInstances, Provider, Typed, check};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, release_workflow};
use trustdesk_tests::proxy::{LIST, Place, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;

/// Somebody else adds the same on the index's own page.
fn add_behind(index: &DemoIndex, fields: &Fields) {
    let (_, publisher) = check(Provider::Github, fields, &GitlabInstances::gitlab_com());
    index.add_publisher_behind(PROJECT, publisher.expect("valid"));
}

/// A project with one listed publisher and its removal, waiting.
async fn waiting_removal(desk: &Desk) -> Change {
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let listed = desk.listed(PROJECT).await;
    desk.engine.queue_remove(PROJECT, &listed[0].id).await.expect("queued")
}

#[tokio::test]
async fn a_yes_of_a_read_only_index_is_no_proof() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let synced = desk.sync_while(&index, Place::BeforeTheIndex, || index.set_read_only(true)).await;
    synced.expect("the index says yes");
    assert_eq!(desk::posts(&index), 1);
    let change = desk.change(&add.id).await;
    assert_eq!(change.state, ChangeState::NeedsYou, "the list does not show it");
    assert!(change.reasons.messages[0].contains("does not list it"), "{:?}", change.reasons);

    index.set_read_only(false);
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(desk::posts(&index), 1, "it is not tried again until a person says so");
    assert!(desk.engine.retry_change(&add.id).await.expect("decided"));
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(index.publishers(PROJECT).len(), 1);
}

#[tokio::test]
async fn a_removal_on_a_read_only_index_is_not_done_either() {
    let (index, desk) = desk::signed_in().await;
    let removal = waiting_removal(&desk).await;
    let synced = desk.sync_while(&index, Place::BeforeTheIndex, || index.set_read_only(true)).await;
    synced.expect("the index says yes");
    assert_eq!(desk.state(&removal.id).await, ChangeState::NeedsYou, "its row is still listed");
    assert_eq!(desk.listed(PROJECT).await.len(), 1);
}

#[tokio::test]
async fn what_somebody_else_added_meanwhile_is_done_without_a_request() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &fields("Octo-Org", PROJECT, "release.yml", "PyPI")).await;
    add_behind(&index, &release_workflow());
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(desk::posts(&index), 0, "the index would refuse it and count it");
    let again = desk
        .engine
        .queue_add(&Typed::new(PROJECT, Provider::Github, &release_workflow()), None)
        .await;
    assert_eq!(again.expect("decided"), Queued::AlreadyListed);
}

#[tokio::test]
async fn what_somebody_else_adds_between_the_list_and_the_request_is_done_once() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let synced = desk
        .sync_while(&index, Place::BeforeTheIndex, || add_behind(&index, &release_workflow()))
        .await;
    synced.expect("a refusal is no error");
    assert_eq!(desk::posts(&index), 1);
    assert_eq!(
        desk.state(&add.id).await,
        ChangeState::Done,
        "the list shows it, whatever was said"
    );
    assert_eq!(index.publishers(PROJECT).len(), 1);
}

#[tokio::test]
async fn a_publisher_in_other_capitals_is_another_one_and_is_sent() {
    let (index, desk) = desk::signed_in().await;
    add_behind(&index, &release_workflow());
    let add = desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "Release.yml", "pypi")).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(index.publishers(PROJECT).len(), 2, "only one of them ever matches a token");
}

#[tokio::test]
async fn a_refusal_stands_under_its_field_in_the_indexs_words() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &fields("no-such-owner", PROJECT, "release.yml", "")).await;
    desk.engine.sync_project(PROJECT).await.expect("a refusal is no error");
    let change = desk.change(&add.id).await;
    assert_eq!(change.state, ChangeState::Rejected);
    assert_eq!(change.reasons.fields["owner"], ["Unknown GitHub user or organization."]);
    assert!(change.reasons.fields.len() == 1, "no other field is to blame: {:?}", change.reasons);

    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(desk::posts(&index), 1, "what was refused is not sent again by itself");
    assert!(desk.engine.discard_change(&add.id).await.expect("decided"));
    assert_eq!(desk.state(&add.id).await, ChangeState::Discarded);
}

#[tokio::test]
async fn what_the_index_said_is_kept_while_its_list_cannot_be_read() {
    let (index, desk) = desk::signed_in().await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    let taken = desk.queue_add(PROJECT, &release_workflow()).await;
    let refused = fields("no-such-owner", PROJECT, "release.yml", "");
    let refused = desk.queue_add(PROJECT, &refused).await;
    proxy.cut(LIST.after(1), Place::BeforeTheIndex);
    desk.engine.sync_project(PROJECT).await.expect_err("the list is lost");
    let (taken, refused) = (desk.change(&taken.id).await, desk.change(&refused.id).await);
    assert_eq!((taken.state, refused.state), (ChangeState::Checking, ChangeState::Rejected));
    assert_eq!(taken.reasons.messages, ["The index answered yes; its list will tell."]);
    assert_eq!(refused.reasons.fields["owner"], ["Unknown GitHub user or organization."]);
}

#[tokio::test]
async fn one_refusal_does_not_keep_the_others_of_its_batch_from_the_index() {
    let (index, desk) = desk::signed_in().await;
    let first = desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "first.yml", "")).await;
    let refused = desk.queue_add(PROJECT, &fields("boom", PROJECT, "second.yml", "")).await;
    let third = desk.queue_add(PROJECT, &fields("octocat", PROJECT, "third.yml", "")).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let mut states = Vec::new();
    for change in [&first, &refused, &third] {
        states.push(desk.state(&change.id).await);
    }
    assert_eq!(states, [ChangeState::Done, ChangeState::Rejected, ChangeState::Done]);
    assert_eq!(index.publishers(PROJECT).len(), 2);
}

#[tokio::test]
async fn what_somebody_else_removed_is_done_without_a_request() {
    let (index, desk) = desk::signed_in().await;
    let removal = waiting_removal(&desk).await;
    let elsewhere = Desk::at(&index.origin(), &desk.time).await;
    elsewhere.sign_in().await;
    elsewhere.engine.refresh_publishing(PROJECT).await.expect("read");
    let listed = elsewhere.listed(PROJECT).await;
    elsewhere.engine.queue_remove(PROJECT, &listed[0].id).await.expect("queued");
    elsewhere.engine.sync_project(PROJECT).await.expect("sent");
    let posts = desk::posts(&index);

    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(desk.state(&removal.id).await, ChangeState::Done, "its row is gone");
    assert_eq!(desk::posts(&index), posts, "there was nothing left to ask for");
}

#[tokio::test]
async fn the_same_change_asked_for_twice_is_one_change() {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    let again = fields("OCTO-ORG", PROJECT, "release.yml", "PYPI");
    let again = desk
        .engine
        .queue_add(&Typed::new(PROJECT, Provider::Github, &again), None)
        .await
        .expect("decided");
    assert_eq!(again, Queued::AlreadyWaiting, "the index would take it for the same");
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk::posts(&index), 1);

    let id = desk.listed(PROJECT).await[0].id.clone();
    let removal = desk.engine.queue_remove(PROJECT, &id).await.expect("queued");
    let same = desk.engine.queue_remove(PROJECT, &id).await.expect("queued");
    assert_eq!(removal, same, "two clicks on Remove ask once");
    assert!(!desk.engine.retry_change(&removal.id).await.expect("decided"), "it waits already");
    assert_eq!(desk.state(&removal.id).await, ChangeState::Waiting);
}
