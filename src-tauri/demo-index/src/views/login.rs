//! Signing in, first half: name and password.

use maud::html;

use crate::account::{PASSWORD, USERNAME};
use crate::answer::Answer;
use crate::guard;
use crate::pages::date::duration;
use crate::pages::login::{Login, page};
use crate::providers::FieldErrors;
use crate::state::LOGIN;
use crate::views::next::safe_next;
use crate::views::two_factor;
use crate::visit::Visit;

const LONGEST_PASSWORD: usize = 4096;
const REQUIRED: &str = "This field is required.";

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
    let mut errors = FieldErrors::new();
    if request.is_post() {
        errors = judge(visit);
        if errors.is_empty() {
            let token = two_factor::token(visit, USERNAME, safe_next(request));
            return Ok(Answer::see_other(request, &format!("/account/two-factor/?{token}")));
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

/// The messages under the fields; none if name and password belong together.
fn judge(visit: &mut Visit<'_>) -> FieldErrors {
    let request = visit.request;
    let username = request.field("username").unwrap_or_default();
    let password = request.field("password").unwrap_or_default();
    let mut errors = FieldErrors::new();
    let mut refuse = |field: &str, message: String| {
        errors.insert(field.to_owned(), vec![html! { (message) }]);
    };
    let known = username.eq_ignore_ascii_case(USERNAME);
    if username.is_empty() {
        refuse("username", REQUIRED.to_owned());
    } else if username.contains('\0') {
        refuse("username", "Null bytes are not allowed.".to_owned());
    } else if username.contains('@') {
        let words = "Usernames are not the same as email addresses. \
                     Enter your username instead of your email address.";
        refuse("username", words.to_owned());
    } else if !known {
        refuse("username", "No user found with that username".to_owned());
    }
    if password.is_empty() {
        refuse("password", REQUIRED.to_owned());
    } else if password.chars().count() > LONGEST_PASSWORD {
        refuse("password", "Password too long.".to_owned());
    } else if known {
        match check_password(visit, password) {
            Password::Right => {}
            Password::Wrong => refuse("password", "The password is invalid. Try again.".to_owned()),
            Password::LockedOut { wait_ms } => refuse("password", locked_out(wait_ms)),
        }
    }
    errors
}

/// What a password is worth.
pub(crate) enum Password {
    Right,
    Wrong,
    LockedOut { wait_ms: i64 },
}

/// Compares the password; a wrong one counts, and after too many even the right one is not looked at.
pub(crate) fn check_password(visit: &mut Visit<'_>, password: &str) -> Password {
    let attempts = &mut visit.state.attempts;
    if let Some(wait_ms) = attempts.wait_ms(&LOGIN, USERNAME, visit.now_ms) {
        Password::LockedOut { wait_ms }
    } else if password == PASSWORD {
        Password::Right
    } else {
        attempts.count(&LOGIN, USERNAME, visit.now_ms);
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
