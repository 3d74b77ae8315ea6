//! What an index says of its limits and of its own troubles, and what is asked of it then: nothing.

use trustdesk_core::index::{Error as IndexError, Patience};
use trustdesk_core::sync::{Connection, Error};
use trustdesk_domain::{ChangeState, IndexTime};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields};
use trustdesk_tests::proxy::{Asked, CHANGE, LIST, MESSAGES};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::stranger::http;
use trustdesk_tests::time::{DAY_MS, HOUR_MS, SERVER_MAY_WORK_MS};

/// How long the limit on registrations is closed from now on.
async fn closed_for_ms(desk: &Desk) -> Option<i64> {
    let account = desk.engine.account().await.expect("somebody has signed in");
    // The index and the desk have one time.
    account.quota_closed_until.map(|IndexTime(until_ms)| until_ms - desk.time.now_ms())
}

#[tokio::test]
async fn however_the_index_says_how_long_to_wait_it_is_left_alone_for_that_long() {
    // A fresh desk stands at 09:00:30: its code has been used.
    for (said, waits_ms) in [
        ("Retry-After: 0", 0),
        ("Retry-After: 30", 30_000),
        ("Retry-After: 86400", DAY_MS),
        (
            "Date: Sun, 22 Nov 2026 09:00:30 GMT\r\nRetry-After: Sun, 22 Nov 2026 09:02:30 GMT",
            120_000,
        ),
        ("Retry-After: Sun, 22 Nov 2026 09:01:30 GMT", 60_000),
        ("Retry-After: Sun, 22 Nov 2026 08:00:00 GMT", 0),
        ("Retry-After: Wed, 22 Nov 2028 09:00:00 GMT", DAY_MS),
        ("Retry-After: 18446744073709551615", DAY_MS),
        ("Retry-After: -5", HOUR_MS),
        ("Retry-After: soon", HOUR_MS),
        ("Vary: Cookie", HOUR_MS),
    ] {
        let (index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
        proxy.answer(CHANGE, http(&format!("429 Too Many Requests\r\n{said}"), "<h1>429</h1>"));
        let error = desk.engine.sync_project(PROJECT).await.expect_err("the limit is reached");
        let until_ms = desk.time.now_ms() + waits_ms;
        let waits = |error: &Error| matches!(error, Error::WaitingForQuota(wait) if wait.until_ms == until_ms);
        assert!(waits(&error), "{said}: {error:?}");

        let desk = desk.restart().await;
        assert_eq!(closed_for_ms(&desk).await, Some(waits_ms), "{said}: it is on disk");
        if waits_ms > 0 {
            let error = desk.engine.sync_project(PROJECT).await.expect_err("it still holds");
            assert!(waits(&error), "{said}: {error:?}");
            assert_eq!(desk.connection().await, Connection::WaitingForQuota { until_ms }, "{said}");
        }
        assert_eq!(proxy.changes_sent(), 1, "{said}: a closed gate is not knocked at");

        desk.time.pass(waits_ms);
        desk.sign_in().await;
        desk.engine.sync_project(PROJECT).await.expect("sent");
        assert_eq!(desk.state(&add.id).await, ChangeState::Done, "{said}");
        assert_eq!((proxy.changes_sent(), desk::posts(&index)), (2, 1), "{said}");
    }
}

#[tokio::test]
async fn a_limit_on_reading_closes_nothing_for_registrations() {
    let (_index, proxy, desk, add) = desk::with_an_add_waiting(Patience::default()).await;
    proxy.answer(LIST, http("429 Too Many Requests\r\nRetry-After: 3600", "<h1>429</h1>"));
    let error = desk.engine.sync_project(PROJECT).await.expect_err("no list");
    assert!(matches!(error, Error::Index(IndexError::TooMany(Some(3600)))), "{error:?}");
    assert_eq!(closed_for_ms(&desk).await, None, "that limit is another one");
    assert_eq!((desk.state(&add.id).await, proxy.changes_sent()), (ChangeState::Waiting, 0));
    desk.engine.sync_project(PROJECT).await.expect("sent when the person asks again");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
}

#[tokio::test]
async fn an_index_in_trouble_is_asked_a_few_times_and_not_again_by_itself() {
    for status in ["500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable"] {
        for asked in [LIST, MESSAGES, CHANGE, LIST.after(1)] {
            is_left_alone(status, asked).await;
        }
    }
}

/// One answer of the sync is this one, and so is all that comes after it.
async fn is_left_alone(status: &str, asked: Asked) {
    let what = format!("{status} to {asked:?}");
    let (index, proxy, desk, first) = desk::with_an_add_waiting(Patience::default()).await;
    let second = desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "second.yml", "")).await;
    let before = proxy.sent();
    for one in [asked, CHANGE, LIST.after(1)] {
        proxy.answer(one, http(status, "<h1>Down for maintenance</h1>"));
    }
    let error = desk.engine.sync_project(PROJECT).await.expect_err("it is down");
    assert!(matches!(error, Error::Index(IndexError::IndexDown(_))), "{what}: {error:?}");
    assert_eq!(desk.connection().await, Connection::IndexDown, "{what}");
    let sent = proxy.sent();
    assert!(sent - before <= 6, "{what}: {} requests", sent - before);
    for change in [&first, &second] {
        let state = desk.state(&change.id).await;
        assert!(matches!(state, ChangeState::Waiting | ChangeState::Checking), "{what}: {state:?}");
    }

    desk.time.pass(10 * SERVER_MAY_WORK_MS);
    tokio::task::yield_now().await;
    assert_eq!(proxy.sent(), sent, "{what}: nothing is asked again by itself");
    proxy.mend();
    desk.engine.sync_project(PROJECT).await.expect("it is back");
    for change in [&first, &second] {
        assert_eq!(desk.state(&change.id).await, ChangeState::Done, "{what}");
    }
    assert_eq!(index.publishers(PROJECT).len(), 2, "{what}");
}
