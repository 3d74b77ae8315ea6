//! `trustdesk-cli confirm-password` and `sign-out`: the rest of a session's life.

use clap::Args;
use serde_json::json;
use trustdesk_core::sync::{Error, PasswordConfirmed};

use crate::answer::Answer;
use crate::attended;
use crate::failure::{Failure, Kind};
use crate::here::Here;
use crate::secret::PasswordFrom;
use crate::shown;

#[derive(Args)]
pub(crate) struct ConfirmPassword {
    #[command(flatten)]
    password: PasswordFrom,
}

pub(crate) async fn confirm_password(
    here: &Here,
    confirm: ConfirmPassword,
) -> Result<Answer, Failure> {
    let engine = here.engine().await?;
    let index = engine.screen().await?.index.ok_or(Error::NoIndex)?;
    attended::required(&index, "confirming a password")?;
    let account = engine.account().await?;
    let password = confirm.password.read(here, &account.username, &index)?;
    match engine.confirm_password(&password).await? {
        PasswordConfirmed::Yes => {
            let until_ms = engine.confirmed_until_ms().await;
            let text = format!("Password entered{}.", valid_until(until_ms));
            Answer::new(&json!({ "outcome": "confirmed", "confirmed_until_ms": until_ms }), text)
        }
        PasswordConfirmed::Already => {
            let until_ms = engine.confirmed_until_ms().await;
            let text = format!(
                "Already confirmed{}. {} does not ask for the password now, so it was not sent.",
                valid_until(until_ms),
                index.name
            );
            let answer = json!({ "outcome": "already_confirmed", "confirmed_until_ms": until_ms });
            Answer::new(&answer, text)
        }
        PasswordConfirmed::Wrong(left) => Err(Failure::new(
            Kind::PasswordRefused,
            format!(
                "the password is wrong; {left} more may be wrong before the index locks the account for five minutes"
            ),
        )),
        PasswordConfirmed::LockedOut(until_ms) => Err(Failure::new(
            Kind::LockedOut,
            format!(
                "nothing was sent: after so many wrong passwords the index would not look at it before {}",
                shown::time(until_ms)
            ),
        )),
    }
}

/// Only what is known: another program may have entered it.
fn valid_until(until_ms: Option<i64>) -> String {
    until_ms.map_or_else(String::new, |until_ms| format!(", valid until {}", shown::time(until_ms)))
}

pub(crate) async fn sign_out(here: &Here) -> Result<Answer, Failure> {
    let engine = here.engine().await?;
    let account = engine.account().await?;
    engine.sign_out().await?;
    let text = format!("{} is signed out. What was read stays.", shown::text(&account.username));
    Answer::new(&json!({ "username": account.username }), text)
}
