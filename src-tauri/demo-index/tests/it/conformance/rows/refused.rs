//! Forms with errors, forms of no page or session, and pages that ask for the password first.

use super::Given::{ConfirmationDue, ReadOnly, Sent, SessionsGone, SignedIn};
use super::{ADDED, Row, WRONG_PASSWORD, WRONG_TOKEN, row};

pub(crate) const REFUSED: &[Row] = &[
    // What is wrong with a form.
    row("400-error-github-empty-all", ADDED),
    row("401-error-github-owner-unknown", ADDED),
    row("402-error-github-owner-invalid", ADDED),
    row("403-error-github-owner-surrounding-space", ADDED),
    row("404-error-github-owner-rate-limited", ADDED),
    row("405-error-github-owner-server-error", ADDED),
    row("406-error-github-owner-connection-error", ADDED),
    row("407-error-github-owner-timeout", ADDED),
    row("408-error-github-repository-invalid", ADDED),
    row("409-error-github-workflow-no-yml", ADDED),
    row("410-error-github-workflow-directory", ADDED),
    row("411-error-github-environment-too-long", ADDED),
    row("412-error-github-environment-bad-chars", ADDED),
    row("413-error-github-environment-leading-space", ADDED),
    row("414-error-github-environment-trailing-space", ADDED),
    row("415-error-github-several", ADDED),
    // Forms that are no forms of this page or this session.
    row("450-add-no-csrf", &[SignedIn]),
    row("451-add-bad-csrf", &[SignedIn]).saying(WRONG_TOKEN),
    row("452-add-github-environment-field-missing", &[SignedIn]),
    row("453-post-no-fields", &[SignedIn]),
    row("455-add-duplicate-key", &[SignedIn]),
    row("458-add-not-logged-in-400", &[SignedIn]),
    row("459-add-anonymous-session-own-csrf-303-login", &[]),
    row("460-put", &[SignedIn]),
    row("461-head", ADDED),
    row("462-options", &[SignedIn]),
    // Confirming the password, and sessions that are gone.
    row("480-reauth-page-on-get", &[SignedIn, ConfirmationDue]),
    row("481-reauth-page-on-get-with-query", &[SignedIn, ConfirmationDue]),
    row("483-reauth-wrong-password-303", &[SignedIn, ConfirmationDue]).saying(WRONG_PASSWORD),
    row("484-reauth-page-again-after-wrong-password", &[SignedIn, ConfirmationDue]),
    row("485-reauth-ok-303", &[SignedIn, ConfirmationDue]),
    row("487-projects-needs-no-reauth", &[SignedIn, ConfirmationDue]),
    row("489-reauth-page-on-post-delete", &[SignedIn, ConfirmationDue]),
    row("491-get-session-gone-303", &[SignedIn, SessionsGone]),
    row("511-publishing-read-only", &[SignedIn, Sent("310-add-github-303"), ReadOnly]),
];
