//! The demo index's accounts. What is secret elsewhere is printed on the sign-in screen here: it opens
//! nothing but a server on this computer.

use secrecy::SecretString;
use serde::Serialize;
use trustdesk_core::sync::SignInStep;
use trustdesk_demo_index as demo;
use ts_rs::TS;

use super::sign_in::{SignInView, view};
use crate::error::IpcError;
use crate::state::AppState;

#[derive(Debug, Serialize, TS)]
pub(crate) struct DemoAccountView {
    username: String,
    /// Every account's.
    password: String,
    /// Of every account's authenticator.
    code: String,
    code_valid_until_ms: i64,
    /// Of every account that has some; each works once.
    recovery_codes: Vec<String>,
    /// The other accounts, each in a state of its own.
    others: Vec<DemoUserView>,
    /// The link in the newest mail of the demo index that has one; none if it runs elsewhere too.
    mailed_link: Option<String>,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct DemoUserView {
    username: String,
    purpose: String,
}

pub(crate) async fn get_demo_account(state: &AppState) -> Result<DemoAccountView, IpcError> {
    only_on_demo(state).await?;
    let code = demo::current_code(state.now_ms());
    let others = demo::USERS.iter().filter(|user| user.username != demo::USERNAME);
    Ok(DemoAccountView {
        username: demo::USERNAME.to_owned(),
        password: demo::PASSWORD.to_owned(),
        code: code.code,
        code_valid_until_ms: code.valid_until_ms,
        recovery_codes: demo::RECOVERY_CODES.map(str::to_owned).to_vec(),
        others: others
            .map(|user| DemoUserView {
                username: user.username.to_owned(),
                purpose: user.purpose.to_owned(),
            })
            .collect(),
        mailed_link: state.demo().mailed_link().await,
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

async fn only_on_demo(state: &AppState) -> Result<(), IpcError> {
    let index = state.engine().await?.screen().await?.index;
    if index.is_some_and(|index| index.is_demo()) {
        Ok(())
    } else {
        Err(IpcError::bug("the demo account is only asked for on the demo index"))
    }
}
