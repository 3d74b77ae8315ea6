//! Signing in, whatever the account looks like: each variant ends with a session or with words that
//! say why there is none.

use std::net::IpAddr;

use secrecy::SecretString;
use trustdesk_core::sync::{
    AccountNeed, Connection, Error, IndexError, PasswordConfirmed, SecondFactors, SignInStep,
};
use trustdesk_demo_index::{
    DemoIndex, PASSWORD, RECOVERY_CODES, RequestLine, USERNAME, current_code,
};
use trustdesk_domain::ChangeState;
use trustdesk_tests::desk::{self, Desk, PROJECT, posts, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::{CODE_STEP_MS, DAY_MS, HOUR_MS, MINUTE_MS, START_MS, Time};

/// A demo index, and a desk where nobody has signed in.
async fn signed_out() -> (DemoIndex, Desk) {
    let time = Time::at(START_MS);
    let index = desk::start_index(&time, None).await;
    let desk = Desk::at(&index.origin(), &time).await;
    (index, desk)
}

async fn password(desk: &Desk, username: &str) -> SignInStep {
    desk.engine.sign_in(username, &SecretString::from(PASSWORD)).await.expect("the index answers")
}

/// The code of the moment; the authenticator moves on afterwards.
async fn code(desk: &Desk, remember_device: bool) -> SignInStep {
    let code = SecretString::from(current_code(desk.time.now_ms()).code);
    let step = desk.engine.sign_in_with_code(&code, remember_device).await;
    desk.time.pass(CODE_STEP_MS);
    step.expect("the index answers")
}

async fn recovery_code(desk: &Desk, code: &str) -> SignInStep {
    let step = desk.engine.sign_in_with_recovery_code(&SecretString::from(code)).await;
    step.expect("the index answers")
}

#[track_caller]
fn factors(step: &SignInStep) -> SecondFactors {
    let SignInStep::SecondFactor(factors) = step else { panic!("{step:?}") };
    *factors
}

#[track_caller]
fn signed_in(step: &SignInStep) -> &[String] {
    let SignInStep::SignedIn(_, words) = step else { panic!("{step:?}") };
    words
}

/// What was posted to a path, as status codes.
fn posted(index: &DemoIndex, path: &str) -> Vec<u16> {
    let to = |line: &RequestLine| line.method == "POST" && line.path.starts_with(path);
    index.requests().into_iter().filter(to).map(|line| line.status).collect()
}

#[tokio::test]
async fn a_password_alone_is_enough_where_there_is_no_second_factor_but_not_to_manage() {
    let (_index, desk) = signed_out().await;
    signed_in(&password(&desk, "no-two-factor").await);
    let error = desk.engine.refresh_projects().await.expect_err("every page of it is closed");
    let needs = matches!(error, Error::Index(IndexError::Account(AccountNeed::SecondFactor)));
    assert!(needs, "{error:?}");
    assert_eq!(desk.connection().await, Connection::Online, "the session holds");
}

#[tokio::test]
async fn an_address_that_was_never_verified_is_named() {
    let (_index, desk) = signed_out().await;
    factors(&password(&desk, "unverified-2fa").await);
    signed_in(&code(&desk, false).await);
    let error = desk.engine.refresh_projects().await.expect_err("every page of it is closed");
    let needs = matches!(error, Error::Index(IndexError::Account(AccountNeed::VerifiedEmail)));
    assert!(needs, "{error:?}");
}

#[tokio::test]
async fn a_recovery_code_signs_in_once_and_the_index_says_that_it_is_gone() {
    let (_index, desk) = signed_out().await;
    assert!(factors(&password(&desk, USERNAME).await).recovery_code);
    let wrong = recovery_code(&desk, "ffffffffffffffff").await;
    let SignInStep::RecoveryCodeRefused(words) = wrong else { panic!("{wrong:?}") };
    assert_eq!(words, ["Invalid recovery code."]);
    let step = recovery_code(&desk, RECOVERY_CODES[0]).await;
    let words = signed_in(&step);
    assert!(words.iter().any(|text| text.contains("cannot be used again")), "{words:?}");
    desk.engine.refresh_projects().await.expect("signed in");

    desk.engine.sign_out().await.expect("signed out");
    password(&desk, USERNAME).await;
    let again = recovery_code(&desk, RECOVERY_CODES[0]).await;
    let SignInStep::RecoveryCodeRefused(words) = again else { panic!("{again:?}") };
    assert_eq!(words, ["Recovery code has been previously used."]);
}

#[tokio::test]
async fn an_account_with_a_security_key_only_never_gets_a_code() {
    let (index, desk) = signed_out().await;
    let offers = factors(&password(&desk, "security-key").await);
    assert_eq!(
        offers,
        SecondFactors { code: false, recovery_code: true, security_key: true },
        "a window may ask the key, a recovery code works anywhere"
    );
    let step = code(&desk, false).await;
    assert!(matches!(step, SignInStep::StartAgain(_)), "{step:?}");
    assert_eq!(posted(&index, "/account/two-factor/"), [] as [u16; 0], "it crashes the server");
    password(&desk, "security-key").await;
    signed_in(&recovery_code(&desk, RECOVERY_CODES[1]).await);
}

#[tokio::test]
async fn what_cannot_be_right_by_its_look_costs_no_try() {
    let (index, desk) = signed_out().await;
    let step = password(&desk, "demo@example.com").await;
    assert!(matches!(step, SignInStep::UsernameRefused(_)), "{step:?}");
    assert!(index.requests().is_empty(), "the index was not even asked for its form");

    password(&desk, USERNAME).await;
    let looks = desk.engine.sign_in_with_code(&SecretString::from("12345"), false).await;
    let SignInStep::CodeRefused(words) = looks.expect("judged") else { panic!("refused") };
    assert_eq!(words, ["TOTP code must be 6 digits."]);
    let looks = recovery_code(&desk, "decaf").await;
    let SignInStep::RecoveryCodeRefused(words) = looks else { panic!("{looks:?}") };
    assert_eq!(words, ["Recovery Codes must be 16 characters."]);
    assert_eq!(posted(&index, "/account/two-factor/"), [] as [u16; 0]);
    assert_eq!(posted(&index, "/account/recovery-code/"), [] as [u16; 0]);
    signed_in(&code(&desk, false).await);
}

#[tokio::test]
async fn a_remembered_device_needs_the_password_alone_until_it_is_signed_out() {
    let (_index, desk) = signed_out().await;
    password(&desk, USERNAME).await;
    signed_in(&code(&desk, true).await);
    assert!(desk.engine.remembers_device().await);

    let desk = desk.restart().await;
    desk.time.pass(13 * HOUR_MS);
    desk.engine.refresh_projects().await.expect_err("the session has ended");
    signed_in(&password(&desk, "DEMO").await);
    assert!(desk.engine.remembers_device().await, "for 30 days");

    desk.engine.sign_out().await.expect("signed out");
    factors(&password(&desk, USERNAME).await);
}

#[tokio::test]
async fn nothing_is_remembered_unasked() {
    let (_index, desk) = signed_out().await;
    password(&desk, USERNAME).await;
    signed_in(&code(&desk, false).await);
    assert!(!desk.engine.remembers_device().await);
}

/// The link of the newest mail.
fn mailed_link(index: &DemoIndex) -> String {
    index.mailbox().last().and_then(|mail| mail.link.clone()).expect("a mail with a link")
}

#[tokio::test]
async fn a_device_that_the_index_does_not_know_is_confirmed_by_the_pasted_link() {
    let (index, desk) = signed_out().await;
    password(&desk, "new-device").await;
    let step = code(&desk, false).await;
    assert!(matches!(step, SignInStep::ConfirmDevice), "{step:?}");
    assert!(desk.engine.account().await.is_err(), "nobody is signed in yet");

    let confirm = async |link: &str| desk.engine.confirm_device(link).await.expect("answered");
    let asked = index.requests().len();
    for link in ["", "hello", "https://evil.example/account/confirm-login/?token=abc"] {
        let step = confirm(link).await;
        assert!(matches!(step, SignInStep::NotALink), "{link}: {step:?}");
    }
    assert_eq!(index.requests().len(), asked, "nothing but the index's own link is opened");
    signed_in(&confirm(&format!("  {}\n", mailed_link(&index))).await);
    assert_eq!(desk.engine.account().await.expect("signed in").username, "new-device");
    desk.engine.refresh_projects().await.expect("the session holds");
}

#[tokio::test]
async fn a_link_from_another_network_is_refused_in_the_indexs_words() {
    let (index, desk) = signed_out().await;
    password(&desk, "new-device").await;
    code(&desk, false).await;
    index.set_network(Some(IpAddr::from([192, 0, 2, 7])));
    let step = desk.engine.confirm_device(&mailed_link(&index)).await.expect("answered");
    let SignInStep::StartAgain(words) = step else { panic!("{step:?}") };
    assert!(words.iter().any(|text| text.starts_with("Device details didn't match")), "{words:?}");
}

#[tokio::test]
async fn a_link_of_somebody_else_signs_nobody_in() {
    let (index, desk) = signed_out().await;
    password(&desk, "new-device").await;
    code(&desk, false).await;
    let link = mailed_link(&index);
    index.set_network(None);
    password(&desk, USERNAME).await;
    let error = desk.engine.confirm_device(&link).await.expect_err("another name was typed");
    assert!(matches!(&error, Error::SomeoneElse(name) if name == "new-device"), "{error:?}");
    assert!(desk.engine.account().await.is_err());
    assert_eq!(posted(&index, "/account/logout/"), [303], "that session was ended");
}

#[tokio::test]
async fn a_code_that_comes_too_late_leads_back_to_the_start_with_the_reason() {
    let (_index, desk) = signed_out().await;
    password(&desk, USERNAME).await;
    desk.time.pass(6 * MINUTE_MS);
    let step = code(&desk, false).await;
    let SignInStep::StartAgain(words) = step else { panic!("{step:?}") };
    assert_eq!(words, ["Invalid or expired two factor login."]);
}

#[tokio::test]
async fn too_many_wrong_codes_are_told_with_the_time_to_wait() {
    let (_index, desk) = signed_out().await;
    password(&desk, USERNAME).await;
    let wrong = SecretString::from("000000");
    for _ in 0..5 {
        let step = desk.engine.sign_in_with_code(&wrong, false).await.expect("answered");
        assert!(matches!(step, SignInStep::CodeRefused(_)), "{step:?}");
    }
    let error = desk.engine.sign_in_with_code(&wrong, false).await.expect_err("locked out");
    assert!(matches!(error, Error::Index(IndexError::TooMany(Some(1..=300)))), "{error:?}");
    desk.time.pass(5 * MINUTE_MS);
    password(&desk, USERNAME).await;
    signed_in(&code(&desk, false).await);
}

#[tokio::test]
async fn a_breached_password_and_a_lock_out_are_told_in_the_indexs_words() {
    let (_index, desk) = signed_out().await;
    let step = password(&desk, "compromised-password").await;
    let SignInStep::PasswordRefused(words) = step else { panic!("{step:?}") };
    assert!(words[0].starts_with("This password appears in a security breach"), "{words:?}");

    for _ in 0..10 {
        let wrong = SecretString::from("not-the-password");
        desk.engine.sign_in(USERNAME, &wrong).await.expect("answered");
    }
    let step = password(&desk, USERNAME).await;
    let SignInStep::PasswordRefused(words) = step else { panic!("{step:?}") };
    assert!(words[0].contains("locked out"), "{words:?}");
}

#[tokio::test]
async fn a_suspended_account_is_told_so() {
    let (index, desk) = desk::signed_in().await;
    index.set_frozen(USERNAME, true);
    let error = desk.engine.refresh_projects().await.expect_err("thrown out");
    let Error::Index(IndexError::SessionEnded(words)) = error else { panic!("{error:?}") };
    assert!(words.starts_with("Your account has been suspended."), "{words}");
    assert_eq!(desk.connection().await, Connection::SignedOut);
    password(&desk, USERNAME).await;
    let step = code(&desk, false).await;
    let SignInStep::StartAgain(words) = step else { panic!("{step:?}") };
    assert!(words.concat().contains("suspended"), "{words:?}");
}

#[tokio::test]
async fn a_password_that_was_changed_elsewhere_ends_the_session_with_that_reason() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    index.change_password(USERNAME);
    let error = desk.engine.sync_project(PROJECT).await.expect_err("signed out");
    let Error::Index(IndexError::SessionEnded(words)) = error else { panic!("{error:?}") };
    assert_eq!(words, "Session invalidated by password change");
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting);
}

#[tokio::test]
async fn what_the_index_says_at_a_sign_in_is_passed_on() {
    let (_index, desk) = signed_out().await;
    password(&desk, "terms-of-service").await;
    let step = code(&desk, false).await;
    let words = signed_in(&step);
    assert!(words.iter().any(|text| text.contains("Terms of Service")), "{words:?}");
}

#[tokio::test]
async fn wrong_passwords_are_counted_and_not_sent_when_the_index_would_not_look_at_them() {
    let (index, desk) = desk::signed_in().await;
    index.make_reauth_needed();
    let confirm = async |password: &str| {
        let password = SecretString::from(password);
        desk.engine.confirm_password(&password).await.expect("the index answers")
    };
    for left in (0..10).rev() {
        assert_eq!(confirm("not-the-password").await, PasswordConfirmed::Wrong(left));
    }
    let sent = posted(&index, "/account/reauthenticate/").len();
    let until_ms = desk.time.now_ms() + 5 * MINUTE_MS;
    assert_eq!(confirm(PASSWORD).await, PasswordConfirmed::LockedOut(until_ms));
    desk.time.is_set(DAY_MS);
    let until_ms = until_ms + DAY_MS;
    assert_eq!(confirm(PASSWORD).await, PasswordConfirmed::LockedOut(until_ms), "no time passed");
    desk.time.is_set(-DAY_MS);
    assert_eq!(posted(&index, "/account/reauthenticate/").len(), sent, "it would say nothing");
    desk.time.pass(5 * MINUTE_MS);
    assert_eq!(confirm(PASSWORD).await, PasswordConfirmed::Yes);
}

#[tokio::test]
async fn a_session_is_known_to_end_twelve_hours_after_it_was_last_saved() {
    let (_index, desk) = desk::signed_in().await;
    let ends_ms = desk.engine.session_ends_ms().await.expect("its cookie says so");
    assert!(ends_ms <= desk.time.now_ms() + 12 * HOUR_MS);
    desk.time.pass(11 * HOUR_MS);
    let password = SecretString::from(PASSWORD);
    desk.engine.confirm_password(&password).await.expect("answered");
    let later_ms = desk.engine.session_ends_ms().await.expect("its cookie says so");
    assert!(later_ms > ends_ms + 10 * HOUR_MS, "what changes the session prolongs it");
    desk.time.pass(12 * HOUR_MS);
    desk.engine.refresh_projects().await.expect_err("it has ended");
    assert!(later_ms <= desk.time.now_ms(), "as was known");
}

#[tokio::test]
async fn a_challenge_and_a_site_that_is_down_are_told_apart_and_lose_nothing() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    index.set_challenge(Some(200));
    let error = desk.engine.sync_project(PROJECT).await.expect_err("not the index's page");
    assert!(matches!(error, Error::Index(IndexError::NotTheIndex)), "{error:?}");
    index.set_challenge(None);
    index.set_site_down(true);
    let error = desk.engine.sync_project(PROJECT).await.expect_err("down");
    assert!(matches!(error, Error::Index(IndexError::IndexDown(503))), "{error:?}");
    index.set_site_down(false);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!((desk.state(&add.id).await, posts(&index)), (ChangeState::Done, 1));
}
