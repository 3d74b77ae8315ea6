//! Signing in, first half: name and password.

use maud::{Markup, html};
use trustdesk_domain::username_refusal;

use crate::account::PASSWORD;
use crate::answer::Answer;
use crate::guard;
use crate::pages::date::duration;
use crate::pages::login::{Login, page};
use crate::providers::FieldErrors;
use crate::state::LOGIN;
use crate::users::User;
use crate::views::next::safe_next;
use crate::views::{half_signed_in, remembered_device};
use crate::visit::Visit;

const LONGEST_PASSWORD: usize = 4096;
const REQUIRED: &str = "This field is required.";

pub(crate) fn view(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let request = visit.request;
    guard::nobody_yet(visit, "/manage/projects/")?;
    let mut errors = FieldErrors::new();
    if request.is_post() {
        match judge(visit) {
            Ok(user) => return Ok(enter(visit, user)),
            Err(refused) => errors = refused,
        }
    }
    let csrf_token = visit.csrf_token();
    Ok(Answer::page(page(&Login {
        csrf_token: &csrf_token,
        action: &request.target(),
        next: safe_next(request).as_deref(),
        username: request.field("username").unwrap_or_default(),
        errors: &errors,
    })))
}

/// An account with a second factor is asked for it, except on a device that it remembers.
fn enter(visit: &mut Visit<'_>, user: &User) -> Answer {
    let next = safe_next(visit.request);
    if user.has_two_factor() && !remembered_device::is_remembered(visit, user) {
        let token = half_signed_in::token(visit, user, next);
        return Answer::see_other(visit.request, &format!("/account/two-factor/?{token}"));
    }
    visit.sign_in(user);
    Answer::see_other(visit.request, next.as_deref().unwrap_or("/manage/projects/"))
}

/// Whose name and password they are, or the messages under the fields.
fn judge(visit: &mut Visit<'_>) -> Result<&'static User, FieldErrors> {
    let request = visit.request;
    let username = request.field("username").unwrap_or_default();
    let password = request.field("password").unwrap_or_default();
    let mut errors = FieldErrors::new();
    let mut refuse = |field: &str, message: Markup| {
        errors.insert(field.to_owned(), vec![message]);
    };
    let user = User::named(username);
    if let Some(message) = judge_username(username, user) {
        refuse("username", html! { (message) });
    }
    if password.is_empty() {
        refuse("password", html! { (REQUIRED) });
    } else if password.chars().count() > LONGEST_PASSWORD {
        refuse("password", html! { "Password too long." });
    } else if let Some(message) = user.and_then(|user| judge_password(visit, user, password)) {
        refuse("password", message);
    }
    user.filter(|_| errors.is_empty()).ok_or(errors)
}

fn judge_username(username: &str, user: Option<&User>) -> Option<&'static str> {
    let unknown = || user.is_none().then_some("No user found with that username");
    username_refusal(username).or_else(unknown)
}

fn judge_password(visit: &mut Visit<'_>, user: &User, password: &str) -> Option<Markup> {
    match check_password(visit, user, password) {
        Password::Right if user.breached => {
            let subject = "[PyPI] Your PyPI password has been reset";
            visit.state.database.disable_password(user.username);
            visit.state.database.mail_subject(user.username, subject, visit.now_ms);
            Some(breached())
        }
        Password::Right => None,
        Password::Wrong => Some(html! { "The password is invalid. Try again." }),
        Password::LockedOut { wait_ms } => Some(html! { (locked_out(wait_ms)) }),
    }
}

/// What a password is worth.
pub(crate) enum Password {
    Right,
    Wrong,
    LockedOut { wait_ms: i64 },
}

/// Compares the password; a wrong one counts, and after too many even the right one is not looked at.
pub(crate) fn check_password(visit: &mut Visit<'_>, user: &User, password: &str) -> Password {
    let trying = visit.trying(user.username);
    let attempts = &mut visit.state.attempts;
    let disabled = visit.state.database.has_disabled_password(user.username);
    if let Some(wait_ms) = attempts.wait_ms(&LOGIN, trying, visit.now_ms) {
        Password::LockedOut { wait_ms }
    } else if password == PASSWORD && !disabled {
        Password::Right
    } else {
        attempts.count(&LOGIN, trying, visit.now_ms);
        Password::Wrong
    }
}

/// Warehouse's sentence for too many wrong passwords or codes.
pub(crate) fn locked_out(wait_ms: i64) -> String {
    format!(
        "There have been too many unsuccessful login attempts. You have been locked out for {}. \
         Please try again later.",
        duration(wait_ms)
    )
}

/// Said once: after that the password is simply wrong.
fn breached() -> Markup {
    html! {
        "This password appears in a security breach or has been compromised and cannot be used. See "
        a href="/help/#compromised-password" { "this FAQ entry" } " for more information."
    }
}
