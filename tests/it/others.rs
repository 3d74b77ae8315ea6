//! Somebody else changes a project while something waits for it here: the same wish merges silently,
//! everything else is shown and waits for a person.

use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{
    Change, ChangeState, Fields, GitlabInstances, Provider, PublisherId, check,
};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, posts, release_workflow};
use trustdesk_tests::other_connection::{run_sql, run_sql_with};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::DAY_MS;

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
async fn own_change_is_no_conflict_after_the_clock_was_set_back() {
    let (index, desk, first) = seen(&workflow("first.yml")).await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    desk.time.is_set(-DAY_MS);
    let removal = desk.engine.queue_remove(PROJECT, &first).await.expect("queued");
    desk.engine.sync_change(PROJECT, &removal.id).await.expect("sent");
    assert_eq!(desk.state(&removal.id).await, ChangeState::Done);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done, "nobody else changed anything");
    assert_eq!(index.publishers(PROJECT).len(), 1);
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

#[tokio::test]
async fn row_that_came_again_is_noticed_though_an_earlier_change_from_here_added_it() {
    let (index, desk, first) = seen(&workflow("first.yml")).await;
    let shared = desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let row = desk.change(&shared.id).await.intent.row().expect("listed").clone();
    // The index keeps the row while another project has it.
    let (_, publisher) =
        check(Provider::Github, &release_workflow(), &GitlabInstances::gitlab_com());
    index.add_publisher_behind("tidepool", publisher.expect("valid"));
    index.remove_publisher_behind(PROJECT, &row);
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    desk.time.pass(60_000);
    let removal = desk.engine.queue_remove(PROJECT, &first).await.expect("queued");
    let again = add_behind(&index, &release_workflow());
    assert_eq!(again, row, "the same row as before");

    let sent = posts(&index);
    desk.engine.sync_project(PROJECT).await.expect("read");
    let [_, added, removed] = conflict(&desk, &removal).await;
    assert_eq!((added.len(), removed.len()), (1, 0));
    assert_eq!(posts(&index), sent, "nobody has decided on this list");
}

#[tokio::test]
async fn row_that_is_another_publisher_by_now_is_not_removed() {
    let (index, desk, first) = seen(&workflow("first.yml")).await;
    let second = add_behind(&index, &workflow("second.yml"));
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    // The cached list shows the first one with the row of the second one, and the other way around.
    let away = "UPDATE publishers SET publisher_id = 'away' WHERE publisher_id = ?1";
    let there = "UPDATE publishers SET publisher_id = ?2 WHERE publisher_id = ?1";
    run_sql_with(desk.folder(), away, &[&second.0]).await;
    run_sql_with(desk.folder(), there, &[&first.0, &second.0]).await;
    run_sql_with(desk.folder(), there, &["away", &first.0]).await;
    let removal = desk.engine.queue_remove(PROJECT, &second).await.expect("queued");
    assert!(removal.intent.publisher().line().starts_with("first.yml"), "as it was shown");

    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(posts(&index), 0, "the row belongs to another publisher");
    let removal = desk.change(&removal.id).await;
    assert_eq!(removal.state, ChangeState::NeedsYou);
    assert_eq!(removal.reasons.messages, ["The row to remove is now another publisher."]);
    assert_eq!(index.publishers(PROJECT).len(), 2);

    assert!(desk.engine.retry_change(&removal.id).await.expect("decided"));
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(desk.state(&removal.id).await, ChangeState::NeedsYou, "it still is another one");
    assert_eq!(posts(&index), 0);
}

#[tokio::test]
async fn history_that_cannot_be_read_blocks_no_project() {
    let (index, desk, first) = seen(&workflow("first.yml")).await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let damage = "UPDATE changes SET publisher = '{}', reasons = '7' WHERE state = 'done'";
    run_sql(desk.folder(), damage).await;
    desk.engine.refresh_publishing(PROJECT).await.expect("nothing waits");

    let removal = desk.engine.queue_remove(PROJECT, &first).await.expect("queued");
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&removal.id).await, ChangeState::Done);
    assert_eq!(index.publishers(PROJECT).len(), 1);
}
