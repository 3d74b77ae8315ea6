//! Which view answers which path.

use axum::http::StatusCode;

use crate::answer::Answer;
use crate::pages::errors;
use crate::views;
use crate::visit::Visit;

enum Route<'a> {
    Home,
    Login,
    TwoFactor,
    RecoveryCode,
    ConfirmLogin,
    TermsOfService,
    UnverifiedAccount,
    AccountTwoFactor,
    Mailbox,
    Reauthenticate,
    Logout,
    Projects,
    AccountPublishing,
    OrganizationPublishing(&'a str),
    Publishing(&'a str),
    Releases(&'a str),
    History(&'a str),
    Settings(&'a str),
    ProjectPage(&'a str),
    CurrentUserIndicator,
    FlashMessages,
    SessionNotifications,
}

fn route(path: &str) -> Option<Route<'_>> {
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    Some(match segments.as_slice() {
        [""] => Route::Home,
        ["account", "login", ""] => Route::Login,
        ["account", "two-factor", ""] => Route::TwoFactor,
        ["account", "recovery-code", ""] => Route::RecoveryCode,
        ["account", "confirm-login", ""] => Route::ConfirmLogin,
        ["account", "view-terms-of-service", ""] => Route::TermsOfService,
        ["account", "reauthenticate", ""] => Route::Reauthenticate,
        ["account", "logout", ""] => Route::Logout,
        ["manage", "projects", ""] => Route::Projects,
        ["manage", "unverified-account", ""] => Route::UnverifiedAccount,
        ["manage", "account", "two-factor", ""] => Route::AccountTwoFactor,
        ["manage", "account", "publishing", ""] => Route::AccountPublishing,
        ["manage", "organization", name, "publishing", ""] => Route::OrganizationPublishing(name),
        ["manage", "project", name, "settings", "publishing", ""] => Route::Publishing(name),
        ["manage", "project", name, "releases", ""] => Route::Releases(name),
        ["manage", "project", name, "history", ""] => Route::History(name),
        ["manage", "project", name, "settings", ""] => Route::Settings(name),
        ["project", name, ""] => Route::ProjectPage(name),
        ["_includes", "authed", "current-user-indicator", ""] => Route::CurrentUserIndicator,
        ["_includes", "unauthed", "flash-messages", ""] => Route::FlashMessages,
        ["_includes", "authed", "session-notifications", ""] => Route::SessionNotifications,
        ["demo", "mailbox", ""] => Route::Mailbox,
        _ => return None,
    })
}

/// Answers one request. The session's changes are still in the visit.
pub(crate) fn answer(visit: &mut Visit<'_>) -> Answer {
    let request = visit.request;
    let outcome = match route(&request.path) {
        Some(Route::Publishing(name)) => views::publishing::view(visit, name),
        Some(Route::AccountPublishing) => views::account_publishing::view(visit),
        Some(Route::OrganizationPublishing(name)) => {
            views::organization_publishing::view(visit, name)
        }
        Some(Route::Login) => views::login::view(visit),
        Some(Route::TwoFactor) => views::two_factor::view(visit),
        Some(Route::RecoveryCode) => views::recovery_code::view(visit),
        Some(Route::ConfirmLogin) => views::confirm_login::view(visit),
        Some(Route::Reauthenticate) => views::reauthenticate::view(visit),
        Some(Route::Logout) => views::logout::view(visit),
        Some(_) if !request.is_read() => Err(errors::not_found()),
        Some(Route::Home) => Ok(views::public::home()),
        Some(Route::ProjectPage(name)) => views::public::project(visit, name),
        Some(Route::Projects) => views::projects::view(visit),
        Some(Route::Releases(name)) => views::manage::releases(visit, name),
        Some(Route::History(name)) => views::history::view(visit, name),
        Some(Route::Settings(name)) => views::manage::settings(visit, name),
        Some(Route::CurrentUserIndicator) => Ok(views::includes::current_user_indicator(visit)),
        Some(Route::FlashMessages) => Ok(views::includes::flash_messages(visit)),
        Some(Route::SessionNotifications) => Ok(views::includes::session_notifications(visit)),
        Some(Route::TermsOfService) => Ok(views::account::terms(visit)),
        Some(Route::UnverifiedAccount) => views::account::unverified(visit),
        Some(Route::AccountTwoFactor) => views::account::two_factor(visit),
        Some(Route::Mailbox) => Ok(views::mailbox::view(visit)),
        None => Err(missing(visit)),
    };
    outcome.unwrap_or_else(|early| early)
}

/// A path without its final slash leads to the one that has it.
fn missing(visit: &Visit<'_>) -> Answer {
    let request = visit.request;
    let with_slash = format!("{}/", request.path);
    if request.is_read() && route(&with_slash).is_some() {
        let target = request.target().replacen(&request.path, &with_slash, 1);
        return Answer::moved(StatusCode::MOVED_PERMANENTLY, request, &target);
    }
    errors::not_found()
}
