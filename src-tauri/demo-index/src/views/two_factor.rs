//! Signing in, second half: the authenticator's code, or the choice of another second factor.

use crate::account::code_is_right;
use crate::answer::Answer;
use crate::pages::errors;
use crate::pages::two_factor::{Factors, page};
use crate::users::User;
use crate::views::half_signed_in::{HalfSignedIn, count_wrong, guarded, unlocked};
use crate::views::{confirm_login, remembered_device};
use crate::visit::Visit;

pub(crate) fn view(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let half = guarded(visit)?;
    let user = half.user;
    let mut messages = Vec::new();
    if visit.request.is_post() {
        // Warehouse takes a form from where there is none, and fails.
        if !user.totp {
            return Err(errors::broken());
        }
        let code = without_spaces(visit.request.field("totp_value"));
        messages = judge(visit, user, &code)?;
        if messages.is_empty() {
            return enter(visit, &half, &code);
        }
    }
    let csrf_token = visit.csrf_token();
    Ok(Answer::page(page(&Factors {
        csrf_token: &csrf_token,
        token: &half.token,
        totp: user.totp,
        webauthn: user.webauthn,
        recovery_codes: visit.state.database.has_recovery_codes(user),
        messages: &messages,
    })))
}

/// A code that leads no further than to the mailbox is not used up.
fn enter(visit: &mut Visit<'_>, half: &HalfSignedIn, code: &str) -> Result<Answer, Answer> {
    let user = half.user;
    confirm_login::device_is_known(visit, user)?;
    visit.sign_in(user);
    visit.state.database.use_code(user.username, code);
    let answer = Answer::see_other(visit.request, &half.next);
    if !visit.state.database.has_recovery_codes(user) {
        let subject = "[PyPI] Two-factor recovery codes are available";
        visit.state.database.mail_subject(user.username, subject, visit.now_ms);
    }
    let wanted = visit.request.field("remember_device").is_some_and(is_checked);
    Ok(if wanted { remembered_device::remember(visit, user, answer) } else { answer })
}

/// The messages under the code; none if it is right.
fn judge(visit: &mut Visit<'_>, user: &User, code: &str) -> Result<Vec<String>, Answer> {
    if code.is_empty() {
        return Ok(vec!["This field is required.".to_owned()]);
    }
    unlocked(visit, user)?;
    let mut messages = Vec::new();
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        messages.push("TOTP code must be 6 digits.".to_owned());
    }
    // A code that was taken before is wrong, and costs nothing.
    let used = visit.state.database.is_used_code(user.username, code);
    if used || !code_is_right(code, visit.now_ms) {
        messages.push("Invalid TOTP code.".to_owned());
    }
    if !used && !messages.is_empty() {
        count_wrong(visit, user);
    }
    Ok(messages)
}

/// What was typed as a code, as Warehouse reads it.
pub(crate) fn without_spaces(typed: Option<&str>) -> String {
    typed.unwrap_or_default().split_whitespace().collect()
}

/// These mean no to Warehouse's forms, everything else yes.
fn is_checked(value: &str) -> bool {
    !matches!(value, "" | "false" | "False")
}
