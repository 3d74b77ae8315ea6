//! Reading everything and sending a reviewed list: watched, stopped, and never more than was asked.

use tokio::time::timeout;
use trustdesk_core::index::Error as IndexError;
use trustdesk_core::sync::{Error, Unwatched};
use trustdesk_domain::{ChangeState, Provider};
use trustdesk_tests::desk::{self, PROJECT, fields, posts};
use trustdesk_tests::proxy::{CHANGE, LIST, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::stranger::http;
use trustdesk_tests::watcher::{PATIENCE, Watcher};

const OTHER: &str = "harbor-sync";

#[tokio::test]
async fn every_page_that_can_be_managed_is_read_and_one_that_cannot_stops_nothing() {
    let (_index, desk) = desk::signed_in().await;
    let watcher = Watcher::opening_gates();
    let read = timeout(PATIENCE, desk.engine.refresh_everything(&watcher)).await;
    read.expect("nobody can open a project that cannot be read: there is nothing to rest for")
        .expect("read");
    let seen = watcher.seen();
    let total = seen.len();
    assert!(seen.iter().enumerate().all(|(at, (done, of, _))| (at, total) == (*done, *of)));
    assert_eq!(watcher.failed(), ["brass-kettle"], "quarantined");
    let projects = desk.engine.store().projects(desk.account().await).await.expect("read");
    let unread = projects.iter().filter(|it| it.project.can_manage && it.publishers.is_none());
    let unread: Vec<&str> = unread.map(|it| it.project.normalized_name.as_str()).collect();
    assert_eq!(unread, ["brass-kettle"], "not read is never shown as none");
}

#[tokio::test]
async fn only_the_projects_that_are_named_are_read() {
    let (index, desk) = desk::signed_in().await;
    let before = index.requests().len();
    let watcher = Watcher::default();
    desk.engine.refresh_publishers(&[OTHER.to_owned()], &watcher).await.expect("read");
    assert_eq!(watcher.seen(), [(0, 1, OTHER.to_owned())]);
    assert_eq!(index.requests().len() - before, 2, "the user and one page");
    assert_eq!(desk.listed(OTHER).await, index.publishers(OTHER));
}

#[tokio::test]
async fn reading_stops_before_the_next_page_and_keeps_what_was_read() {
    let (index, desk) = desk::signed_in().await;
    let watcher = Watcher::stopping_after(2);
    let before = index.requests().len();
    desk.engine.refresh_everything(&watcher).await.expect("stopped");
    assert_eq!(index.requests().len() - before, 3, "the user, the list and one page");
}

#[tokio::test]
async fn exactly_the_reviewed_changes_are_sent() {
    let (index, desk) = desk::signed_in().await;
    let mut reviewed = Vec::new();
    for project in [PROJECT, OTHER, PROJECT] {
        let workflow = format!("release-{}.yml", reviewed.len());
        let change = desk.queue_add(project, &fields("octo-org", PROJECT, &workflow, "")).await;
        reviewed.push(change.id);
    }
    let review = desk.engine.review().await.expect("reviewed");
    let order: Vec<&str> = review.changes.iter().map(|change| change.project.as_str()).collect();
    assert_eq!(order, [PROJECT, PROJECT, OTHER], "project by project, as they are sent");
    let late = desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "late.yml", "")).await;

    let watcher = Watcher::default();
    desk.engine.sync_each(&reviewed, &watcher).await.expect("sent");
    assert_eq!(posts(&index), 3);
    assert_eq!(watcher.seen(), [(0, 2, PROJECT.to_owned()), (1, 2, OTHER.to_owned())]);
    for id in &reviewed {
        assert_eq!(desk.state(id).await, ChangeState::Done);
    }
    assert_eq!(desk.state(&late.id).await, ChangeState::Waiting, "nobody has reviewed it");
    let review = desk.engine.review().await.expect("reviewed");
    assert_eq!((review.changes.len(), review.quota.attempts.len()), (1, 3));
}

#[tokio::test]
async fn a_gate_in_the_middle_leaves_the_rest_waiting() {
    let (index, desk) = desk::signed_in().await;
    let mut ids = Vec::new();
    for project in [PROJECT, OTHER] {
        ids.push(desk.queue_add(project, &fields("octo-org", PROJECT, "a.yml", "")).await.id);
    }
    index.make_reauth_needed();
    let ended = desk.engine.sync_each(&ids, &Unwatched).await;
    assert!(ended.is_err(), "the password must be confirmed first");
    assert_eq!(posts(&index), 0);
    for id in &ids {
        assert_eq!(desk.state(id).await, ChangeState::Waiting, "no attempt is used up");
    }
}

#[tokio::test]
async fn a_provider_the_index_refuses_stops_only_its_own_change() {
    let (_index, desk) = desk::signed_in().await;
    let wrong = desk.queue_add(PROJECT, &fields("nobody-here", PROJECT, "a.yml", "")).await;
    let right = desk.queue_add(OTHER, &fields("octo-org", PROJECT, "a.yml", "")).await;
    let ids = [wrong.id.clone(), right.id.clone()];
    desk.engine.sync_each(&ids, &Unwatched).await.expect("sent");
    assert_eq!(desk.state(&wrong.id).await, ChangeState::Rejected);
    assert_eq!(desk.state(&right.id).await, ChangeState::Done);
    assert_eq!(desk.change(&wrong.id).await.intent.publisher().provider(), Some(Provider::Github));
}

#[tokio::test]
async fn unreadable_answer_ends_only_the_work_on_its_project() {
    for is_cut_off in [false, true] {
        let (index, desk) = desk::signed_in().await;
        let proxy = Proxy::before(&index).await;
        desk.choose(&proxy.origin()).await;
        desk.engine.refresh_publishing(PROJECT).await.expect("read");
        let (_, page) = proxy.pages().pop().expect("its page");
        let answer = if is_cut_off {
            http("200 OK", page.split("<footer").next().expect("its content"))
        } else {
            http("413 Content Too Large", "")
        };
        let first = desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "a.yml", "")).await;
        let second = desk.queue_add(OTHER, &fields("octo-org", PROJECT, "a.yml", "")).await;
        let status = answer.lines().next().unwrap_or_default().to_owned();
        proxy.answer(CHANGE, answer);
        let watcher = Watcher::default();
        let ids = [first.id.clone(), second.id.clone()];
        desk.engine.sync_each(&ids, &watcher).await.expect("the other project is sent");
        assert_eq!(watcher.failed(), [PROJECT], "{status}");
        assert_eq!(desk.state(&first.id).await, ChangeState::Checking, "{status}");
        assert_eq!(desk.state(&second.id).await, ChangeState::Done, "{status}");
    }
}

#[tokio::test]
async fn page_that_cannot_be_read_keeps_no_other_project_from_being_read() {
    let (index, desk) = desk::signed_in().await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    desk.engine.refresh_publishing(OTHER).await.expect("read");
    let (_, page_of_other) = proxy.pages().pop().expect("its page");
    proxy.answer(LIST, http("200 OK", &page_of_other));
    let watcher = Watcher::default();
    let projects = [PROJECT.to_owned(), OTHER.to_owned()];
    desk.engine.refresh_publishers(&projects, &watcher).await.expect("the other one is read");
    assert_eq!(watcher.failed(), [PROJECT]);
    assert_eq!(desk.listed(OTHER).await, index.publishers(OTHER));
}

#[tokio::test]
async fn three_unexpected_answers_in_a_row_end_the_work() {
    let (index, desk) = desk::signed_in().await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    let mut ids = Vec::new();
    for project in [PROJECT, OTHER, "tidepool", "quillmark"] {
        ids.push(desk.queue_add(project, &fields("octo-org", PROJECT, "a.yml", "")).await.id);
        proxy.answer(CHANGE, http("413 Content Too Large", ""));
    }
    let watcher = Watcher::default();
    let ended = desk.engine.sync_each(&ids, &watcher).await;
    assert!(matches!(ended, Err(Error::Index(IndexError::OutcomeUnknown(_)))), "{ended:?}");
    assert_eq!((watcher.failed().len(), proxy.changes_sent()), (2, 3));
    assert_eq!(desk.state(&ids[3]).await, ChangeState::Waiting, "it was not tried");
}
