//! Which page of the index a text is, told by marks that are the same in every language
//! (protocol 4.1), and that it is there to its end.

use scraper::{ElementRef, Html};

use super::asked::Asked;
use super::html::{all, has, input_value};
use super::parse;
use crate::index::{AccountNeed, Error};
use trustdesk_domain::normalize_project_name;

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

/// What each of the pages has that no entry of a sidebar names. The page's own address stands for the
/// pages that have nothing else of their own; what follows its `?` is encoded and cannot pretend.
const MARKS: &[(&str, PageKind)] = &[
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

/// That it is the page that was asked for, whole.
///
/// # Errors
/// What stands in its place.
pub(in crate::index) fn must_be(body: &str, asked: &Asked) -> Result<(), Error> {
    document(body, asked, "a page").map(drop)
}

/// Whether it is the page that asks for the password in the place of the one that was asked for.
pub(in crate::index) fn confirms_password_for(body: &str, asked: &Asked) -> bool {
    let document = parse::document(body);
    let value = |name| input_value(document.root_element(), name);
    let whose = value("next_route_matchdict").unwrap_or_default();
    let whose: serde_json::Value = serde_json::from_str(&whose).unwrap_or_default();
    let is = |key: &str, name: &str| {
        whose.get(key).and_then(|name| name.as_str()).map(normalize_project_name).as_deref()
            == Some(name)
    };
    match asked {
        Asked::Publishing(project) | Asked::History(project) => is("project_name", project),
        Asked::OrganizationPublishing(organization) => is("organization_name", organization),
        Asked::AccountPublishing => {
            value("next_route").as_deref() == Some("manage.account.publishing")
        }
        Asked::Projects => false,
    }
}

/// A page that must be the one that was asked for. A cache or a proxy may give out somebody else's.
///
/// # Errors
/// What stands in its place.
pub(super) fn document(body: &str, asked: &Asked, name: &'static str) -> Result<Html, Error> {
    let document = parse::document(body);
    let Some(kind) = of(&document) else {
        return Err(Error::NotTheIndex);
    };
    if shown(&document).as_ref() == Some(asked) && kind == asked.kind() {
        return Ok(document);
    }
    Err(kind.obstacle().unwrap_or(Error::PageNotUnderstood(if kind == asked.kind() {
        "it is another project's or account's"
    } else {
        name
    })))
}

fn of(document: &Html) -> Option<PageKind> {
    if !has_mark(document) {
        return None;
    }
    let contents = all(document.root_element(), "main#content");
    let content = contents.first()?;
    // All that is read stands in the content, and the footer comes after it: a page with a footer
    // has its content to the end.
    let after = content.next_siblings().filter_map(ElementRef::wrap);
    if !after.into_iter().any(|element| element.value().name() == "footer") {
        return Some(PageKind::CutOff);
    }
    // What stands there twice would be counted twice.
    if contents.len() > 1 {
        return Some(PageKind::Other);
    }
    if let Some(asked) = shown(document) {
        return Some(asked.kind());
    }
    let marked = MARKS.iter().find(|(mark, _)| has(document, mark));
    Some(marked.map_or(PageKind::Other, |(_, kind)| *kind))
}

/// The page whose entries in the sidebar are the active ones. There are two of them, for wide and for
/// narrow screens; two pages at once are none.
fn shown(document: &Html) -> Option<Asked> {
    let active = all(document.root_element(), "a.vertical-tabs__tab--is-active");
    let mut pages = active.iter().map(|entry| entry.value().attr("href").and_then(Asked::of));
    let page = pages.next()??;
    pages.all(|other| other.as_ref() == Some(&page)).then_some(page)
}

fn has_mark(document: &Html) -> bool {
    has(document, "meta[name=\"defaultLanguage\"]")
}

impl PageKind {
    /// What it means that this page came in the place of another one; none: it was another page.
    pub(in crate::index) const fn obstacle(self) -> Option<Error> {
        match self {
            Self::Projects
            | Self::Publishing
            | Self::AccountPublishing
            | Self::OrganizationPublishing
            | Self::History
            | Self::SignOut
            | Self::Other => None,
            Self::SignIn | Self::TwoFactor | Self::RecoveryCode | Self::ConfirmDevice => {
                Some(Error::SignedOut)
            }
            Self::ConfirmPassword => Some(Error::ConfirmPassword),
            Self::Account(need) => Some(Error::Account(need)),
            Self::CutOff => Some(Error::PageNotUnderstood("its end")),
        }
    }
}
