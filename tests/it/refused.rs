//! What an answer to a change proves: a refusal is one even if its words are lost, an answer that
//! cannot be read leaves the outcome unknown, and a project that is closed refuses for good.

use trustdesk_core::index::{Error as IndexError, Patience};
use trustdesk_core::sync::Error;
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{ChangeState, Provider};
use trustdesk_tests::desk::{self, PROJECT, release_workflow};
use trustdesk_tests::proxy::{CHANGE, LIST, MESSAGES, Place, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::stranger::http;
use trustdesk_tests::time::SERVER_MAY_WORK_MS;
use trustdesk_tests::watcher::Watcher;

/// How often the page of a project's publishers was asked for.
fn readings(index: &DemoIndex, project: &str) -> usize {
    let path = format!("/manage/project/{project}/settings/publishing/");
    index.requests().iter().filter(|line| line.method == "GET" && line.path == path).count()
}

#[tokio::test]
async fn answer_to_an_add_that_cannot_be_read_leaves_the_outcome_unknown() {
    for (what, answer) in [
        ("too large a request", http("413 Content Too Large", "")),
        (
            "half a page",
            http("200 OK", "<!doctype html><meta name=defaultLanguage><main id=content>"),
        ),
        ("a proxy's 400", http("400 Bad Request", "<h1>400 Bad Request</h1>nginx")),
        ("no status of an index", http("418 I'm a teapot", "")),
    ] {
        let (index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
        proxy.swallow(CHANGE, answer.clone());
        proxy.swallow(CHANGE, answer);
        proxy.answer(LIST.after(1), http("502 Bad Gateway", ""));
        let error = desk.engine.sync_project(PROJECT).await.expect_err(what);
        assert_eq!(desk.state(&add.id).await, ChangeState::Checking, "{what}: {error:?}");
        assert_eq!(proxy.changes_sent(), 1, "{what}");
        assert!(!error.to_string().contains("has changed"), "{what}: {error}");
        desk.engine.refresh_publishing(PROJECT).await.expect("read");
        assert_eq!(desk.state(&add.id).await, ChangeState::Done, "{what}: the index took it");
        assert_eq!(desk::posts(&index), 1, "{what}");
    }
}

#[tokio::test]
async fn refusal_whose_words_are_lost_is_rejected_and_not_posted_again() {
    for list_too in [false, true] {
        let (index, desk) = desk::signed_in().await;
        let proxy = Proxy::before(&index).await;
        desk.choose(&proxy.origin()).await;
        let add = desk.queue_add(PROJECT, &release_workflow()).await;
        let mut held = proxy.hold(MESSAGES, Place::BeforeTheIndex);
        proxy.cut(MESSAGES, Place::BeforeTheIndex);
        if list_too {
            proxy.cut(LIST.after(1), Place::BeforeTheIndex);
        }
        let (synced, ()) = tokio::join!(desk.engine.sync_project(PROJECT), async {
            held.reached().await;
            index.set_provider_disabled(Provider::Github, true);
            held.pass_on().await;
        });
        let change = desk.change(&add.id).await;
        assert_eq!(change.state, ChangeState::Rejected, "the list too: {list_too}: {synced:?}");
        let said = change.reasons.messages.join(" ");
        assert!(said.contains("words were lost"), "{said:?}");
        index.set_provider_disabled(Provider::Github, false);
        desk.time.pass(2 * SERVER_MAY_WORK_MS);
        desk.engine.sync_project(PROJECT).await.expect("read");
        assert_eq!((proxy.changes_sent(), desk::posts(&index)), (1, 1), "a person decides");
    }
}

#[tokio::test]
async fn refusal_stands_when_the_work_is_stopped_before_its_words_came() {
    let (index, desk) = desk::signed_in().await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let mut drained = proxy.hold(MESSAGES, Place::BeforeTheIndex);
    let mut words = proxy.hold(MESSAGES, Place::BeforeTheIndex);
    let (watcher, ids) = (Watcher::default(), [add.id.clone()]);
    let (sent, ()) = tokio::join!(desk.engine.sync_each(&ids, &watcher), async {
        drained.reached().await;
        index.set_provider_disabled(Provider::Github, true);
        drained.pass_on().await;
        words.reached().await;
        watcher.stop();
    });
    sent.expect("stopped is no error");
    let change = desk.change(&add.id).await;
    assert_eq!(change.state, ChangeState::Rejected, "{:?}", change.reasons);
    assert!(change.reasons.messages.join(" ").contains("words were lost"), "{:?}", change.reasons);
}

#[tokio::test]
async fn closed_project_rejects_what_waits_for_it_with_the_reason_and_is_not_asked_again() {
    for (what, close, says) in [
        ("quarantined", DemoIndex::quarantine as fn(&DemoIndex, &str), "quarantined"),
        ("role lost", DemoIndex::take_role_away, "only owners"),
        ("deleted", DemoIndex::delete_project, "no project"),
    ] {
        let (index, desk) = desk::signed_in().await;
        let add = desk.queue_add(PROJECT, &release_workflow()).await;
        let other = desk.queue_add("tidepool", &release_workflow()).await;
        close(&index, PROJECT);
        let error = desk.engine.sync_project(PROJECT).await.expect_err("it is closed");
        let is_named = matches!(error, Error::Index(IndexError::Forbidden | IndexError::NotFound));
        assert!(is_named, "{what}: {error:?}");
        let change = desk.change(&add.id).await;
        assert_eq!(change.state, ChangeState::Rejected, "{what}");
        let said = change.reasons.messages.join(" ");
        assert!(said.contains(says), "{what}: {said:?}");
        assert_eq!(desk.state(&other.id).await, ChangeState::Waiting, "{what}: another project's");
        let (before, posts) = (readings(&index, PROJECT), desk::posts(&index));
        let ids: Vec<_> =
            desk.engine.review().await.expect("read").changes.into_iter().map(|it| it.id).collect();
        desk.engine
            .sync_each(&ids, &trustdesk_core::sync::Unwatched)
            .await
            .expect("the other one is sent");
        assert_eq!(readings(&index, PROJECT), before, "{what}: it is not asked again");
        assert_eq!(desk::posts(&index), posts + 1, "{what}");
    }
}

#[tokio::test]
async fn project_that_closes_after_its_list_was_read_refuses_what_is_sent() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let second = desk.queue_add(PROJECT, &desk::fields("octocat", PROJECT, "b.yml", "")).await;
    let ended = desk.sync_while(&index, Place::BeforeTheIndex, || index.quarantine(PROJECT)).await;
    ended.expect_err("it is closed");
    for change in [add, second] {
        let change = desk.change(&change.id).await;
        assert_eq!(change.state, ChangeState::Rejected);
        assert!(change.reasons.messages.join(" ").contains("quarantined"), "{:?}", change.reasons);
    }
    assert_eq!(desk::posts(&index), 1);
}
