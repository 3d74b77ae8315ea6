//! How an account stands: whether its sessions still count, what it must put in order before it may
//! manage anything, what it is told of.

use maud::{Markup, html};
use url::form_urlencoded;

use crate::answer::Answer;
use crate::state::{Database, FlashKind, Session};
use crate::users::{PrimaryEmail, User};
use crate::visit::Visit;

const FROZEN: &str =
    "Your account has been suspended. Please contact security@pypi.org for assistance.";

/// Why a session is nobody's any more; none if it still counts, or was nobody's before.
pub(crate) fn void(session: &Session, database: &Database) -> Option<&'static str> {
    let user = User::named(session.user.as_deref()?)?;
    if database.is_frozen(user) {
        Some(FROZEN)
    } else if database.has_disabled_password(user.username) {
        Some("Session invalidated")
    } else if session.password_changed_at_ms != database.password_changed_at(user.username) {
        Some("Session invalidated by password change")
    } else {
        None
    }
}

/// Whether the account is in order: its address verified, its second factor set. If not, it is sent
/// to where that is done, whatever it wanted. Who may not see a page at all is told that first.
pub(crate) fn in_order(visit: &mut Visit<'_>, user: &str) -> Result<(), Answer> {
    verified(visit, user)?;
    if User::named(user).is_none_or(User::has_two_factor) {
        return Ok(());
    }
    let words = "Two-factor authentication must be enabled on your account to perform this action.";
    Err(sent_to(visit, "/manage/account/two-factor/", words))
}

/// The first half of it: the address.
pub(crate) fn verified(visit: &mut Visit<'_>, user: &str) -> Result<(), Answer> {
    let email = User::named(user).map(|user| visit.state.database.primary_email(user));
    if email.is_none_or(|email| email == PrimaryEmail::Verified) {
        return Ok(());
    }
    let words =
        "You must verify your **primary** email address before you can perform this action.";
    Err(sent_to(visit, "/manage/unverified-account/", words))
}

fn sent_to(visit: &mut Visit<'_>, place: &str, words: &str) -> Answer {
    visit.flash(FlashKind::Error, words);
    let next: String = form_urlencoded::byte_serialize(visit.request.target().as_bytes()).collect();
    Answer::see_other(visit.request, &format!("{place}?next={next}"))
}

/// What is said at a sign-in when there are new terms of service.
pub(crate) fn terms() -> Markup {
    html! {
        "Please review our updated " a href="/account/view-terms-of-service/" { "Terms of Service" } "."
    }
}
