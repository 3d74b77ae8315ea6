//! Somebody else changes a project while something waits for it here: the same wish merges silently,
//! everything else is shown and waits for a person.

use trustdesk_core::domain::{
    Change, ChangeState, Fields, GitlabInstances, Provider, PublisherId, check,
};
use trustdesk_demo_index::DemoIndex;
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, posts, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;

fn workflow(name: &str) -> Fields {
    fields("octo-org", PROJECT, name, "")
}

fn add_behind(index: &DemoIndex, fields: &Fields) -> PublisherId {
    let (_, publisher) = check(Provider::Github, fields, &GitlabInstances::gitlab_com());
    index.add_publisher_behind(PROJECT, publisher.expect("valid"));
    index.publishers(PROJECT).last().expect("added").id.clone()
}

/// A desk whose user has seen the project's list, with this one publisher.
async fn seen(fields: &Fields) -> (DemoIndex, Desk, PublisherId) {
    let (index, desk) = desk::signed_in().await;
    let row = add_behind(&index, fields);
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    (index, desk, row)
}

/// Base, added and removed, in lines.
async fn conflict(desk: &Desk, change: &Change) -> [Vec<String>; 3] {
    let change = desk.change(&change.id).await;
    assert_eq!(change.state, ChangeState::NeedsYou);
    let said = change.reasons.messages.concat();
    assert!(said.starts_with("Someone else changed this project"), "why it stopped: {said:?}");
    let found = desk.engine.conflict(&change).await.expect("read").expect("a conflict");
    [found.base, found.added, found.removed]
        .map(|list| list.iter().map(|listed| listed.publisher.line()).collect())
}

#[tokio::test]
async fn what_was_decided_on_another_list_is_shown_and_not_sent() {
    let (index, desk, first) = seen(&workflow("first.yml")).await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    index.remove_publisher_behind(PROJECT, &first);
    add_behind(&index, &workflow("theirs.yml"));

    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(posts(&index), 0, "nobody has decided on this list");
    let [base, added, removed] = conflict(&desk, &add).await;
    assert_eq!(base, ["first.yml in octo-org/sampleproject, any environment"]);
    assert_eq!(added, ["theirs.yml in octo-org/sampleproject, any environment"]);
    assert_eq!(removed, base);

    assert!(desk.engine.retry_change(&add.id).await.expect("decided"), "on this list");
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done, "the same list is not asked twice");
    assert_eq!(index.publishers(PROJECT).len(), 2);
}

#[tokio::test]
async fn it_is_told_when_the_list_is_read_not_only_when_something_is_sent() {
    let (index, desk, _) = seen(&workflow("first.yml")).await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    add_behind(&index, &workflow("theirs.yml"));
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    conflict(&desk, &add).await;
    let desk = desk.restart().await;
    desk.choose(&index.origin()).await;
    conflict(&desk, &add).await;
    assert!(desk.engine.discard_change(&add.id).await.expect("decided"));
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(posts(&index), 0);
}

#[tokio::test]
async fn the_same_wish_of_somebody_else_is_nobodys_conflict() {
    let (index, desk, first) = seen(&workflow("first.yml")).await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let removal = desk.engine.queue_remove(PROJECT, &first).await.expect("queued");
    add_behind(&index, &release_workflow());
    index.remove_publisher_behind(PROJECT, &first);
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(desk.state(&removal.id).await, ChangeState::Done);
    assert_eq!(posts(&index), 0);
}

#[tokio::test]
async fn several_changes_of_ones_own_are_no_conflict() {
    let (index, desk, first) = seen(&workflow("first.yml")).await;
    let early = desk.queue_add(PROJECT, &workflow("early.yml")).await;
    let late = desk.queue_add(PROJECT, &workflow("late.yml")).await;
    let removal = desk.engine.queue_remove(PROJECT, &first).await.expect("queued");
    for change in [&removal, &early, &late] {
        desk.engine.sync_change(PROJECT, &change.id).await.expect("sent");
        assert_eq!(desk.state(&change.id).await, ChangeState::Done);
    }
    assert_eq!(index.publishers(PROJECT).len(), 2);
}

#[tokio::test]
async fn a_removal_waits_for_a_decision_too() {
    let (index, desk, first) = seen(&workflow("first.yml")).await;
    add_behind(&index, &workflow("second.yml"));
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    let removal = desk.engine.queue_remove(PROJECT, &first).await.expect("queued");
    let second = index.publishers(PROJECT)[1].id.clone();
    index.remove_publisher_behind(PROJECT, &second);
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(index.publishers(PROJECT).len(), 1, "it would have been the last one");
    let [_, added, removed] = conflict(&desk, &removal).await;
    assert_eq!((added.len(), removed.len()), (0, 1));
}
