//! The gates of an account: a password to confirm, a session that ended, a limit that is reached.
//! What waits behind a closed gate goes on waiting, and is sent once when the gate is open.

use std::sync::Arc;

use secrecy::SecretString;
use trustdesk_core::index::Error as IndexError;
use trustdesk_core::sync::{Connection, Error, PasswordConfirmed};
use trustdesk_demo_index::PASSWORD;
use trustdesk_domain::ChangeState;
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use trustdesk_tests::proxy::{LIST, Place, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::{CODE_STEP_MS, HOUR_MS};
use trustdesk_tests::watcher::Watcher;

const REAUTHENTICATE: &str = "/account/reauthenticate/";

async fn confirm_password(desk: &Desk, password: &str) -> PasswordConfirmed {
    let password = SecretString::from(password);
    desk.engine.confirm_password(&password).await.expect("the index answers")
}

#[tokio::test]
async fn even_reading_needs_a_confirmed_password_and_the_change_waits_for_it() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    index.make_reauth_needed();
    let error = desk.engine.sync_project(PROJECT).await.expect_err("the index asks back");
    assert!(matches!(error, Error::Index(IndexError::ConfirmPassword)), "{error:?}");
    assert_eq!(desk.connection().await, Connection::ConfirmPassword);
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting);

    assert_eq!(
        confirm_password(&desk, "not-the-password").await,
        PasswordConfirmed::Wrong(9),
        "the index says no by asking again"
    );
    assert_eq!(desk.connection().await, Connection::ConfirmPassword);
    assert_eq!(confirm_password(&desk, PASSWORD).await, PasswordConfirmed::Yes);
    assert_eq!(desk.connection().await, Connection::Online);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(desk::posts(&index), 1);
}

#[tokio::test]
async fn password_that_the_index_does_not_ask_for_is_not_sent_and_not_judged() {
    let (index, desk) = desk::signed_in().await;
    let posted = || index.requests().iter().filter(|line| line.path == REAUTHENTICATE).count();
    for password in ["not-the-password", PASSWORD].repeat(6) {
        let answer = confirm_password(&desk, password).await;
        assert_eq!(answer, PasswordConfirmed::Already, "nobody looked at it");
    }
    assert_eq!(posted(), 0, "twelve wrong ones would lock the account");
    let known = desk.engine.confirmed_until_ms().await;
    let since_sign_in = desk.time.now_ms() - CODE_STEP_MS + HOUR_MS / 2;
    assert_eq!(known, Some(since_sign_in), "it was entered at the sign-in");

    desk.time.pass(HOUR_MS / 2);
    assert_eq!(desk.engine.confirmed_until_ms().await, None, "that time is over");
    let wrong = confirm_password(&desk, "not-the-password").await;
    assert_eq!((wrong, posted()), (PasswordConfirmed::Wrong(9), 1), "now the index asks");
    let entered_ms = desk.time.now_ms();
    assert_eq!(confirm_password(&desk, PASSWORD).await, PasswordConfirmed::Yes);
    assert_eq!(desk.engine.confirmed_until_ms().await, Some(entered_ms + HOUR_MS / 2));
    index.make_reauth_needed();
    desk.engine.refresh_publishing(PROJECT).await.expect_err("the index asks back");
    assert_eq!(desk.engine.confirmed_until_ms().await, None, "the index has said otherwise");
}

#[tokio::test]
async fn long_work_goes_on_until_the_password_page_appears_and_pauses_there() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    // A second is left, which is enough for whatever leaves now.
    desk.time.pass(HOUR_MS / 2 - CODE_STEP_MS - 1_000);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!((desk.state(&add.id).await, desk::posts(&index)), (ChangeState::Done, 1));
    desk.time.pass(1_000);
    let watcher = Watcher::opening_gates();
    let (read, ()) = tokio::join!(desk.engine.refresh_everything(&watcher), async {
        watcher.at_rest().await;
        assert_eq!(watcher.gates(), ["the password must be confirmed"]);
        assert_eq!(confirm_password(&desk, PASSWORD).await, PasswordConfirmed::Yes);
        watcher.resume();
    });
    read.expect("it went on where it was");
}

#[tokio::test]
async fn a_form_that_meets_the_password_page_had_no_effect_and_is_sent_again() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let synced =
        desk.sync_while(&index, Place::BeforeTheIndex, || index.make_reauth_needed()).await;
    let error = synced.expect_err("the index asks back");
    assert!(matches!(error, Error::Index(IndexError::ConfirmPassword)), "{error:?}");
    assert_eq!(desk::posts(&index), 1);
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting, "that page means: not done");
    assert_eq!(index.publishers(PROJECT), []);

    assert_eq!(confirm_password(&desk, PASSWORD).await, PasswordConfirmed::Yes);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(index.publishers(PROJECT).len(), 1);
}

#[tokio::test]
async fn a_session_that_ended_keeps_the_change_for_the_next_one() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    index.expire_sessions();
    let error = desk.engine.sync_project(PROJECT).await.expect_err("nobody is signed in");
    assert!(matches!(error, Error::Index(IndexError::SignedOut)), "{error:?}");
    assert_eq!(desk.connection().await, Connection::SignedOut);
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting);

    desk.sign_in().await;
    assert_eq!(desk.connection().await, Connection::Online);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(desk::posts(&index), 1);
}

#[tokio::test]
async fn a_session_that_ends_between_the_list_and_the_form_loses_nothing() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let synced = desk.sync_while(&index, Place::BeforeTheAnswer, || index.expire_sessions()).await;
    let error = synced.expect_err("nobody is signed in");
    assert!(matches!(error, Error::Index(IndexError::SignedOut)), "{error:?}");
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting, "the index refused the form");

    desk.sign_in().await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(index.publishers(PROJECT).len(), 1);
}

#[tokio::test]
async fn a_session_in_use_outlives_its_first_cookie_across_a_restart() {
    let (_index, desk) = desk::signed_in().await;
    desk.time.pass(7 * HOUR_MS);
    assert_eq!(
        confirm_password(&desk, PASSWORD).await,
        PasswordConfirmed::Yes,
        "the index renews the session with this"
    );
    let desk = desk.restart().await;
    desk.time.pass(7 * HOUR_MS);
    desk.engine.refresh_projects().await.expect("the newest cookie is the one that was kept");
    assert_eq!(desk.connection().await, Connection::Online);
}

#[tokio::test]
async fn signing_out_keeps_what_was_read_and_what_waits() {
    let (_index, desk) = desk::signed_in().await;
    desk.engine.refresh_publishing("tidepool").await.expect("read");
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sign_out().await.expect("signed out");
    let screen = desk.engine.screen().await.expect("reads");
    assert_eq!((screen.connection, screen.session_kept), (Connection::SignedOut, None));
    assert_eq!(desk.cached("tidepool").await.page.publishers.len(), 2);
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting);
    let error = desk.engine.sync_project(PROJECT).await.expect_err("nobody is signed in");
    assert!(matches!(error, Error::Index(IndexError::SignedOut)), "{error:?}");
    let desk = desk.restart().await;
    desk.engine.refresh_projects().await.expect_err("the session was forgotten for good");
}

#[tokio::test]
async fn password_that_is_wanted_stays_wanted_whatever_else_the_index_answers() {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    index.make_reauth_needed();
    desk.engine.sync_project(PROJECT).await.expect_err("the index asks back");
    desk.engine.refresh_projects().await.expect("this list needs no password");
    assert_eq!(desk.connection().await, Connection::ConfirmPassword, "a list was read");
    desk.engine.refresh_connection().await.expect_err("the index still asks");
    assert_eq!(desk.connection().await, Connection::ConfirmPassword, "whose session it is");
}

#[tokio::test]
async fn password_gate_outlasts_a_time_without_network() {
    let (index, desk) = desk::signed_in().await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    index.make_reauth_needed();
    desk.engine.refresh_publishing(PROJECT).await.expect_err("the index asks back");
    proxy.cut(LIST, Place::BeforeTheIndex);
    desk.engine.refresh_publishing(PROJECT).await.expect_err("the wire is cut");
    assert_eq!(desk.connection().await, Connection::Offline);
    desk.engine.refresh_projects().await.expect("back again");
    assert_eq!(desk.connection().await, Connection::ConfirmPassword);
}

#[tokio::test]
async fn password_gate_opens_with_any_page_that_the_index_shows_for_a_password_only() {
    let (index, desk) = desk::signed_in().await;
    let asked = async || {
        index.make_reauth_needed();
        desk.engine.refresh_publishing(PROJECT).await.expect_err("the index asks back");
        assert_eq!(desk.connection().await, Connection::ConfirmPassword);
    };
    // The same session has entered it elsewhere, and nobody has told this process.
    let enter_elsewhere = async || {
        let other = Desk::open(desk.folder(), Arc::clone(&desk.secrets), &desk.time).await;
        assert_eq!(confirm_password(&other, PASSWORD).await, PasswordConfirmed::Yes);
        let account = other.account().await;
        let forgotten = other.engine.store().set_password_entered(account, None).await;
        forgotten.expect("written");
        other.engine.store().close().await;
    };
    asked().await;
    enter_elsewhere().await;
    assert_eq!(desk.connection().await, Connection::ConfirmPassword, "nothing tells of it yet");
    desk.engine.refresh_connection().await.expect("the index shows a page");
    assert_eq!(desk.connection().await, Connection::Online, "the connection was checked");

    asked().await;
    enter_elsewhere().await;
    desk.engine.refresh_publishing(PROJECT).await.expect("the index shows the list");
    assert_eq!(desk.connection().await, Connection::Online, "a project was read");

    asked().await;
    enter_elsewhere().await;
    assert_eq!(confirm_password(&desk, "anything").await, PasswordConfirmed::Already);
    assert_eq!(desk.connection().await, Connection::Online, "the index did not ask");

    asked().await;
    desk.sign_in().await;
    assert_eq!(desk.connection().await, Connection::Online, "signing in is entering it");
}
