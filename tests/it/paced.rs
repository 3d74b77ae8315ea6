//! The pace towards an index: five requests at once and then one a second, whatever asks for them. The
//! demo index is on this computer, where nothing is paced: the desks here pace every index.

use secrecy::SecretString;
use trustdesk_core::index::Pace;
use trustdesk_core::sync::Unwatched;
use trustdesk_demo_index::{DemoIndex, PASSWORD, USERNAME, current_code};
use trustdesk_domain::{ChangeId, ChangeState};
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use trustdesk_tests::proxy::Proxy;
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::{START_MS, Time};
use trustdesk_tests::watcher::Watcher;

const BURST: usize = 5;
/// Whose the session is, the list, and the old messages.
const REQUESTS_BEFORE_THE_FORM: usize = 3;

/// A desk that keeps to the pace from now on, and its wire to the index.
async fn paced() -> (DemoIndex, Proxy, Desk) {
    let (index, mut desk) = desk::signed_in().await;
    desk.engine = desk.engine.with_pace(Pace::everywhere());
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    (index, proxy, desk)
}

/// Sends so many requests: each asks whose the session is.
async fn ask(desk: &Desk, times: usize) {
    for _ in 0..times {
        desk.engine.refresh_connection().await.expect("asked");
    }
}

#[tokio::test]
async fn refresh_of_everything_asks_five_times_at_once_and_then_once_a_second() {
    let (_index, proxy, desk) = paced().await;
    let everything = desk.engine.refresh_everything(&Unwatched);
    let (read, ()) = tokio::join!(everything, async {
        for second in 0..3 {
            let wait_ms = desk.time.is_waited_for().await;
            assert_eq!((proxy.sent(), wait_ms), (BURST + second, 1_000), "second {second}");
            desk.time.pass(wait_ms);
        }
        desk.time.passes_when_it_is_waited_for();
    });
    read.expect("read");
    let requests = i64::try_from(proxy.sent()).expect("a few");
    let took_ms = desk.time.now_ms() - START_MS - trustdesk_tests::time::CODE_STEP_MS;
    assert_eq!(took_ms, (requests - 5) * 1_000);
}

#[tokio::test]
async fn sync_keeps_to_the_same_pace_and_claims_nothing_that_waits() {
    let (_index, proxy, desk) = paced().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    // What is left of the burst is for what comes before the form.
    ask(&desk, BURST - REQUESTS_BEFORE_THE_FORM).await;
    let (synced, ()) = tokio::join!(desk.engine.sync_project(PROJECT), async {
        assert_eq!(desk.time.is_waited_for().await, 1_000);
        assert_eq!((proxy.sent(), proxy.changes_sent()), (BURST, 0));
        assert_eq!(desk.state(&add.id).await, ChangeState::Waiting, "nothing has left yet");
        desk.time.passes_when_it_is_waited_for();
    });
    synced.expect("sent");
    assert_eq!((desk.state(&add.id).await, proxy.changes_sent()), (ChangeState::Done, 1));
}

#[tokio::test]
async fn stop_during_a_wait_for_the_pace_ends_at_once_and_leaves_the_change_waiting() {
    let (_index, proxy, desk) = paced().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let ids: [ChangeId; 1] = [add.id.clone()];
    for asked_before in [BURST - REQUESTS_BEFORE_THE_FORM, BURST] {
        desk.time.pass(60_000);
        ask(&desk, asked_before).await;
        let (watcher, sent) = (Watcher::default(), proxy.sent());
        let (ended, ()) = tokio::join!(desk.engine.sync_each(&ids, &watcher), async {
            desk.time.is_waited_for().await;
            watcher.stop();
        });
        ended.expect("stopped is no error, and no time has passed");
        assert_eq!(proxy.sent(), sent + BURST - asked_before);
        assert_eq!(desk.state(&add.id).await, ChangeState::Waiting, "it was not on its way");
    }
    assert_eq!(proxy.changes_sent(), 0);
}

#[tokio::test]
async fn sign_in_waits_for_nothing_while_its_code_is_typed() {
    let time = Time::at(START_MS);
    let index = desk::start_index(&time, None).await;
    let mut desk = Desk::at(&index.origin(), &time).await;
    desk.engine = desk.engine.with_pace(Pace::everywhere());
    let password = SecretString::from(PASSWORD);
    desk.engine.sign_in(USERNAME, &password).await.expect("no wait");
    // So long takes whoever types it.
    time.pass(3_000);
    let code = SecretString::from(current_code(time.now_ms()).code);
    desk.engine.sign_in_with_code(&code, false).await.expect("no wait");
    assert_eq!(index.requests().len(), 6, "{:?}", index.requests());
    desk.engine.refresh_projects().await.expect("no wait");
}

#[tokio::test]
async fn pace_outlives_a_session_and_its_account() {
    let (_index, proxy, desk) = paced().await;
    ask(&desk, BURST).await;
    desk.choose(&proxy.origin()).await;
    let (read, ()) = tokio::join!(desk.engine.refresh_projects(), async {
        assert_eq!(desk.time.is_waited_for().await, 1_000, "another session is no new burst");
        desk.time.passes_when_it_is_waited_for();
    });
    read.expect("read");
}
