//! Which page of the index a text is, told by marks that are the same in every language
//! (protocol 4.1), and that it is there to its end.

use scraper::Html;

use super::html::{all, has};
use super::parse;
use crate::index::{AccountNeed, Error};

/// What a page of the index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// *Your projects*.
    Projects,
    /// A project's *Publishing* page.
    Publishing,
    /// The account's own *Publishing* page, with its pending publishers.
    AccountPublishing,
    /// An organization's *Publishing* page, with its pending publishers.
    OrganizationPublishing,
    /// A project's security history.
    History,
    /// The sign-in page.
    SignIn,
    /// The page for the second factor.
    TwoFactor,
    /// The page for a recovery code in the place of the second factor.
    RecoveryCode,
    /// The page that tells to open the mailed link, because the network is not known.
    ConfirmDevice,
    /// The *Confirm password* page; what was asked for did not happen.
    ConfirmPassword,
    /// The page where one signs out.
    SignOut,
    /// The page on which the account is put in order first.
    Account(AccountNeed),
    /// Another page of the index.
    Other,
    /// A page of the index that ends before its end: whatever it shows may not be all.
    CutOff,
}

/// What each page has and no other, the most asked for first. The page's own address stands for the
/// pages that have nothing else of their own; what follows its `?` is encoded and cannot pretend.
const MARKS: &[(&str, PageKind)] = &[
    ("a.vertical-tabs__tab--is-active[href=\"/manage/projects/\"]", PageKind::Projects),
    (
        "a.vertical-tabs__tab--is-active[href^=\"/manage/project/\"][href$=\"/settings/publishing/\"]",
        PageKind::Publishing,
    ),
    (
        "a.vertical-tabs__tab--is-active[href=\"/manage/account/publishing/\"]",
        PageKind::AccountPublishing,
    ),
    (
        "a.vertical-tabs__tab--is-active[href^=\"/manage/organization/\"][href$=\"/publishing/\"]",
        PageKind::OrganizationPublishing,
    ),
    (
        "a.vertical-tabs__tab--is-active[href^=\"/manage/project/\"][href$=\"/history/\"]",
        PageKind::History,
    ),
    ("form[action=\"/account/reauthenticate/\"]", PageKind::ConfirmPassword),
    ("form#login-form", PageKind::SignIn),
    ("form#totp-auth-form, form#webauthn-auth-form", PageKind::TwoFactor),
    ("input[name=recovery_code_value]", PageKind::RecoveryCode),
    ("main form[action=\"/account/logout/\"]", PageKind::SignOut),
    ("meta[property=\"og:url\"][content*=\"/account/confirm-login/\"]", PageKind::ConfirmDevice),
    (
        "meta[property=\"og:url\"][content*=\"/manage/unverified-account/\"]",
        PageKind::Account(AccountNeed::VerifiedEmail),
    ),
    (
        "meta[property=\"og:url\"][content*=\"/manage/account/two-factor/\"]",
        PageKind::Account(AccountNeed::SecondFactor),
    ),
    // Without the sidebar's mark a page is still known by what can be done on it.
    (
        "form#github-publisher-form, form#gitlab-publisher-form, form#google-publisher-form, \
         form#activestate-publisher-form, table.table--publisher-list",
        PageKind::Publishing,
    ),
];

/// Tells the kind of a page; none if no index wrote it: a portal, a challenge, another site, nothing.
#[must_use]
pub fn kind(body: &str) -> Option<PageKind> {
    of(&parse::document(body))
}

/// Whether an index wrote it. Its pages for 403 and 404 have this mark too, but no content.
pub(in crate::index) fn is_from_index(body: &str) -> bool {
    has_mark(&parse::document(body))
}

/// A page that must be of this kind.
pub(super) fn document(body: &str, kind: PageKind, name: &'static str) -> Result<Html, Error> {
    let document = parse::document(body);
    if of(&document) == Some(kind) { Ok(document) } else { Err(Error::PageNotUnderstood(name)) }
}

fn of(document: &Html) -> Option<PageKind> {
    if !has_mark(document) || !has(document, "main#content") {
        return None;
    }
    // All that is read stands in the content, and the footer comes after it: a page with a footer
    // has its content to the end.
    if !has(document, "main#content ~ footer") {
        return Some(PageKind::CutOff);
    }
    // What stands there twice would be counted twice.
    if all(document.root_element(), "main#content").len() > 1 {
        return Some(PageKind::Other);
    }
    let marked = MARKS.iter().find(|(mark, _)| has(document, mark));
    Some(marked.map_or(PageKind::Other, |(_, kind)| *kind))
}

fn has_mark(document: &Html) -> bool {
    has(document, "meta[name=\"defaultLanguage\"]")
}
