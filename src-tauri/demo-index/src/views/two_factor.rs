//! Signing in, second half: the authenticator's code. Between the halves the client carries a signed
//! token as the whole query, which says who and where to.

use serde::{Deserialize, Serialize};

use crate::account::code_is_right;
use crate::answer::Answer;
use crate::guard;
use crate::pages::two_factor::page;
use crate::state::{FlashKind, SECOND_FACTOR};
use crate::views::login::locked_out;
use crate::visit::Visit;

const TOKEN_LASTS_MS: i64 = 300_000;

#[derive(Serialize, Deserialize)]
struct Claim {
    user: String,
    next: Option<String>,
}

/// The token of somebody who gave the right password just now.
pub(crate) fn token(visit: &Visit<'_>, user: &str, next: Option<String>) -> String {
    let claim = Claim { user: user.to_owned(), next };
    let text = serde_json::to_string(&claim).unwrap_or_default();
    let text: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    visit.state.signed(&text, visit.now_ms)
}

pub(crate) fn view(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let request = visit.request;
    if request.is_post() {
        guard::csrf(visit)?;
        guard::unrepeated(visit)?;
    } else if !request.is_read() {
        return Err(guard::mismatch(visit));
    }
    if visit.user().is_some() {
        return Ok(Answer::see_other(request, "/manage/projects/"));
    }
    // The page's own form sends the token with one more "=".
    let token = request.raw_query.trim_end_matches('=');
    let Some(claim) = claim(visit, token) else {
        visit.flash(FlashKind::Error, "Invalid or expired two factor login.");
        return Ok(Answer::see_other(request, "/account/login/"));
    };
    let mut errors = Vec::new();
    if request.is_post() {
        errors = judge(visit, &claim.user)?;
        if errors.is_empty() {
            visit.sign_in(&claim.user);
            let next = claim.next.as_deref().unwrap_or("/");
            return Ok(Answer::see_other(request, next));
        }
    }
    Ok(Answer::page(page(&visit.csrf_token(), token, &errors)))
}

/// What a token says, as long as it counts: 300 seconds, and only until the next sign-in.
fn claim(visit: &Visit<'_>, token: &str) -> Option<Claim> {
    let (text, made_at_ms) = visit.state.unsigned(token)?;
    let bytes: Option<Vec<u8>> = (0..text.len())
        .step_by(2)
        .map(|start| u8::from_str_radix(text.get(start..start + 2)?, 16).ok())
        .collect();
    let claim: Claim = serde_json::from_slice(&bytes?).ok()?;
    let expired = visit.now_ms - made_at_ms > TOKEN_LASTS_MS;
    let used = visit.state.database.has_signed_in_since(&claim.user, made_at_ms);
    (!expired && !used).then_some(claim)
}

/// The messages under the code; none if it is right, and then it is used up.
fn judge(visit: &mut Visit<'_>, user: &str) -> Result<Vec<String>, Answer> {
    let code: String =
        visit.request.field("totp_value").unwrap_or_default().split_whitespace().collect();
    if code.is_empty() {
        return Ok(vec!["This field is required.".to_owned()]);
    }
    if let Some(wait_ms) = visit.state.attempts.wait_ms(&SECOND_FACTOR, user, visit.now_ms) {
        return Err(too_many(visit, wait_ms));
    }
    let mut messages = Vec::new();
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        messages.push("TOTP code must be 6 digits.".to_owned());
    }
    if visit.state.database.is_used_code(user, &code) {
        messages.push("Invalid TOTP code.".to_owned());
    } else if code_is_right(&code, visit.now_ms) {
        visit.state.database.use_code(user, &code);
    } else {
        visit.state.attempts.count(&SECOND_FACTOR, user, visit.now_ms);
        messages.push("Invalid TOTP code.".to_owned());
    }
    Ok(messages)
}

fn too_many(visit: &Visit<'_>, wait_ms: i64) -> Answer {
    let name = "Too Many Failed Login Attempts";
    Answer::too_many(visit.request, name, &locked_out(wait_ms), wait_ms)
}
