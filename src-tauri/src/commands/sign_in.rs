//! Signing in, and confirming the password. No command returns a secret.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use trustdesk_core::sync::{PasswordConfirmed, SecondFactors, SignInStep};
use ts_rs::TS;

use super::app::{AppView, get_app};
use super::work::go_on;
use crate::error::IpcError;
use crate::events::Changed;
use crate::sign_in_window;
use crate::state::AppState;

#[derive(Deserialize, TS)]
pub(crate) struct SignInInput {
    username: String,
    #[ts(type = "string")]
    password: SecretString,
}

#[derive(Deserialize, TS)]
pub(crate) struct SignInWithCode {
    #[ts(type = "string")]
    code: SecretString,
    /// For 30 days the password alone signs in from this computer then.
    remember_device: bool,
}

#[derive(Deserialize, TS)]
pub(crate) struct ConfirmPassword {
    #[ts(type = "string")]
    password: SecretString,
}

#[derive(Deserialize, TS)]
pub(crate) struct SignInWithRecoveryCode {
    #[ts(type = "string")]
    code: SecretString,
}

#[derive(Deserialize, TS)]
pub(crate) struct ConfirmDevice {
    /// The link that the index has mailed, as pasted.
    #[ts(type = "string")]
    link: SecretString,
}

#[derive(Deserialize, TS)]
pub(crate) struct SignInInWindow {
    /// What was typed into our own form; empty: whoever signs in is meant.
    username: String,
}

#[derive(Debug, Serialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(crate) enum SignInView {
    /// The index wants one of these besides the password.
    SecondFactor { code: bool, recovery_code: bool, security_key: bool },
    Refused {
        field: Option<SignInField>,
        messages: Vec<String>,
        /// User name and password must be given again.
        start_again: bool,
    },
    /// The index does not know this network and has mailed a link, which is to be pasted.
    ConfirmDevice,
    /// The window of the index's own page was closed; everything is as it was.
    Cancelled,
    SignedIn {
        app: Box<AppView>,
        /// What the index says once, in its words.
        messages: Vec<String>,
    },
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SignInField {
    Username,
    Password,
    Code,
    RecoveryCode,
    Link,
}

#[derive(Debug, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub(crate) enum ConfirmPasswordView {
    Confirmed,
    /// It was not sent: the index does not ask for it, because it was entered before.
    AlreadyConfirmed,
    /// As far as was seen from here, so many more may be wrong before the index locks the account
    /// for five minutes.
    WrongPassword {
        tries_left: usize,
    },
    /// It was not sent: the index would not look at it before then.
    LockedOut {
        until_ms: i64,
    },
}

pub(crate) async fn sign_in(state: &AppState, input: SignInInput) -> Result<SignInView, IpcError> {
    state.wake_demo().await?;
    let step = state.engine().await?.sign_in(input.username.trim(), &input.password).await?;
    view(state, step).await
}

pub(crate) async fn sign_in_with_code(
    state: &AppState,
    input: SignInWithCode,
) -> Result<SignInView, IpcError> {
    let engine = state.engine().await?;
    let step = engine.sign_in_with_code(&input.code, input.remember_device).await?;
    view(state, step).await
}

pub(crate) async fn sign_in_with_recovery_code(
    state: &AppState,
    input: SignInWithRecoveryCode,
) -> Result<SignInView, IpcError> {
    let step = state.engine().await?.sign_in_with_recovery_code(&input.code).await?;
    view(state, step).await
}

pub(crate) async fn confirm_device(
    state: &AppState,
    input: ConfirmDevice,
) -> Result<SignInView, IpcError> {
    let step = state.engine().await?.confirm_device(input.link.expose_secret()).await?;
    view(state, step).await
}

/// Answers when the window is over.
pub(crate) async fn sign_in_in_window(
    state: &AppState,
    input: SignInInWindow,
) -> Result<SignInView, IpcError> {
    state.wake_demo().await?;
    match sign_in_window::sign_in(state, &input.username).await? {
        Some(username) => view(state, SignInStep::SignedIn(username, Vec::new())).await,
        None => Ok(SignInView::Cancelled),
    }
}

/// A sign-in that waits for its next step goes on waiting.
pub(crate) async fn close_sign_in_window(state: &AppState) -> Result<(), IpcError> {
    state.sign_in_page().close();
    Ok(())
}

pub(crate) async fn cancel_sign_in(state: &AppState) -> Result<(), IpcError> {
    state.sign_in_page().close();
    state.engine().await?.cancel_sign_in().await;
    Ok(())
}

pub(crate) async fn confirm_password(
    state: &AppState,
    input: ConfirmPassword,
) -> Result<ConfirmPasswordView, IpcError> {
    let confirmed = state.engine().await?.confirm_password(&input.password).await?;
    state.announce(Changed::App);
    Ok(match confirmed {
        PasswordConfirmed::Yes => {
            go_on(state).await?;
            ConfirmPasswordView::Confirmed
        }
        PasswordConfirmed::Already => {
            go_on(state).await?;
            ConfirmPasswordView::AlreadyConfirmed
        }
        PasswordConfirmed::Wrong(tries_left) => ConfirmPasswordView::WrongPassword { tries_left },
        PasswordConfirmed::LockedOut(until_ms) => ConfirmPasswordView::LockedOut { until_ms },
    })
}

pub(super) async fn view(state: &AppState, step: SignInStep) -> Result<SignInView, IpcError> {
    let refused = |field, messages| SignInView::Refused { field, messages, start_again: false };
    Ok(match step {
        SignInStep::SecondFactor(SecondFactors { code, recovery_code, security_key }) => {
            SignInView::SecondFactor { code, recovery_code, security_key }
        }
        SignInStep::UsernameRefused(words) => refused(Some(SignInField::Username), words),
        SignInStep::PasswordRefused(words) => refused(Some(SignInField::Password), words),
        SignInStep::CodeRefused(words) => refused(Some(SignInField::Code), words),
        SignInStep::RecoveryCodeRefused(words) => refused(Some(SignInField::RecoveryCode), words),
        // The page has words of its own for it: no index was asked.
        SignInStep::NotALink => refused(Some(SignInField::Link), Vec::new()),
        SignInStep::StartAgain(messages) => {
            SignInView::Refused { field: None, messages, start_again: true }
        }
        SignInStep::ConfirmDevice => SignInView::ConfirmDevice,
        SignInStep::SignedIn(_, messages) => {
            state.announce(Changed::App);
            go_on(state).await?;
            SignInView::SignedIn { app: Box::new(get_app(state).await?), messages }
        }
    })
}
