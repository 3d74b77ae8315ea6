//! A device that was told to need no second factor for 30 days. Its cookie holds the account's name
//! and nothing else: it counts from any network, after signing out and after a new password.

use crate::answer::Answer;
use crate::pages::date::cookie_date;
use crate::request::REMEMBER_COOKIE;
use crate::state::{Purpose, REMEMBERED_FOR_MS};
use crate::users::User;
use crate::visit::Visit;

/// Whether the client brings the account's cookie.
pub(crate) fn is_remembered(visit: &Visit<'_>, user: &User) -> bool {
    let cookie = visit.request.cookie(REMEMBER_COOKIE).unwrap_or_default();
    let claim = visit.state.claim::<String>(Purpose::RememberDevice, &cookie, visit.now_ms);
    claim.is_ok_and(|(name, _)| name == user.username)
}

/// Gives the client the account's cookie, for the sign-in page alone.
pub(crate) fn remember(visit: &Visit<'_>, user: &User, answer: Answer) -> Answer {
    let token = visit.state.token(Purpose::RememberDevice, &user.username, visit.now_ms);
    let (seconds, secure) = (REMEMBERED_FOR_MS / 1000, visit.request.secure());
    let expires = cookie_date(visit.now_ms + REMEMBERED_FOR_MS);
    answer.with_cookie(format!(
        "{REMEMBER_COOKIE}={token}; Max-Age={seconds}; Path=/account/login/; \
         expires={expires};{secure} HttpOnly; SameSite=strict"
    ))
}
