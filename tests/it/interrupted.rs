//! Long work that a person stops or has wait, and that meets a gate: it is given up at once, rests
//! where it was, and goes on with exactly what is left.

use std::time::{Duration, Instant};

use secrecy::SecretString;
use trustdesk_core::sync::{Error, SignInStep, Unwatched};
use trustdesk_demo_index::{DemoIndex, Options, PASSWORD};
use trustdesk_domain::{ChangeId, ChangeState, IndexTime};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, posts};
use trustdesk_tests::proxy::{CHANGE, Held, LIST, MESSAGES, Place, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::{DAY_MS, SERVER_MAY_WORK_MS, START_MS, Time};
use trustdesk_tests::watcher::Watcher;

const OTHER: &str = "harbor-sync";
/// A stop is to be felt at once, and the slowest machine that runs this is not to fail it. Without
/// a stop the answer would be waited for 30 s.
const AT_ONCE: Duration = Duration::from_secs(1);

/// So many adds that wait for a project, through a wire.
async fn waiting(workflows: usize) -> (DemoIndex, Proxy, Desk, Vec<ChangeId>) {
    let (index, desk) = desk::signed_in().await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    let mut ids = Vec::new();
    for at in 0..workflows {
        let typed = fields("octo-org", PROJECT, &format!("a{at}.yml"), "");
        ids.push(desk.queue_add(PROJECT, &typed).await.id);
    }
    (index, proxy, desk, ids)
}

/// An index with so many projects besides those it is made with.
async fn with_projects(projects: usize) -> (DemoIndex, Desk) {
    let time = Time::at(START_MS);
    let clock = std::sync::Arc::clone(&time) as _;
    let options = Options { projects, clock, ..Options::default() };
    let index = DemoIndex::start(options).await.expect("the demo index starts");
    let desk = Desk::at(&index.origin(), &time).await;
    desk.sign_in().await;
    desk.engine.refresh_projects().await.expect("the projects are read");
    (index, desk)
}

/// Stops the work while its request is held back: it ends at once, and that is no error.
async fn stopped_at_once(
    work: impl Future<Output = Result<(), Error>>,
    watcher: &Watcher,
    held: &mut Held,
) {
    let (ended, stopped_at) = tokio::join!(work, async {
        held.reached().await;
        watcher.stop();
        Instant::now()
    });
    let took = stopped_at.elapsed();
    ended.expect("stopped is no error");
    println!("stopped after {took:?}");
    assert!(took < AT_ONCE, "{took:?}");
}

#[tokio::test]
async fn a_stop_ends_a_reading_that_stalls_at_once() {
    for place in [Place::BeforeTheIndex, Place::InTheHead, Place::InTheBody] {
        let (_index, proxy, desk, _) = waiting(0).await;
        let mut held = proxy.hold(LIST, place);
        let watcher = Watcher::default();
        stopped_at_once(desk.engine.refresh_everything(&watcher), &watcher, &mut held).await;
        desk.engine.refresh_publishing(PROJECT).await.expect("nothing is left locked");
    }
}

#[tokio::test]
async fn a_stop_waits_for_no_parting_words() {
    let (index, proxy, desk, _) = waiting(0).await;
    index.expire_sessions();
    let mut held = proxy.hold(MESSAGES, Place::BeforeTheIndex);
    let watcher = Watcher::default();
    stopped_at_once(desk.engine.refresh_everything(&watcher), &watcher, &mut held).await;
}

#[tokio::test]
async fn a_change_that_is_stopped_on_its_way_is_checked_and_asked_for_once() {
    for place in [Place::BeforeTheIndex, Place::BeforeTheAnswer] {
        let (index, proxy, desk, ids) = waiting(2).await;
        let mut held = proxy.hold(CHANGE, place);
        let watcher = Watcher::default();
        stopped_at_once(desk.engine.sync_each(&ids, &watcher), &watcher, &mut held).await;
        let stopped = desk.change(&ids[0]).await;
        assert_eq!(stopped.state, ChangeState::Checking, "{place:?}: nobody knows");
        let said = stopped.reasons.messages.join(" ");
        assert!(said.contains("Stopped while this was being sent"), "{place:?}: {said}");
        assert_eq!(desk.state(&ids[1]).await, ChangeState::Waiting, "{place:?}: it never began");

        // The index may be at work on it still: what was given up here goes on there.
        held.pass_on().await;
        desk.time.pass(2 * SERVER_MAY_WORK_MS);
        desk.engine.sync_each(&ids, &Unwatched).await.expect("sent");
        assert_eq!(desk.state(&ids[0]).await, ChangeState::Done, "{place:?}: the list told");
        assert_eq!(desk.state(&ids[1]).await, ChangeState::Done, "{place:?}: sent now");
        assert_eq!((posts(&index), index.publishers(PROJECT).len()), (2, 2), "{place:?}: once");
    }
}

#[tokio::test]
async fn a_pause_rests_between_two_changes_of_a_project_and_the_rest_follows() {
    let (index, proxy, desk, ids) = waiting(3).await;
    let mut held = proxy.hold(CHANGE, Place::BeforeTheAnswer);
    let watcher = Watcher::default();
    let (sent, ()) = tokio::join!(desk.engine.sync_each(&ids, &watcher), async {
        held.reached().await;
        watcher.pause();
        held.pass_on().await;
        watcher.at_rest().await;
        assert_eq!(posts(&index), 1, "nothing begins in a pause");
        assert_eq!(desk.state(&ids[0]).await, ChangeState::Done, "what was sent is settled");
        assert_eq!(desk.state(&ids[1]).await, ChangeState::Waiting);
        // No lock is held, and what was confirmed meanwhile was not reviewed.
        let late = desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "late.yml", "")).await;
        desk.engine.refresh_publishing(PROJECT).await.expect("a page can be read");
        desk.engine.sync_change(PROJECT, &ids[2]).await.expect("another thing can be sent");
        watcher.resume();
        assert_eq!(desk.state(&late.id).await, ChangeState::Waiting);
    });
    sent.expect("sent");
    for id in &ids {
        assert_eq!(desk.state(id).await, ChangeState::Done);
    }
    assert_eq!(posts(&index), 3, "each once, and nothing that was not reviewed");
}

#[tokio::test]
async fn what_meets_a_gate_rests_and_goes_on_when_it_was_opened() {
    let (index, proxy, desk, mut ids) = waiting(1).await;
    ids.push(desk.queue_add(OTHER, &fields("octo-org", PROJECT, "b.yml", "")).await.id);
    let mut held = proxy.hold(CHANGE, Place::BeforeTheAnswer);
    let watcher = Watcher::opening_gates();
    let (sent, ()) = tokio::join!(desk.engine.sync_each(&ids, &watcher), async {
        held.reached().await;
        index.make_reauth_needed();
        held.pass_on().await;
        watcher.at_rest().await;
        assert_eq!(watcher.gates().len(), 1, "said once");
        // The computer sleeps over it.
        desk.time.pass(2 * DAY_MS);
        desk.sign_in().await;
        let password = SecretString::from(PASSWORD);
        desk.engine.confirm_password(&password).await.expect("the index answers");
        watcher.resume();
    });
    sent.expect("sent");
    for id in &ids {
        assert_eq!(desk.state(id).await, ChangeState::Done);
    }
    assert_eq!(posts(&index), 2, "each once");
    assert_eq!(watcher.gates().len(), 1);
}

#[tokio::test]
async fn adds_wait_for_the_limit_and_go_when_it_opens() {
    let (index, _proxy, desk, ids) = waiting(2).await;
    let until_ms = desk.time.now_ms() + 60_000;
    let account = desk.account().await;
    desk.engine.store().close_quota(account, Some(IndexTime(until_ms))).await.expect("written");
    let watcher = Watcher::opening_gates();
    let (sent, ()) = tokio::join!(desk.engine.sync_each(&ids, &watcher), async {
        watcher.at_rest().await;
        assert_eq!(posts(&index), 0);
        desk.time.pass(60_000);
        watcher.resume();
    });
    sent.expect("sent");
    assert_eq!(posts(&index), 2);
    assert_eq!(watcher.gates(), ["the index takes no more registrations for now"]);
    let begun = (0, 1, PROJECT.to_owned());
    assert_eq!(watcher.seen(), [begun.clone(), begun], "what was held back is not done yet");
}

#[tokio::test]
async fn work_that_rested_never_goes_on_under_another_account() {
    let (index, desk) = desk::signed_in().await;
    let watcher = Watcher::default();
    watcher.pause();
    let add = desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "a.yml", "")).await;
    let ids = [add.id.clone()];
    let (sent, ()) = tokio::join!(desk.engine.sync_each(&ids, &watcher), async {
        watcher.at_rest().await;
        let password = SecretString::from(PASSWORD);
        let step = desk.engine.sign_in("no-two-factor", &password).await;
        assert!(matches!(step.expect("the index answers"), SignInStep::SignedIn(..)));
        watcher.resume();
    });
    assert!(matches!(sent, Err(Error::AnotherAccount)), "{sent:?}");
    assert_eq!(posts(&index), 0);
}

#[tokio::test]
async fn a_hundred_changes_rest_in_their_middle_and_are_each_asked_for_once() {
    let (index, desk) = with_projects(20).await;
    let account = desk.account().await;
    let projects = desk.engine.store().projects(account).await.expect("read").into_iter();
    let projects: Vec<_> = projects
        .map(|project| project.project)
        .filter(|project| project.can_manage && project.normalized_name.starts_with("generated-"))
        .collect();
    assert_eq!(projects.len(), 20);
    let mut ids = Vec::new();
    for project in &projects {
        for at in 0..5 {
            let typed = fields("octo-org", PROJECT, &format!("a{at}.yml"), "");
            ids.push(desk.queue_add(&project.normalized_name, &typed).await.id);
        }
    }
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    let mut held = proxy.hold(CHANGE.after(51), Place::BeforeTheAnswer);
    let watcher = Watcher::default();
    let (sent, ()) = tokio::join!(desk.engine.sync_each(&ids, &watcher), async {
        held.reached().await;
        watcher.pause();
        held.pass_on().await;
        watcher.at_rest().await;
        assert_eq!(posts(&index), 52);
        watcher.resume();
    });
    sent.expect("sent");
    for id in &ids {
        assert_eq!(desk.state(id).await, ChangeState::Done);
    }
    assert_eq!(posts(&index), 100);
}

#[tokio::test]
async fn a_thousand_projects_go_on_where_they_rested_and_end_where_they_were_stopped() {
    let (index, desk) = with_projects(1000).await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    let before = index.requests().len();
    let mut first = proxy.hold(LIST.after(40), Place::BeforeTheAnswer);
    let mut second = proxy.hold(LIST.after(59), Place::BeforeTheAnswer);
    let watcher = Watcher::default();
    let (read, ()) = tokio::join!(desk.engine.refresh_everything(&watcher), async {
        first.reached().await;
        watcher.pause();
        first.pass_on().await;
        watcher.at_rest().await;
        assert_eq!(index.requests().len() - before, 43, "the user, the list and 41 pages");
        watcher.resume();
        second.reached().await;
        watcher.stop();
    });
    read.expect("stopped is no error");
    let seen = watcher.seen();
    let (done, total, _) = seen.last().expect("some were read");
    assert!(*total >= 1000, "{total}");
    assert_eq!(index.requests().len() - before, done + 3, "the user, the list, each page once");
}
