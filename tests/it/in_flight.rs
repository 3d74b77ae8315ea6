//! Requests whose answers were lost: how long each is left alone, counted across processes and by no
//! clock of this computer, and how often a change is sent that the index goes on not to list.

use std::sync::Arc;

use trustdesk_core::index::Patience;
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{Change, ChangeState, IndexTime};
use trustdesk_tests::desk::{self, Desk, PROJECT, posts, release_workflow};
use trustdesk_tests::proxy::{CHANGE, Place, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::{DAY_MS, MINUTE_MS, SERVER_MAY_WORK_MS, START_MS, Time};
use trustdesk_tests::watcher::Watcher;

/// Both clocks of the computer, and the index's own.
struct Clocks {
    here: Arc<Time>,
    index: Arc<Time>,
}

impl Clocks {
    fn pass(&self, by_ms: i64) {
        self.here.pass(by_ms);
        self.index.pass(by_ms);
    }
}

/// An add whose request left and was lost before the index saw it.
async fn lost_add(proxy: &Proxy, desk: &Desk) -> Change {
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    proxy.cut(CHANGE, Place::BeforeTheIndex);
    desk.engine.sync_project(PROJECT).await.expect_err("the connection broke");
    assert_eq!(desk.state(&add.id).await, ChangeState::Checking, "it may have arrived");
    add
}

/// The same on a computer whose clock is not the index's.
async fn lost_add_with_clocks() -> (DemoIndex, Proxy, Desk, Change, Clocks) {
    let clocks = Clocks { here: Time::at(START_MS), index: Time::at(START_MS) };
    let index = desk::start_index(&clocks.index, None).await;
    let proxy = Proxy::before(&index).await;
    let desk = Desk::at(&proxy.origin(), &clocks.here).await;
    desk.sign_in().await;
    desk.engine.refresh_projects().await.expect("read");
    let add = lost_add(&proxy, &desk).await;
    (index, proxy, desk, add, clocks)
}

#[tokio::test]
async fn lost_answer_is_settled_by_processes_that_each_run_for_a_moment() {
    let (index, proxy, desk, _) = desk::with_an_add_waiting(Patience::default()).await;
    let add = desk.engine.store().open_changes(desk.account().await).await.expect("read").remove(0);
    proxy.cut(CHANGE, Place::BeforeTheIndex);
    desk.engine.sync_project(PROJECT).await.expect_err("the connection broke");
    desk.time.pass(SERVER_MAY_WORK_MS - 1_000);
    let desk = desk.restart().await;
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    assert_eq!(desk.state(&add.id).await, ChangeState::Checking, "the index may still be at work");

    desk.time.pass(1_000);
    let desk = desk.restart().await;
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    assert_eq!(
        desk.state(&add.id).await,
        ChangeState::Waiting,
        "a minute has passed since it left"
    );
    assert_eq!(proxy.changes_sent(), 1, "reading sends nothing");
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!((proxy.changes_sent(), posts(&index)), (2, 1));
}

#[tokio::test]
async fn clock_of_the_computer_frees_no_lost_answer_and_keeps_none() {
    for set_by_ms in [DAY_MS, -DAY_MS] {
        let (_index, _proxy, desk, add, clocks) = lost_add_with_clocks().await;
        clocks.pass(SERVER_MAY_WORK_MS - 1_000);
        clocks.here.is_set(set_by_ms);
        let desk = desk.restart().await;
        desk.engine.refresh_publishing(PROJECT).await.expect("read");
        let state = desk.state(&add.id).await;
        assert_eq!(state, ChangeState::Checking, "{set_by_ms}: the index may still be at work");

        clocks.pass(1_000);
        let desk = desk.restart().await;
        desk.engine.refresh_publishing(PROJECT).await.expect("read");
        let state = desk.state(&add.id).await;
        assert_eq!(state, ChangeState::Waiting, "{set_by_ms}: a minute has passed for the index");
    }
}

#[tokio::test]
async fn lost_answer_that_is_discarded_and_listed_later_is_no_change_of_somebody_else() {
    let (_index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
    let late = proxy.delay(CHANGE);
    desk.engine.sync_project(PROJECT).await.expect_err("the connection broke");
    assert_eq!(desk.state(&add.id).await, ChangeState::Checking);
    let discarded = desk.engine.discard_change(&add.id).await.expect("decided");
    assert!(discarded, "a person need not wait for an answer that never comes");
    let other = desk::fields("octo-org", PROJECT, "other.yml", "");
    let other = desk.queue_add(PROJECT, &other).await;

    assert!(late.arrives().await, "the index does it after all");
    desk.time.pass(SERVER_MAY_WORK_MS);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let state = desk.state(&other.id).await;
    assert_eq!(state, ChangeState::Done, "what was asked for here is no reason to stop");
    assert_eq!(desk.listed(PROJECT).await.len(), 2);
    assert_eq!(desk.state(&add.id).await, ChangeState::Discarded, "a life that is over is over");
}

#[tokio::test]
async fn change_without_effect_is_sent_three_times_in_a_day_and_then_needs_a_decision() {
    for restarts in [false, true] {
        let (index, proxy, mut desk, add) = desk::with_an_add_waiting(Patience::default()).await;
        let (mut sent_after_min, started_ms) = (Vec::new(), desk.time.now_ms());
        for minute in 0..25 {
            proxy.cut(CHANGE, Place::BeforeTheIndex);
            let before = proxy.changes_sent();
            let _ = desk.engine.sync_project(PROJECT).await;
            if proxy.changes_sent() > before {
                sent_after_min.push(minute);
            }
            proxy.mend();
            desk.time.pass(started_ms + (minute + 1) * MINUTE_MS - desk.time.now_ms());
            if restarts {
                desk = desk.restart().await;
            }
        }
        assert_eq!(sent_after_min, [0, 1, 6], "restarts: {restarts}; three times, ever later");
        assert_eq!(posts(&index), 0, "none of them arrived");
        let change = desk.change(&add.id).await;
        assert_eq!(change.state, ChangeState::NeedsYou);
        let words = change.reasons.messages.join(" ");
        assert!(words.contains("3 times"), "it is said why: {words}");

        assert!(desk.engine.retry_change(&add.id).await.expect("decided"));
        desk.engine.sync_project(PROJECT).await.expect("sent at once: a person decided it");
        assert_eq!(desk.state(&add.id).await, ChangeState::Done);
        assert_eq!((proxy.changes_sent(), posts(&index)), (4, 1));
    }
}

#[tokio::test]
async fn add_that_was_discarded_while_it_was_checked_is_not_asked_for_twice_in_a_minute() {
    let (_index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
    proxy.cut(CHANGE, Place::BeforeTheIndex);
    desk.engine.sync_project(PROJECT).await.expect_err("the connection broke");
    assert!(desk.engine.discard_change(&add.id).await.expect("decided"));
    let again = desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(proxy.changes_sent(), 1, "the index may still be at work on the first request");
    assert_eq!(desk.state(&again.id).await, ChangeState::Waiting);
    desk.time.pass(SERVER_MAY_WORK_MS);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(proxy.changes_sent(), 2);
    assert_eq!(desk.state(&again.id).await, ChangeState::Done);
}

#[tokio::test]
async fn closed_limit_that_is_resumed_reads_no_list_again() {
    let (_index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
    let until_ms = desk.time.now_ms() + 10 * MINUTE_MS;
    let account = desk.account().await;
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    desk.engine.store().close_quota(account, Some(IndexTime(until_ms))).await.expect("written");
    let watcher = Watcher::opening_gates();
    let before = proxy.sent();
    let ids = [add.id.clone()];
    let (sent, ()) = tokio::join!(desk.engine.sync_each(&ids, &watcher), async {
        for times in 1..=3 {
            while watcher.gates().len() < times {
                tokio::task::yield_now().await;
            }
            watcher.at_rest().await;
            assert_eq!(proxy.sent(), before, "the limit is known to be closed");
            if times == 3 {
                desk.time.pass(10 * MINUTE_MS);
            }
            watcher.resume();
        }
    });
    sent.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
}
