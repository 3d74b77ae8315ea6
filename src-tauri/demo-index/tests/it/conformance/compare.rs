//! What must be the same in a recorded answer and in ours. Pages are ours; their hooks are not.

use super::differences::Differences;
use super::rows::{List, Row};
use super::{forms, models};
use crate::page::{Document, Page};

/// Elements that a page has or has not.
const HOOKS: &[&str] = &[
    "main#content",
    "html[lang=en]",
    "html[lang=fr]",
    "meta[name=defaultLanguage]",
    "form#login-form",
    "form#login-form input[name=next]",
    "form#totp-auth-form",
    "form#webauthn-auth-form",
    "form#totp-auth-form input[type=checkbox][name=remember_device][value=true]",
    ".twofa-recovery a[href^='/account/recovery-code/?']",
    "form[action^='/account/recovery-code/?'] input#recovery_code_value",
    "ul#recovery_code-errors.form-errors",
    "meta[property='og:url'][content*='/account/confirm-login/']",
    "meta[property='og:url'][content*='/manage/unverified-account/']",
    "meta[property='og:url'][content*='/manage/account/two-factor/']",
    "a.vertical-tabs__tab--is-active[href='/manage/account/']",
    "table.table--emails .badge--danger",
    "form[action='/account/reauthenticate/']",
    "main form[action='/account/logout/']",
    "body > #user-indicator a[href='/user/demo/']",
    "body > #user-indicator form[action='/account/logout/'] input[name=csrf_token]",
    "div#prefilled-warning",
    ".callout-block--neutral",
    "div.package-list > div.package-snippet h3.package-snippet__title",
    "p.package-snippet__meta time[datetime]",
    "p.package-snippet__description",
    ".package-snippet__title a.badge--warning[href$='/collaboration/']",
    ".package-snippet__buttons a[href^='/manage/project/'][href$='/releases/']",
    ".package-snippet__buttons a[href^='/project/']",
    ".package-snippet__buttons button[disabled]",
    "table.table--security-logs",
];

/// Elements that a list of publishers has or has not.
const LIST_HOOKS: &[&str] = &[
    "table.table--publisher-list",
    "td a[href^='#remove-publisher-']",
    "div.modal > .modal__content form.modal__form",
    "form.modal__form input",
    "input[name=publisher_id]",
];

/// Elements whose words are the same, in the same order.
const WORDS: &[&str] = &[
    "ul.form-errors[role=alert] > li",
    "td.table__email",
    "form#login-form label[for]:not([for=show-password])",
    ".notification-bar--danger.notification-bar--dismissable .notification-bar__message",
    ".notification-bar--success.notification-bar--dismissable .notification-bar__message",
];

/// Words of the publishing pages that are translated into more than our French.
const ENGLISH_WORDS: &[&str] = &["section > h2", "section > h3", "button.tab"];

/// Attributes that are the same, in the same order.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("form#login-form input[name]", "name"),
    ("form#login-form input[type=text]", "value"),
    ("form#login-form input[name=next]", "value"),
    ("form[action='/account/reauthenticate/'] input[name]", "name"),
    ("input[name=next_route]", "value"),
    ("form#totp-auth-form input[name]", "name"),
    ("form[action^='/account/recovery-code/?'] input[name]", "name"),
    ("input[name=recovery_code_value]", "pattern"),
    ("form[action='/account/logout/'] input[name]", "name"),
];

/// Words in pages that no template dresses.
const PHRASES: &[&str] = &[
    "Bad CSRF token received.",
    "Bad CSRF Origin.",
    "missing Origin or Referer.",
    "does not match any trusted origins.",
    "POST body may not contain duplicate keys",
    "You have been locked out for 5 minutes.",
    "There have been too many attempted trusted publisher registrations.",
];

/// Each difference in words.
pub(crate) fn differences(theirs: &Page, ours: &Page, row: &Row) -> Vec<String> {
    let mut found = Differences::default();
    found.check("status", theirs.status, ours.status);
    found.check("location", place(theirs), place(ours));
    found.check("session cookie", session(theirs), session(ours));
    found.check("cookie of the device", remembered(theirs), remembered(ours));
    let hint = |page: &Page| page.cookie_value("user_id__insecure").map(|value| value.is_some());
    found.check("cookie for scripts", hint(theirs), hint(ours));
    // The seconds themselves depend on the moment.
    found.check("retry-after", theirs.retry_after().is_some(), ours.retry_after().is_some());
    for phrase in PHRASES {
        found.check(phrase, theirs.body.contains(phrase), ours.body.contains(phrase));
    }
    models::check(&mut found, theirs, ours, row);
    let (theirs, ours) = (theirs.document(), ours.document());
    check_documents(&mut found, &theirs, &ours, row);
    found.0
}

fn check_documents(found: &mut Differences, theirs: &Document, ours: &Document, row: &Row) {
    found.check("title", title(theirs), title(ours));
    for hook in HOOKS {
        found.check(hook, theirs.has(hook), ours.has(hook));
    }
    let english = if theirs.has("html[lang=en]") { ENGLISH_WORDS } else { &[] };
    // A page of another kind has headings of its own.
    let publishing = theirs.has("div[data-controller=horizontal-tabs]");
    let english = english.iter().filter(|_| publishing);
    for selector in WORDS.iter().chain(english) {
        found.check(selector, theirs.words(selector), ours.words(selector));
    }
    for (selector, name) in ATTRIBUTES {
        let (theirs, ours) = (theirs.attributes(selector, name), ours.attributes(selector, name));
        found.check(selector, theirs, ours);
    }
    if publishing {
        forms::check(found, theirs, ours, row);
    }
    if publishing && row.list != List::Other {
        found.check("labels", labels(theirs), labels(ours));
        for hook in LIST_HOOKS {
            found.check(hook, theirs.has(hook), ours.has(hook));
        }
    }
}

fn labels(document: &Document) -> Vec<String> {
    let mut labels = document.words("table.table--publisher-list small b");
    labels.sort();
    labels.dedup();
    labels
}

fn place(page: &Page) -> String {
    let place = page.location();
    let path =
        place.find("://").and_then(|at| place[at + 3..].find('/').map(|slash| at + 3 + slash));
    let path = place[path.unwrap_or_default()..].to_owned();
    // The token is this index's own.
    match path.strip_prefix("/account/two-factor/?") {
        Some(_) => "/account/two-factor/?TOKEN".to_owned(),
        None => path,
    }
}

fn session(page: &Page) -> String {
    let cookies = page.cookies();
    let cookie = cookies.iter().find_map(|cookie| cookie.strip_prefix("session_id="));
    match cookie {
        Some(cookie) if cookie.starts_with(';') => "deleted".to_owned(),
        Some(cookie) => cookie.split_once(';').map_or("", |(_, attributes)| attributes).to_owned(),
        None => "untouched".to_owned(),
    }
}

/// What is said of the cookie that skips the second factor, but its value and the day it ends.
fn remembered(page: &Page) -> Option<String> {
    let cookies = page.cookies();
    let cookie = cookies.iter().find_map(|cookie| cookie.strip_prefix("remember_device="))?;
    let attributes = cookie.split("; ").skip(1);
    let named = attributes.map(|one| if one.starts_with("expires=") { "expires" } else { one });
    Some(named.collect::<Vec<_>>().join("; "))
}

fn title(document: &Document) -> String {
    let title = document.words("title").pop().unwrap_or_default();
    title.split('·').next().unwrap_or_default().trim().to_owned()
}
