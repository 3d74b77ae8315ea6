//! The account that the sign-in screen prints, its password and its authenticator, which every other
//! account has too: they protect nothing.

use totp_rs::{Builder, Totp};

/// The account's name.
pub const USERNAME: &str = "demo";
/// The account's password, and every other account's.
pub const PASSWORD: &str = "lantern-over-tidepool";

const SECRET: [u8; 20] = *b"trustdesk-demo-index";
const STEP_MS: i64 = 30_000;

/// What the sign-in screen offers to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The account's name.
    pub username: &'static str,
    /// The account's password.
    pub password: &'static str,
    /// The code that its authenticator shows.
    pub code: Code,
}

/// One code of the account's authenticator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Six digits.
    pub code: String,
    /// When the authenticator shows the next one; the index takes it for 30 seconds more.
    pub valid_until_ms: i64,
}

/// The code that the authenticator shows at this moment.
#[must_use]
pub fn current_code(now_ms: i64) -> Code {
    code_at_step(now_ms, 0)
}

/// The code that the authenticator shows so many steps of 30 seconds from this moment.
///
/// A code is taken once. Who must sign in twice within one step uses the next step's code, which the
/// index takes already (one step of clock difference either way).
#[must_use]
pub fn code_at_step(now_ms: i64, steps: i64) -> Code {
    let step = now_ms.div_euclid(STEP_MS) + steps;
    let seconds = u64::try_from(step * STEP_MS / 1000).unwrap_or_default();
    Code {
        code: authenticator().generate(seconds).to_string(),
        valid_until_ms: (step + 1) * STEP_MS,
    }
}

/// Whether the index takes the code now: this step's, the one before, the one after.
pub(crate) fn code_is_right(code: &str, now_ms: i64) -> bool {
    (-1..=1).any(|steps| code_at_step(now_ms, steps).code == code)
}

fn authenticator() -> Totp {
    Builder::new().with_secret(SECRET.to_vec()).build_noncompliant()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_795_000_012_345;

    #[test]
    fn a_code_lasts_to_the_end_of_its_step_and_is_taken_one_step_longer() {
        let code = current_code(NOW_MS);
        assert_eq!(code.code.len(), 6);
        assert_eq!(code.valid_until_ms, 1_795_000_020_000);
        assert!(code_is_right(&code.code, code.valid_until_ms - 1));
        assert!(code_is_right(&code.code, code.valid_until_ms + STEP_MS - 1));
        assert!(!code_is_right(&code.code, code.valid_until_ms + STEP_MS));
    }

    #[test]
    fn the_next_steps_code_is_taken_already() {
        assert!(code_is_right(&code_at_step(NOW_MS, 1).code, NOW_MS));
        assert!(!code_is_right(&code_at_step(NOW_MS, 2).code, NOW_MS));
    }
}
