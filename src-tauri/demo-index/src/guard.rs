//! What stands before a view, in Warehouse's order (protocol 2.1): the parameters, then CSRF, then
//! who one is and what one may, then the confirmed password, then repeated keys.

use std::collections::HashSet;

use axum::http::StatusCode;
use url::{Url, form_urlencoded};

use crate::answer::Answer;
use crate::pages::{errors, reauthenticate};
use crate::visit::Visit;

/// How long a confirmed password counts. Absolute: using the index does not extend it.
const CONFIRMED_FOR_MS: i64 = 30 * 60 * 1000;

const TOKEN_TEXT: &str = "Bad CSRF token received. Access is denied: the token does not belong to \
                          the session of this request, or there is no such session any more.";
const ORIGIN_TEXT: &str = "Bad CSRF Origin. Access is denied: the request does not say that it \
                           comes from this site.";

/// No view takes these parameters by this method.
pub(crate) fn mismatch(visit: &Visit<'_>) -> Answer {
    if visit.user().is_some() { errors::not_found() } else { to_login(visit) }
}

/// Whether the request proves that it comes from a page of this session.
pub(crate) fn csrf(visit: &mut Visit<'_>) -> Result<(), Answer> {
    let request = visit.request;
    if visit.strict_origin {
        let claimed = request.header("origin").or_else(|| request.header("referer"));
        let detail = match claimed {
            Some(claimed) if origin_of(claimed).as_deref() == Some(&request.origin()) => None,
            Some(claimed) => Some(format!("{claimed} does not match any trusted origins.")),
            None => Some("missing Origin or Referer.".to_owned()),
        };
        if let Some(detail) = detail {
            let detail = format!("Origin checking failed - {detail}");
            return Err(Answer::plain(StatusCode::BAD_REQUEST, request, ORIGIN_TEXT, &detail));
        }
    }
    let token = visit.csrf_token();
    let sent = request.header("x-csrf-token").or_else(|| request.field("csrf_token"));
    if sent == Some(token.as_str()) {
        return Ok(());
    }
    let detail = "check_csrf_token(): Invalid token";
    Err(Answer::plain(StatusCode::BAD_REQUEST, request, TOKEN_TEXT, detail))
}

/// The name of who is signed in, or the way to the sign-in page.
pub(crate) fn signed_in(visit: &Visit<'_>) -> Result<String, Answer> {
    visit.user().map(str::to_owned).ok_or_else(|| to_login(visit))
}

/// Whether the password was confirmed within the last half hour. If not, the answer is a page that
/// asks for it, with status 200, and a POST that meets it is lost.
pub(crate) fn password_confirmed(
    visit: &mut Visit<'_>,
    route: &str,
    matched: &serde_json::Value,
) -> Result<(), Answer> {
    let age_ms = visit.now_ms - visit.session.confirmed_at_ms;
    if age_ms < CONFIRMED_FOR_MS {
        return Ok(());
    }
    let query = visit.request.query.iter().cloned();
    let query: serde_json::Map<_, _> =
        query.map(|(name, value)| (name, serde_json::Value::String(value))).collect();
    let token = visit.csrf_token();
    let page = reauthenticate::page(&token, route, matched, &query.into());
    Err(Answer::page(page).never_cached())
}

/// A body that names a key twice is refused.
pub(crate) fn unrepeated(visit: &Visit<'_>) -> Result<(), Answer> {
    let request = visit.request;
    let mut seen = HashSet::new();
    if request.body.iter().all(|(name, _)| seen.insert(name)) {
        return Ok(());
    }
    let text = "The server could not comply with the request: it is malformed or incorrect.";
    let detail = format!(
        "POST body may not contain duplicate keys (URL: '{}{}')",
        request.origin(),
        request.target()
    );
    Err(Answer::plain(StatusCode::BAD_REQUEST, request, text, &detail))
}

fn to_login(visit: &Visit<'_>) -> Answer {
    let next: String = form_urlencoded::byte_serialize(visit.request.target().as_bytes()).collect();
    Answer::see_other(visit.request, &format!("/account/login/?next={next}"))
}

fn origin_of(address: &str) -> Option<String> {
    let origin = Url::parse(address).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// What a page asks first that is for those who are not signed in. The others are sent elsewhere.
pub(crate) fn nobody_yet(visit: &mut Visit<'_>, elsewhere: &str) -> Result<(), Answer> {
    let request = visit.request;
    if request.is_post() {
        csrf(visit)?;
        unrepeated(visit)?;
    } else if !request.is_read() {
        return Err(mismatch(visit));
    }
    if visit.user().is_some() {
        return Err(Answer::see_other(request, elsewhere));
    }
    Ok(())
}
