//! The index's limit on registrations: what is counted here, when it is closed, and when it opens.

use trustdesk_core::index::Error as IndexError;
use trustdesk_core::sync::{Connection, Error};
use trustdesk_domain::{ChangeState, IndexTime};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, posts, release_workflow};
use trustdesk_tests::proxy::{CHANGE, Place, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::stranger::http;
use trustdesk_tests::time::{DAY_MS, HOUR_MS, START_MS, Time};

/// How many registrations of the last 24 hours are known here.
async fn counted(desk: &Desk) -> usize {
    desk.engine.quota().await.expect("read").attempts.len()
}

#[tokio::test]
async fn each_time_that_a_registration_was_sent_counts_for_a_day_and_nothing_else_does() {
    let (index, desk) = desk::signed_in().await;
    let refused = fields("nobody-here", PROJECT, "a.yml", "");
    let refused = desk.queue_add(PROJECT, &refused).await;
    desk.engine.sync_project(PROJECT).await.expect("answered");
    assert_eq!(desk.state(&refused.id).await, ChangeState::Rejected);
    assert_eq!(counted(&desk).await, 1, "the index counts a form that it refuses");
    desk.engine.retry_change(&refused.id).await.expect("confirmed again");
    desk.engine.sync_project(PROJECT).await.expect("answered");
    assert_eq!(counted(&desk).await, 2, "once for each time");

    desk.time.pass(HOUR_MS);
    desk.sign_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let listed = desk.listed(PROJECT).await;
    desk.engine.queue_remove(PROJECT, &listed[0].id).await.expect("queued");
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(counted(&desk).await, 3, "a removal is no registration");

    index.make_reauth_needed();
    desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "b.yml", "")).await;
    desk.engine.sync_project(PROJECT).await.expect_err("the password must be confirmed first");
    assert_eq!(counted(&desk).await, 3, "it did not come to the form");

    desk.time.pass(DAY_MS - HOUR_MS);
    assert_eq!(counted(&desk).await, 1, "after a day they count no more");
}

#[tokio::test]
async fn a_registration_whose_answer_was_lost_counts() {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    proxy.cut(CHANGE, Place::BeforeTheAnswer);
    desk.engine.sync_project(PROJECT).await.expect_err("no answer came");
    assert_eq!((posts(&index), counted(&desk).await), (1, 1));
    let desk = desk.restart().await;
    assert_eq!(counted(&desk).await, 1, "what was counted is on disk");
}

#[tokio::test]
async fn a_clock_that_was_put_right_does_not_close_the_index_for_years() {
    let (index, desk) = desk::signed_in().await;
    let account = desk.account().await;
    // While the clock was ten years ahead, the index closed its limit for a day.
    let until_ms = desk.time.now_ms() + 3_650 * DAY_MS;
    desk.engine.store().close_quota(account, Some(IndexTime(until_ms))).await.expect("written");
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("the index is asked, and takes it");
    assert_eq!((posts(&index), desk.connection().await), (1, Connection::Online));
}

#[tokio::test]
async fn a_limit_holds_by_the_indexs_time_whatever_the_clock_here_is_set_to() {
    let index = desk::start_index(&Time::at(START_MS), None).await;
    let desk = Desk::at(&index.origin(), &Time::at(START_MS)).await;
    desk.sign_in().await;
    desk.engine.refresh_projects().await.expect("read");
    let account = desk.account().await;
    let until_ms = START_MS + DAY_MS;
    desk.engine.store().close_quota(account, Some(IndexTime(until_ms))).await.expect("written");
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    desk.time.is_set(-10 * DAY_MS);
    let error = desk.engine.sync_project(PROJECT).await.expect_err("the limit is reached");
    let Error::WaitingForQuota(wait) = error else { panic!("{error:?}") };
    assert_eq!(wait.left_ms, DAY_MS);
    assert_eq!((posts(&index), desk.state(&add.id).await), (0, ChangeState::Waiting));
    let until_ms = desk.time.now_ms() + DAY_MS;
    assert_eq!(
        desk.connection().await,
        Connection::WaitingForQuota { until_ms },
        "people are told by the clock that they look at"
    );
    desk.time.is_set(20 * DAY_MS);
    let until_ms = until_ms + 20 * DAY_MS;
    assert_eq!(desk.connection().await, Connection::WaitingForQuota { until_ms }, "still");
    desk.time.pass(DAY_MS);
    assert_eq!(desk.connection().await, Connection::Online, "a day has passed for the index too");
}

#[tokio::test]
async fn the_hundred_and_first_registration_of_a_day_waits_across_a_restart() {
    let (index, desk) = desk::signed_in().await;
    for number in 1..=101 {
        let workflow = format!("release-{number}.yml");
        desk.queue_add(PROJECT, &fields("octo-org", PROJECT, &workflow, "")).await;
    }
    let limited_until_ms = desk.time.now_ms() + DAY_MS;
    let waits_until = |error: &Error| matches!(error, Error::WaitingForQuota(wait) if wait.until_ms == limited_until_ms);
    let error = desk.engine.sync_project(PROJECT).await.expect_err("the limit is reached");
    assert!(waits_until(&error), "{error:?}");
    let until_ms = limited_until_ms;
    assert_eq!(desk.connection().await, Connection::WaitingForQuota { until_ms });
    assert_eq!(desk.listed(PROJECT).await.len(), 100, "what was sent before is proved");
    let left = desk.engine.store().open_changes(desk.account().await).await.expect("reads");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].state, ChangeState::Waiting, "a limit uses up no attempt");

    desk.time.pass(60_000);
    let desk = desk.restart().await;
    let error = desk.engine.sync_project(PROJECT).await.expect_err("the limit still holds");
    assert!(waits_until(&error), "{error:?}");
    assert_eq!(desk.connection().await, Connection::WaitingForQuota { until_ms });
    assert_eq!(desk::posts(&index), 101, "a closed gate is not knocked at");

    desk.time.pass(DAY_MS);
    desk.sign_in().await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.connection().await, Connection::Online);
    assert_eq!(desk.state(&left[0].id).await, ChangeState::Done);
    assert_eq!(index.publishers(PROJECT).len(), 101);
}

#[tokio::test]
async fn a_removal_goes_through_while_registrations_wait_for_their_limit() {
    let (index, desk) = desk::signed_in().await;
    desk.engine.refresh_publishing("tidepool").await.expect("read");
    let account = desk.account().await;
    let until_ms = desk.time.now_ms() + DAY_MS;
    desk.engine.store().close_quota(account, Some(IndexTime(until_ms))).await.expect("written");
    let add = desk.queue_add("tidepool", &release_workflow()).await;
    let id = desk.listed("tidepool").await[0].id.clone();
    let removal = desk.engine.queue_remove("tidepool", &id).await.expect("queued");

    let error = desk.engine.sync_project("tidepool").await.expect_err("the add must wait");
    assert!(
        matches!(error, Error::WaitingForQuota(wait) if wait.until_ms == until_ms),
        "{error:?}"
    );
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting);
    assert_eq!(
        desk.state(&removal.id).await,
        ChangeState::Done,
        "the index limits registrations only, and a publisher may have to go today"
    );
    assert_eq!(index.publishers("tidepool").len(), 1);

    desk.engine.discard_change(&add.id).await.expect("taken back");
    let id = desk.listed("tidepool").await[0].id.clone();
    desk.engine.queue_remove("tidepool", &id).await.expect("queued");
    desk.engine
        .sync_project("tidepool")
        .await
        .expect("no add has to wait, so nothing is told of it");
    assert!(index.publishers("tidepool").is_empty());
}

#[tokio::test]
async fn limit_met_by_an_add_holds_back_other_adds_and_no_removal() {
    for retry_after in ["Retry-After: 3600", "Retry-After: 0", "Vary: Cookie"] {
        let (index, desk) = desk::signed_in().await;
        desk.engine.refresh_publishing("tidepool").await.expect("read");
        let proxy = Proxy::before(&index).await;
        desk.choose(&proxy.origin()).await;
        desk.engine.refresh_projects().await.expect("read");
        desk.engine.refresh_publishing("tidepool").await.expect("read");
        let first = desk.queue_add("tidepool", &release_workflow()).await;
        let second = desk.queue_add("tidepool", &fields("octo-org", PROJECT, "b.yml", "")).await;
        let id = desk.listed("tidepool").await[0].id.clone();
        let removal = desk.engine.queue_remove("tidepool", &id).await.expect("queued");
        proxy.answer(CHANGE, http(&format!("429 Too Many Requests\r\n{retry_after}"), ""));
        let error = desk.engine.sync_project("tidepool").await.expect_err("the adds must wait");
        assert!(matches!(error, Error::WaitingForQuota(_)), "{retry_after}: {error:?}");
        let adds = (desk.state(&first.id).await, desk.state(&second.id).await);
        assert_eq!(adds, (ChangeState::Waiting, ChangeState::Waiting), "{retry_after}");
        assert_eq!(desk.state(&removal.id).await, ChangeState::Done, "{retry_after}");
        assert_eq!(proxy.changes_sent(), 2, "{retry_after}: one add met the limit for all");
    }
}

#[tokio::test]
async fn limit_met_by_a_removal_closes_nothing_for_registrations() {
    let (index, desk) = desk::signed_in().await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    desk.engine.refresh_projects().await.expect("read");
    desk.engine.refresh_publishing("tidepool").await.expect("read");
    let id = desk.listed("tidepool").await[0].id.clone();
    let removal = desk.engine.queue_remove("tidepool", &id).await.expect("queued");
    proxy.answer(CHANGE, http("429 Too Many Requests\r\nRetry-After: 3600", ""));
    let error = desk.engine.sync_project("tidepool").await.expect_err("it must wait");
    assert!(matches!(error, Error::Index(IndexError::TooMany(Some(3600)))), "{error:?}");
    assert_eq!(desk.state(&removal.id).await, ChangeState::Waiting);
    assert_eq!(desk.connection().await, Connection::Online, "registrations are another matter");
}
