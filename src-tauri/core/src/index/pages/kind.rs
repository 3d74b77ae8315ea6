//! What kind of page an answer holds, told by marks that are the same in every language
//! (protocol 4.1), and what an answer that is no page means.

use scraper::Html;

use super::html::has;
use crate::index::{AccountNeed, Error};

/// What a page with status 200 is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// A page of the index.
    Index,
    /// The index's sign-in page.
    SignIn,
    /// The index's *Confirm password* page; what was asked for did not happen.
    ConfirmPassword,
    /// No page of an index at all: a portal, a challenge, another site, nothing.
    Foreign,
}

/// Tells the kind of a page.
#[must_use]
pub fn kind(body: &str) -> PageKind {
    let document = Html::parse_document(body);
    if !is_warehouse(&document) || !has(&document, "main#content") {
        PageKind::Foreign
    } else if has(&document, "form[action=\"/account/reauthenticate/\"]") {
        PageKind::ConfirmPassword
    } else if has(&document, "form#login-form") {
        PageKind::SignIn
    } else {
        PageKind::Index
    }
}

/// The page that a GET gave.
///
/// # Errors
/// What stood in the page's place.
pub fn page<'a>(status: u16, location: Option<&str>, body: &'a str) -> Result<&'a str, Error> {
    if status != 200 {
        return Err(refusal(status, location, body));
    }
    match kind(body) {
        PageKind::Index => Ok(body),
        PageKind::SignIn => Err(Error::SignedOut),
        PageKind::ConfirmPassword => Err(Error::ConfirmPassword),
        PageKind::Foreign => Err(Error::NotTheIndex),
    }
}

/// What an answer that is neither a page nor a yes means.
#[must_use]
pub fn refusal(status: u16, location: Option<&str>, body: &str) -> Error {
    // The index's own 403 and 404 pages have its mark, but no content.
    let foreign = || !is_warehouse(&Html::parse_document(body));
    match status {
        301..=303 | 307 | 308 => redirect(location.unwrap_or_default()),
        403 if !foreign() => Error::Forbidden,
        404 if !foreign() => Error::NotFound,
        403 | 404 => Error::NotTheIndex,
        429 => Error::TooMany(None),
        500.. => Error::IndexDown(status),
        _ => Error::PageNotUnderstood("an answer"),
    }
}

fn is_warehouse(document: &Html) -> bool {
    has(document, "meta[name=\"defaultLanguage\"]")
}

fn redirect(location: &str) -> Error {
    let path = location.split_once('?').map_or(location, |(path, _)| path);
    match path {
        "/account/login/" | "/account/confirm-login/" | "/account/two-factor/" => Error::SignedOut,
        "/manage/unverified-account/" => Error::Account(AccountNeed::VerifiedEmail),
        "/manage/account/two-factor/" => Error::Account(AccountNeed::SecondFactor),
        "" => Error::NotTheIndex,
        _ => Error::PageNotUnderstood("a redirect"),
    }
}
