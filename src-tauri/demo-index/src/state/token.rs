//! Claims that a client carries for the index: dated, signed, and good for one purpose. A mailed link
//! is no remembered device.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::State;

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// How long a remembered device needs no second factor.
pub(crate) const REMEMBERED_FOR_MS: i64 = 30 * 24 * HOUR_MS;
/// How long a mailed link can be opened.
pub(crate) const LINK_LASTS_MS: i64 = 6 * HOUR_MS;

/// What a token is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// Between password and second factor.
    TwoFactor,
    RememberDevice,
    /// The mailed link.
    ConfirmLogin,
}

/// Why a token says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unclaimed {
    Expired,
    Invalid,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::TwoFactor => "two-factor",
            Self::RememberDevice => "remember-device",
            Self::ConfirmLogin => "confirm-login",
        }
    }

    const fn lasts_ms(self) -> i64 {
        match self {
            Self::TwoFactor => 5 * MINUTE_MS,
            Self::RememberDevice => REMEMBERED_FOR_MS,
            Self::ConfirmLogin => LINK_LASTS_MS,
        }
    }
}

impl State {
    /// A token that says this.
    pub(crate) fn token(&self, purpose: Purpose, claim: &impl Serialize, now_ms: i64) -> String {
        let text = serde_json::to_string(claim).unwrap_or_default();
        let text: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        self.signed(&format!("{}-{text}", purpose.name()), now_ms)
    }

    /// What a token says and when it was made.
    pub(crate) fn claim<C: DeserializeOwned>(
        &self,
        purpose: Purpose,
        token: &str,
        now_ms: i64,
    ) -> Result<(C, i64), Unclaimed> {
        let (text, made_at_ms) = self.unsigned(token).ok_or(Unclaimed::Invalid)?;
        let text = text.strip_prefix(purpose.name()).and_then(|text| text.strip_prefix('-'));
        let bytes = text.and_then(unhex).ok_or(Unclaimed::Invalid)?;
        let claim = serde_json::from_slice(&bytes).map_err(|_| Unclaimed::Invalid)?;
        if now_ms - made_at_ms > purpose.lasts_ms() {
            return Err(Unclaimed::Expired);
        }
        Ok((claim, made_at_ms))
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pair = |start: usize| u8::from_str_radix(text.get(start..start + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_own_purpose_and_time() {
        let state = State::seeded();
        let token = state.token(Purpose::ConfirmLogin, &"demo", 7);
        let read = |purpose, now_ms| state.claim::<String>(purpose, &token, now_ms);
        assert_eq!(read(Purpose::ConfirmLogin, 7 + LINK_LASTS_MS), Ok(("demo".to_owned(), 7)));
        assert_eq!(read(Purpose::ConfirmLogin, 8 + LINK_LASTS_MS), Err(Unclaimed::Expired));
        assert_eq!(
            read(Purpose::RememberDevice, 7),
            Err(Unclaimed::Invalid),
            "who reads the mailbox may not skip the second factor for a month"
        );
    }
}
