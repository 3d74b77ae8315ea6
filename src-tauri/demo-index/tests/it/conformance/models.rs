//! What the core's own parsers read from both pages.

use trustdesk_core::index::pages::{
    PageKind, csrf_token, field_errors, flashes, history, pending, projects, publishing,
    second_factor_page, sign_in_form, who_am_i,
};
use trustdesk_core::index::{Answer, AnswerKind, outcome};
use trustdesk_domain::{PendingOwner, PendingPage, Provider, Publisher, PublishingPage};

use super::differences::Differences;
use super::rows::{Given, List, Row};
use crate::page::Page;

/// What kind an answer is, and what only that kind has: reading every page as everything would take
/// minutes.
pub(super) fn check(found: &mut Differences, theirs: &Page, ours: &Page, row: &Row) {
    let kinds = (answer(theirs).kind(), answer(ours).kind());
    found.check("kind", kinds.0, kinds.1);
    let path = |page: &Page| answer(page).location.unwrap_or_default();
    let outcome = |page: &Page| format!("{:?}", outcome(&answer(page), &path(page), None));
    found.check("outcome", outcome(theirs), outcome(ours));
    match kinds.0 {
        AnswerKind::Page(PageKind::Publishing) => {
            check_field_errors(found, theirs, ours);
            check_publishing(found, theirs, ours, row);
        }
        AnswerKind::Page(PageKind::AccountPublishing | PageKind::OrganizationPublishing) => {
            check_field_errors(found, theirs, ours);
            check_pending(found, theirs, ours, row);
        }
        AnswerKind::Page(PageKind::History) => {
            let theirs = events(theirs).expect("a recorded page");
            found.check("history", Some(theirs), events(ours));
        }
        AnswerKind::Page(PageKind::Projects) => {
            // Whose projects they are differs; the hooks are compared.
            let any = |page: &Page| projects(&page.body).is_ok_and(|list| !list.is_empty());
            found.check("projects", any(theirs), any(ours));
        }
        AnswerKind::Page(PageKind::SignIn) => {
            found.check("sign-in form", sign_in(theirs), sign_in(ours));
        }
        AnswerKind::Page(PageKind::TwoFactor) => {
            found.check("second factor", second_factor(theirs), second_factor(ours));
        }
        // The pieces of a page are pages of nobody.
        AnswerKind::Foreign => {
            found.check("flashes", said(theirs), said(ours));
            found.check("signed in", who(theirs), who(ours));
        }
        _ => {}
    }
}

fn check_field_errors(found: &mut Differences, theirs: &Page, ours: &Page) {
    let token = |page: &Page| csrf_token(&page.body).is_some();
    found.check("token", token(theirs), token(ours));
    if [theirs, ours].iter().all(|page| !page.body.contains("form-errors")) {
        return;
    }
    for provider in Provider::ALL {
        let errors = |page: &Page| field_errors(&page.body, provider);
        found.check("field errors", errors(theirs), errors(ours));
    }
}

fn check_publishing(found: &mut Differences, theirs: &Page, ours: &Page, row: &Row) {
    let read = |page: &Page| publishing(&page.body, &shown(page));
    let theirs = read(theirs).expect("a recorded page");
    let Ok(ours) = read(ours) else {
        return found.check("publishing page", "read", "not read");
    };
    found.check("providers", &theirs.providers, &ours.providers);
    found.check("instances", &theirs.gitlab_instances, &ours.gitlab_instances);
    if row.list == List::Same {
        let list =
            |page: PublishingPage| sorted(page.publishers.into_iter().map(|one| one.publisher));
        found.check("publishers", list(theirs), list(ours));
    }
}

fn check_pending(found: &mut Differences, theirs: &Page, ours: &Page, row: &Row) {
    let read = |page: &Page| {
        let own = pending(&page.body, &PendingOwner::Account);
        own.or_else(|_| pending(&page.body, &PendingOwner::Organization(shown(page))))
    };
    let theirs = read(theirs).expect("a recorded page");
    let Ok(ours) = read(ours) else {
        return found.check("page of pending publishers", "read", "not read");
    };
    found.check("owner", &theirs.owner, &ours.owner);
    found.check("providers", &theirs.providers, &ours.providers);
    found.check("instances", &theirs.gitlab_instances, &ours.gitlab_instances);
    if row.list == List::Other {
        return;
    }
    let missing = theirs.projects.iter().find(|name| !ours.projects.contains(name));
    found.check("projects with publishers", None, missing);
    if row.given.contains(&Given::LeftEverything) {
        found.check("projects with publishers", &theirs.projects, &ours.projects);
    }
    let list = |page: PendingPage| {
        let mut list: Vec<_> = page
            .pending
            .into_iter()
            .map(|one| format!("{} {:?}", one.project_name, one.publisher))
            .collect();
        list.sort();
        list
    };
    found.check("pending publishers", list(theirs), list(ours));
}

/// Whose page it is, by its sidebar.
fn shown(page: &Page) -> String {
    let active =
        page.body.split("<a ").find(|link| link.contains("--is-active")).unwrap_or_default();
    let path = active.split("href=\"").nth(1).unwrap_or_default();
    path.split('/').nth(3).unwrap_or_default().to_owned()
}

/// Rows come in no order that a client could rely on.
fn sorted(publishers: impl Iterator<Item = Publisher>) -> Vec<String> {
    let mut lines: Vec<_> = publishers.map(|publisher| format!("{publisher:?}")).collect();
    lines.sort();
    lines
}

fn answer(page: &Page) -> Answer {
    let location = page.location();
    let path = location.find("://").and_then(|at| Some(at + 3 + location[at + 3..].find('/')?));
    Answer {
        status: page.status,
        location: Some(location[path.unwrap_or_default()..].to_owned())
            .filter(|path| !path.is_empty()),
        retry_after_s: page.retry_after().map(|_| 1),
        told: None,
        body: page.body.clone(),
    }
}

fn said(page: &Page) -> Vec<String> {
    flashes(&page.body).iter().map(|flash| format!("{flash:?}")).collect()
}

fn who(page: &Page) -> Option<(Option<String>, bool)> {
    let who = who_am_i(&page.body)?;
    Some((who.username, who.csrf_token.is_some()))
}

fn sign_in(page: &Page) -> Option<(Vec<String>, Vec<String>)> {
    let form = sign_in_form(&page.body)?;
    Some((form.username_errors, form.password_errors))
}

fn second_factor(page: &Page) -> Option<Vec<String>> {
    second_factor_page(&page.body)?.code.map(|form| form.errors)
}

/// When, and with which program, differs.
fn events(page: &Page) -> Option<Vec<String>> {
    let events = history(&page.body, &shown(page)).ok()?.into_iter();
    let told = |event: trustdesk_domain::HistoryEvent| {
        let Some(device) = event.device.map(|_| "some device") else { return String::new() };
        let place = event.location.unwrap_or_default();
        format!("{} {:?} {:?} {place} {device}", event.title, event.details, event.username)
    };
    Some(events.map(told).collect())
}
