//! Signing in, and confirming the password. No command returns a secret; the demo account's are
//! printed on its sign-in screen and are none.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use trustdesk_core::sync::{PasswordConfirmed, SecondFactors, SignInStep};
use trustdesk_demo_index as demo;
use ts_rs::TS;

use super::app::{AppView, get_app};
use super::work::send_if_wanted;
use crate::error::IpcError;
use crate::events::Changed;
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
}

#[derive(Deserialize, TS)]
pub(crate) struct ConfirmPassword {
    #[ts(type = "string")]
    password: SecretString,
}

#[derive(Debug, Serialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(crate) enum SignInView {
    /// The index wants the authenticator code.
    Code,
    Refused {
        field: Option<SignInField>,
        messages: Vec<String>,
        start_again: bool,
    },
    /// It cannot go on here; the message says what to do.
    Elsewhere {
        reason: ElsewhereReason,
        message: String,
    },
    SignedIn {
        app: Box<AppView>,
    },
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SignInField {
    Username,
    Password,
    Code,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ElsewhereReason {
    ConfirmDevice,
    SecurityKeyOnly,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct DemoAccountView {
    username: String,
    password: String,
    code: String,
    code_valid_until_ms: i64,
}

#[derive(Debug, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub(crate) enum ConfirmPasswordView {
    Confirmed,
    WrongPassword { message: String },
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
    let step = state.engine().await?.sign_in_with_code(&input.code, false).await?;
    view(state, step).await
}

pub(crate) async fn cancel_sign_in(state: &AppState) -> Result<(), IpcError> {
    state.engine().await?.cancel_sign_in().await;
    Ok(())
}

pub(crate) async fn get_demo_account(state: &AppState) -> Result<DemoAccountView, IpcError> {
    only_on_demo(state).await?;
    let code = demo::current_code(state.now_ms());
    Ok(DemoAccountView {
        username: demo::USERNAME.to_owned(),
        password: demo::PASSWORD.to_owned(),
        code: code.code,
        code_valid_until_ms: code.valid_until_ms,
    })
}

pub(crate) async fn sign_in_demo_account(state: &AppState) -> Result<SignInView, IpcError> {
    only_on_demo(state).await?;
    state.wake_demo().await?;
    let engine = state.engine().await?;
    let mut step = engine.sign_in(demo::USERNAME, &SecretString::from(demo::PASSWORD)).await?;
    // The index takes a code once, so a second sign-in within its 30 s needs the next one.
    for steps in 0..2 {
        if matches!(step, SignInStep::SecondFactor(_) | SignInStep::CodeRefused(_)) {
            let code = demo::code_at_step(state.now_ms(), steps);
            step = engine.sign_in_with_code(&SecretString::from(code.code), false).await?;
        }
    }
    view(state, step).await
}

pub(crate) async fn confirm_password(
    state: &AppState,
    input: ConfirmPassword,
) -> Result<ConfirmPasswordView, IpcError> {
    let confirmed = state.engine().await?.confirm_password(&input.password).await?;
    state.announce(Changed::App);
    Ok(match confirmed {
        PasswordConfirmed::Yes => {
            send_if_wanted(state).await?;
            ConfirmPasswordView::Confirmed
        }
        PasswordConfirmed::Wrong(tries_left) => ConfirmPasswordView::WrongPassword {
            message: format!(
                "The index did not take this password. Tries left before it locks the account for \
                 five minutes: {tries_left}."
            ),
        },
        PasswordConfirmed::LockedOut(until_ms) => {
            let minutes = (until_ms - state.now_ms()).max(0) / 60_000 + 1;
            ConfirmPasswordView::WrongPassword {
                message: format!(
                    "Not sent: after ten wrong passwords the index looks at none. Wait {minutes} \
                     min."
                ),
            }
        }
    })
}

async fn only_on_demo(state: &AppState) -> Result<(), IpcError> {
    let index = state.engine().await?.screen().await?.index;
    if index.is_some_and(|index| index.is_demo()) {
        Ok(())
    } else {
        Err(IpcError::bug("the demo account is only asked for on the demo index"))
    }
}

async fn view(state: &AppState, step: SignInStep) -> Result<SignInView, IpcError> {
    let refused = |field, messages| SignInView::Refused { field, messages, start_again: false };
    Ok(match step {
        SignInStep::SecondFactor(SecondFactors { code: true, .. }) => SignInView::Code,
        SignInStep::UsernameRefused(words) => refused(Some(SignInField::Username), words),
        SignInStep::PasswordRefused(words) => refused(Some(SignInField::Password), words),
        SignInStep::CodeRefused(words) | SignInStep::RecoveryCodeRefused(words) => {
            refused(Some(SignInField::Code), words)
        }
        SignInStep::NotALink => refused(None, vec!["That is no link of this index.".to_owned()]),
        SignInStep::StartAgain(words) if words.is_empty() => SignInView::Refused {
            field: None,
            messages: vec!["That took too long for the index. Start again.".to_owned()],
            start_again: true,
        },
        SignInStep::StartAgain(messages) => {
            SignInView::Refused { field: None, messages, start_again: true }
        }
        SignInStep::ConfirmDevice => SignInView::Elsewhere {
            reason: ElsewhereReason::ConfirmDevice,
            message: "The index does not know this network yet and has mailed you a link. Open \
                      the link on this computer, then sign in again here."
                .to_owned(),
        },
        SignInStep::SecondFactor(_) => SignInView::Elsewhere {
            reason: ElsewhereReason::SecurityKeyOnly,
            message: "This account's second factor is a security key, which Trustdesk cannot use \
                      yet. Add an authenticator app to the account on the index's own pages."
                .to_owned(),
        },
        SignInStep::SignedIn(..) => {
            state.announce(Changed::App);
            send_if_wanted(state).await?;
            SignInView::SignedIn { app: Box::new(get_app(state).await?) }
        }
    })
}
