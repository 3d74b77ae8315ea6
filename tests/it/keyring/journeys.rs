//! The whole core at a keyring that does not do as it should: a person can always sign in, work and
//! sign out, and the screen tells what became of the session.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::join;
use tokio::time::timeout;
use trustdesk_core::secrets::{KeyringState, SessionKept};
use trustdesk_core::store::Store;
use trustdesk_core::sync::{Connection, Engine, Error, IndexError, Screen, SignInStep};
use trustdesk_demo_index::{DemoIndex, PASSWORD, USERNAME, current_code};
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::{CODE_STEP_MS, START_MS, Time};
use trustdesk_tests::watcher::Watcher;

use super::pretended::{Manner, Pretended};

/// Longer than anything here takes, and no keyring of these answers by itself.
const AT_ONCE: Duration = Duration::from_secs(10);

/// A desk whose sessions go to this keyring, and that has chosen the demo index.
async fn desk_on(keyring: &Pretended) -> (DemoIndex, Desk) {
    let time = Time::at(START_MS);
    let index = desk::start_index(&time, None).await;
    let mut desk = Desk::at(&index.origin(), &time).await;
    restart(&mut desk, keyring).await;
    (index, desk)
}

/// The program ends and starts again: the same folder, the same keyring.
async fn restart(desk: &mut Desk, keyring: &Pretended) {
    desk.engine.store().close().await;
    let store = Store::open(desk.folder()).await.expect("the database opens");
    let secrets = Arc::new(keyring.secrets());
    let engine = Engine::start(store, secrets, Arc::clone(&desk.time) as _).await;
    desk.engine = engine.expect("the core starts");
}

/// A desk that was signed in to in an earlier run, and a keyring with its session.
async fn signed_in_earlier() -> (Pretended, DemoIndex, Desk) {
    let keyring = Pretended::new(Manner::Open);
    let (index, mut desk) = desk_on(&keyring).await;
    desk.sign_in().await;
    restart(&mut desk, &keyring).await;
    (keyring, index, desk)
}

async fn screen(desk: &Desk) -> Screen {
    desk.engine.screen().await.expect("read")
}

/// Where the session is said to be.
async fn session_kept(desk: &Desk) -> Option<SessionKept> {
    screen(desk).await.session_kept
}

fn state(desk: &Desk) -> KeyringState {
    desk.engine.keyring().state
}

/// Waits until the keyring keeps the core waiting.
async fn waiting(desk: &Desk, keyring: &Pretended) {
    keyring.until("it waits", || state(desk) == KeyringState::Waiting).await;
}

/// Signs in with the device that the keyring may know; true: the password was enough.
async fn password_is_enough(desk: &Desk) -> bool {
    let step = desk.engine.sign_in(USERNAME, &SecretString::from(PASSWORD)).await;
    matches!(step.expect("the index answers"), SignInStep::SignedIn(..))
}

async fn sign_in_and_be_remembered(desk: &Desk) {
    assert!(!password_is_enough(desk).await);
    let code = SecretString::from(current_code(desk.time.now_ms()).code);
    let step = desk.engine.sign_in_with_code(&code, true).await.expect("the index answers");
    assert!(matches!(step, SignInStep::SignedIn(..)), "{step:?}");
    desk.time.pass(CODE_STEP_MS);
}

#[tokio::test]
async fn a_session_that_was_won_at_a_locked_keyring_comes_to_it_when_it_is_unlocked() {
    let keyring = Pretended::new(Manner::Locked);
    let (_index, mut desk) = desk_on(&keyring).await;
    desk.sign_in().await;
    assert_eq!(session_kept(&desk).await, Some(SessionKept::Memory));
    assert_eq!(state(&desk), KeyringState::Locked);
    desk.engine.refresh_projects().await.expect("read");
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(keyring.questions(), 1, "a sync's rotating cookie asks nobody");

    keyring.turns(Manner::Open);
    desk.engine.refresh_connection().await.expect("the person tries again");
    keyring.until("kept", || state(&desk) == KeyringState::Ready).await;
    assert_eq!(session_kept(&desk).await, Some(SessionKept::Keyring), "the screen follows");
    restart(&mut desk, &keyring).await;
    desk.engine.refresh_projects().await.expect("still signed in");
}

#[tokio::test]
async fn a_keyring_that_takes_its_time_at_the_start_keeps_no_screen_from_showing() {
    let (keyring, _index, desk) = signed_in_earlier().await;
    keyring.turns(Manner::Silent);
    let (refreshed, ()) = join!(desk.engine.refresh_connection(), async {
        waiting(&desk, &keyring).await;
        let seen = screen(&desk).await;
        assert_eq!((seen.connection, seen.session_kept), (Connection::NotChecked, None));
        keyring.turns(Manner::Open);
    });
    refreshed.expect("its answer is taken when it comes");
    assert_eq!(desk.connection().await, Connection::Online);
    assert_eq!(session_kept(&desk).await, Some(SessionKept::Keyring));
    assert_eq!(keyring.questions(), 1);
}

#[tokio::test]
async fn a_session_in_a_locked_keyring_is_not_lost_and_is_asked_for_when_the_person_wants_it() {
    let (keyring, _index, desk) = signed_in_earlier().await;
    keyring.turns(Manner::Locked);
    let refused = desk.engine.refresh_connection().await;
    assert!(matches!(refused, Err(Error::KeyringLocked)), "{refused:?}");
    assert_eq!(desk.connection().await, Connection::SignedOut);
    assert_eq!(state(&desk), KeyringState::Locked);
    let refused = desk.engine.refresh_projects().await;
    assert!(matches!(refused, Err(Error::KeyringLocked)), "it is not said to be empty");
    assert_eq!(keyring.questions(), 1);
    desk.engine.refresh_connection().await.expect_err("dismissed again");
    assert_eq!(keyring.questions(), 2, "trying again is asking again");

    keyring.turns(Manner::Open);
    desk.engine.refresh_projects().await.expect("no restart and no sign-in is needed");
    assert_eq!(state(&desk), KeyringState::Ready);
}

#[tokio::test]
async fn while_the_keyring_waits_a_person_can_sign_in_anew_and_work() {
    let (keyring, _index, mut desk) = signed_in_earlier().await;
    keyring.turns(Manner::Silent);
    let old = keyring.entries(USERNAME);
    let (refreshed, ()) = join!(desk.engine.refresh_connection(), async {
        waiting(&desk, &keyring).await;
        desk.sign_in().await;
        assert_eq!(session_kept(&desk).await, Some(SessionKept::Memory));
        desk.engine.refresh_projects().await.expect("the new session is used");
        assert_eq!(keyring.entries(USERNAME), old);
        keyring.turns(Manner::Open);
    });
    refreshed.expect("the new session is asked for");
    assert!(
        desk.engine.confirmed_until_ms().await.is_some(),
        "a second conversation took the place of the one that was signed in"
    );
    let is_new = || keyring.entries(USERNAME).len() == 1 && keyring.entries(USERNAME) != old;
    keyring.until("the new session has come to the keyring", is_new).await;
    assert_eq!(session_kept(&desk).await, Some(SessionKept::Keyring));
    restart(&mut desk, &keyring).await;
    desk.engine.refresh_projects().await.expect("signed in with the new one");
}

#[tokio::test]
async fn a_device_that_only_the_waiting_keyring_knows_is_as_good_as_new() {
    let keyring = Pretended::new(Manner::Open);
    let (_index, mut desk) = desk_on(&keyring).await;
    sign_in_and_be_remembered(&desk).await;
    restart(&mut desk, &keyring).await;
    assert!(password_is_enough(&desk).await, "the keyring knows the device");
    restart(&mut desk, &keyring).await;
    keyring.turns(Manner::Silent);
    assert!(!password_is_enough(&desk).await, "and nobody waits for it");
}

#[tokio::test]
async fn signing_out_does_not_wait_for_the_keyring_and_says_what_may_be_left_in_it() {
    let (keyring, _index, desk) = signed_in_earlier().await;
    keyring.turns(Manner::Silent);
    let (refreshed, ()) = join!(desk.engine.refresh_connection(), async {
        waiting(&desk, &keyring).await;
        desk.engine.sign_out().await.expect("signed out");
        assert!(desk.engine.keyring().left_behind);
        assert_eq!(desk.connection().await, Connection::SignedOut);
        keyring.turns(Manner::Open);
    });
    let signed_out = matches!(refreshed, Err(Error::Index(IndexError::SignedOut)));
    assert!(signed_out, "a late answer opens no session: {refreshed:?}");
    keyring.until("deleted", || !desk.engine.keyring().left_behind).await;
    assert_eq!(keyring.entries(USERNAME), [""; 0]);
}

#[tokio::test]
async fn a_session_on_screen_is_ended_on_the_index_though_the_keyring_waits() {
    let (keyring, index, desk) = signed_in_earlier().await;
    desk.engine.refresh_connection().await.expect("online");
    keyring.turns(Manner::Silent);
    desk.engine.sign_out().await.expect("signed out");
    assert!(index.requests().iter().any(|line| line.path == "/account/logout/"));
    assert!(desk.engine.keyring().left_behind);
}

#[tokio::test]
async fn everything_can_be_forgotten_while_the_keyring_waits() {
    let (keyring, _index, desk) = signed_in_earlier().await;
    keyring.turns(Manner::Silent);
    let (refreshed, ()) = join!(desk.engine.refresh_connection(), async {
        waiting(&desk, &keyring).await;
        desk.engine.forget_everything().await.expect("forgotten");
        assert!(desk.engine.keyring().left_behind);
        keyring.turns(Manner::Open);
    });
    refreshed.expect_err("nobody is signed in any more");
    keyring.until("deleted", || keyring.entries(USERNAME).is_empty()).await;
    assert_eq!(session_kept(&desk).await, None);
}

#[tokio::test]
async fn a_session_that_is_to_be_forgotten_at_the_end_leaves_a_waiting_keyring_later() {
    let (keyring, _index, mut desk) = signed_in_earlier().await;
    desk.engine.refresh_connection().await.expect("online");
    let account = desk.account().await;
    keyring.turns(Manner::Silent);
    desk.engine.set_forgets_sessions(true).await.expect("chosen");
    assert_eq!(session_kept(&desk).await, Some(SessionKept::ThisRun));
    assert!(desk.engine.keyring().left_behind);
    desk.engine.select_account(account).await.expect("away and back");
    desk.engine.refresh_projects().await.expect("this run still has it");

    keyring.turns(Manner::Open);
    keyring.until("deleted", || keyring.entries(USERNAME).is_empty()).await;
    restart(&mut desk, &keyring).await;
    desk.engine.refresh_projects().await.expect_err("forgotten with the run");
}

#[tokio::test]
async fn without_a_keyring_a_session_is_in_memory_until_one_appears() {
    let keyring = Pretended::new(Manner::Missing);
    let (_index, mut desk) = desk_on(&keyring).await;
    let nobody = desk.engine.refresh_connection().await;
    assert!(matches!(nobody, Err(Error::NoAccount)), "{nobody:?}");
    desk.sign_in().await;
    assert_eq!(session_kept(&desk).await, Some(SessionKept::Memory));
    assert_eq!(state(&desk), KeyringState::Missing);

    desk.engine.refresh_projects().await.expect("read");
    keyring.turns(Manner::Open);
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(session_kept(&desk).await, Some(SessionKept::Keyring), "with the next cookie");
    keyring.turns(Manner::Missing);
    restart(&mut desk, &keyring).await;
    let refused = desk.engine.refresh_connection().await;
    let signed_out = matches!(refused, Err(Error::Index(IndexError::SignedOut)));
    assert!(signed_out, "without any keyring there is only signing in: {refused:?}");
}

#[tokio::test]
async fn looking_each_minute_whether_the_index_is_back_asks_nobody_for_the_keyring() {
    let keyring = Pretended::new(Manner::Locked);
    let (index, desk) = desk_on(&keyring).await;
    desk.sign_in().await;
    index.stop().await;
    for _ in 0..3 {
        desk.engine.refresh_connection().await.expect_err("nobody answers");
        assert_eq!(desk.connection().await, Connection::Offline);
    }
    let asked = keyring.questions();
    assert!(asked <= 2, "once when signing in, once when the page asked first: {asked}");
}

#[tokio::test]
async fn a_stop_does_not_wait_for_a_keyring_that_takes_its_time() {
    let keyring = Pretended::new(Manner::Open);
    let (_index, desk) = desk_on(&keyring).await;
    desk.sign_in().await;
    desk.engine.refresh_projects().await.expect("read");
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    keyring.turns(Manner::Slow);
    let watcher = Watcher::default();
    let sending = desk.engine.sync_each(std::slice::from_ref(&add.id), &watcher);
    let (sent, ()) = join!(timeout(AT_ONCE, sending), async {
        keyring.takes_its_time().await;
        watcher.stop();
    });
    sent.expect("the keyring has not answered yet").expect("stopped is no error");
}

#[tokio::test]
async fn password_entered_in_another_process_opens_the_gate_of_this_one() {
    let (keyring, index, desk) = signed_in_earlier().await;
    index.make_reauth_needed();
    desk.engine.refresh_publishing(PROJECT).await.expect_err("the index asks back");
    assert_eq!(desk.connection().await, Connection::ConfirmPassword);
    let store = Store::open(desk.folder()).await.expect("the database opens");
    let other = Engine::start(store, Arc::new(keyring.secrets()), Arc::clone(&desk.time) as _);
    let other = other.await.expect("the core starts");
    other.confirm_password(&SecretString::from("wrong")).await.expect("the index answers");
    assert_eq!(desk.connection().await, Connection::ConfirmPassword, "it was wrong");
    other.confirm_password(&SecretString::from(PASSWORD)).await.expect("the index answers");
    assert_eq!(desk.connection().await, Connection::Online, "both use the session in the keyring");
}
