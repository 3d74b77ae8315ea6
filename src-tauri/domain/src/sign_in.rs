//! What the sign-in's fields refuse by their look alone, in the index's words. A try that cannot
//! succeed is not sent: each one counts towards a lock-out (protocol 1.1 and 6). Whether a password or
//! a code is right only the index knows.

use super::python_text::{is_space, strip};

const REQUIRED: &str = "This field is required.";
const CODE_DIGITS: usize = 6;
const RECOVERY_CODE_DIGITS: usize = 16;

/// Why this cannot be a user name; none: it may be one.
#[must_use]
pub fn username_refusal(username: &str) -> Option<&'static str> {
    if strip(username).is_empty() {
        Some(REQUIRED)
    } else if username.contains('\0') {
        Some("Null bytes are not allowed.")
    } else if username.contains('@') {
        Some(
            "Usernames are not the same as email addresses. Enter your username instead of your \
             email address.",
        )
    } else {
        None
    }
}

/// Why this cannot be an authenticator's code; none: it may be one. White space does not count.
#[must_use]
pub fn code_refusal(code: &str) -> Option<&'static str> {
    let is_digit = |symbol: char| symbol.is_ascii_digit();
    refusal(code, CODE_DIGITS, is_digit, "TOTP code must be 6 digits.")
}

/// Why this cannot be a recovery code; none: it may be one. White space does not count.
#[must_use]
pub fn recovery_code_refusal(code: &str) -> Option<&'static str> {
    let is_digit = |symbol: char| matches!(symbol, '0'..='9' | 'a'..='f');
    refusal(code, RECOVERY_CODE_DIGITS, is_digit, "Recovery Codes must be 16 characters.")
}

fn refusal(
    code: &str,
    length: usize,
    is_digit: impl Fn(char) -> bool,
    words: &'static str,
) -> Option<&'static str> {
    let symbols = || code.chars().filter(|symbol| !is_space(*symbol));
    if symbols().next().is_none() {
        return Some(REQUIRED);
    }
    let has_its_look = symbols().count() == length && symbols().all(is_digit);
    (!has_its_look).then_some(words)
}
