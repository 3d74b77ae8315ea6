//! What was never recorded: strangers in the index's place, pages whose markup has changed, rows
//! that no provider of today makes. The pages are made up, with the index's hooks and own words.

use std::slice;

use trustdesk_core::index::pages::{self, Flash, FlashKind, PageKind};
use trustdesk_core::index::{Answer, AnswerKind, Error, Outcome, outcome};
use trustdesk_domain::{
    PendingOwner, ProjectDateKind, Provider, Publisher, PublisherId, PublishingPage,
};

const PUBLISHING: &str = include_str!("../../fixtures/publishing.html");
const ACCOUNT_PUBLISHING: &str = include_str!("../../fixtures/account_publishing.html");
const PROJECTS: &str = include_str!("../../fixtures/projects.html");
const HISTORY: &str = include_str!("../../fixtures/history.html");
const QUARANTINED: &str = include_str!("../../fixtures/quarantined.html");
const CHALLENGE: &str = include_str!("../../fixtures/challenge.html");
const PORTAL: &str = include_str!("../../fixtures/portal.html");

const PROJECT: &str = "Kelp.Forest";
const PATH: &str = "/manage/project/kelp-forest/settings/publishing/";

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, location: None, retry_after_s: None, told: None, body: body.to_owned() }
}

fn publishing(page: &str) -> Result<PublishingPage, Error> {
    pages::publishing(page, PROJECT)
}

/// The page after a change of its markup.
fn changed(from: &str, to: &str) -> Result<PublishingPage, Error> {
    assert!(PUBLISHING.contains(from), "the page has {from}");
    publishing(&PUBLISHING.replacen(from, to, 1))
}

#[test]
fn read_only_mode_is_told_by_a_bare_notice_above_the_page_alone() {
    let bar = |class: &str, words: &str| {
        format!(
            "<div class=\"notification-bar {class}\"><span class=\"notification-bar__message\">\
             {words}</span></div>"
        )
    };
    let above = |notice: &str| PUBLISHING.replacen("<body>", &format!("<body>{notice}"), 1);
    let words = "Read-only mode: Any write operations will have no effect";
    assert!(pages::is_read_only(&above(&bar("", words))));
    for (what, page) in [
        ("a message", above(&bar("notification-bar--dismissable", words))),
        ("a warning", above(&bar("notification-bar--warning", words))),
        ("words elsewhere", above(&bar("", "Soon: Read-only mode"))),
        ("a comment", above(&format!("<!-- {} -->", bar("", words)))),
        ("no script", above(&format!("<noscript>{}</noscript>", bar("", words)))),
        ("within the page", PUBLISHING.replacen("<main", &format!("<p>{words}</p><main"), 1)),
        ("in another part", above(&format!("<div>{}</div>", bar("", words)))),
    ] {
        assert!(!pages::is_read_only(&page), "{what}");
    }
}

#[test]
fn a_stranger_in_the_indexs_place_is_named_and_nothing_is_certain() {
    for (status, body) in [(200, CHALLENGE), (403, CHALLENGE), (200, PORTAL), (200, "")] {
        let answer = answer(status, body);
        assert_eq!(answer.kind(), AnswerKind::Foreign, "{status}: {body}");
        assert!(matches!(answer.page(), Err(Error::NotTheIndex)), "{status}: {body}");
        let outcome = outcome(&answer, PATH, Some(Provider::Github));
        assert!(matches!(outcome, Outcome::Unknown(Error::NotTheIndex)), "{status}: {body}");
        assert!(publishing(body).is_err(), "an empty list is never made of it");
        assert!(pages::projects(body).is_err());
        assert!(pages::who_am_i(body).is_none());
    }
}

#[test]
fn a_quarantined_project_is_listed_like_any_other_and_its_page_is_closed() {
    let projects = pages::projects(PROJECTS).expect("the list");
    let quarantined = &projects[0];
    assert_eq!(quarantined.normalized_name, "red-tide");
    assert!(quarantined.can_manage, "the list does not tell");
    let closed = answer(403, QUARANTINED);
    assert_eq!(closed.kind(), AnswerKind::Forbidden);
    assert!(matches!(closed.page(), Err(Error::Forbidden)), "which is no sign of a stranger");
    let outcome = outcome(&closed, PATH, Some(Provider::Github));
    assert!(matches!(outcome, Outcome::NotSent(Error::Forbidden)));
}

#[test]
fn an_invitation_is_no_project_and_the_archived_ones_come_last() {
    let projects = pages::projects(PROJECTS).expect("the list");
    let told: Vec<_> = projects
        .iter()
        .map(|one| (one.name.as_str(), one.archived, one.can_manage, one.sole_owner))
        .collect();
    assert_eq!(
        told,
        [
            ("Red_Tide", false, true, false),
            ("coral-clock", false, false, false),
            ("driftwood", true, true, true)
        ]
    );
    assert_eq!(projects[1].organization.as_deref(), Some("sea-lab"));
    assert_eq!(projects[1].date.expect("a date").kind, ProjectDateKind::Created);
    assert_eq!(projects[2].date, None);
    let without_lists = PROJECTS.replace("package-list", "list-of-packages");
    assert!(matches!(pages::projects(&without_lists), Err(Error::PageNotUnderstood(_))));
}

#[test]
fn every_row_is_read_with_what_it_says_and_no_more() {
    let page = publishing(PUBLISHING).expect("read");
    assert_eq!(page.providers, Provider::ALL);
    assert_eq!(
        page.gitlab_instances,
        ["https://gitlab.com", "https://gitlab.sea-lab.example"],
        "in the page's order"
    );
    let publishers: Vec<&Publisher> = page.publishers.iter().map(|one| &one.publisher).collect();
    let Publisher::Github(any) = publishers[0] else { panic!("GitHub: {publishers:?}") };
    assert_eq!((any.owner.as_str(), any.repository.as_str()), ("Sea-Lab", "kelp.forest"));
    assert_eq!(any.workflow_filename, "ship & sail.yml", "inner white space is kept");
    assert_eq!(any.environment, None, "any is told by the italics, whatever the word");
    let Publisher::Github(blank) = publishers[1] else { panic!("GitHub: {publishers:?}") };
    assert_eq!(blank.environment.as_deref(), Some("  "), "white space alone is not any");
    let Publisher::Gitlab(gitlab) = publishers[2] else { panic!("GitLab: {publishers:?}") };
    assert_eq!((gitlab.namespace.as_str(), gitlab.project.as_str()), ("coast/north/deep", "kelp"));
    assert_eq!(gitlab.issuer_url, "https://gitlab.sea-lab.example");
    let Publisher::Google(google) = publishers[3] else { panic!("Google: {publishers:?}") };
    assert_eq!(google.sub, None);
    let Publisher::Activestate(active) = publishers[4] else { panic!("{publishers:?}") };
    assert_eq!(active.organization, "Sea Lab Ltd");
    let unknown = Publisher::Other { name: "Lighthouse CI".to_owned(), details: Vec::new() };
    assert_eq!(publishers[5], &unknown, "it can still be removed");
    assert_eq!(
        page.publishers[5].id,
        PublisherId("0d1f6a52-0006-4c3e-9c1b-5f5a6f0a0006".to_owned())
    );
}

#[test]
fn a_page_whose_markup_has_changed_is_not_understood_and_never_an_empty_list() {
    let changes = [
        ("a dialog is missing", "<div id=\"remove-publisher-", "<div id=\"delete-"),
        ("a row has no id", "<a href=\"#remove-publisher-", "<a href=\"#"),
        ("a row asks for another's dialog", "-0001-4c3e-9c1b-5f5a6f0a0001\">Take", "-0009\">Take"),
        ("a row has a column more", "<td>GitHub</td>", "<td>kelp</td><td>GitHub</td>"),
        ("a row has a column less", "<td>GitHub</td>", ""),
        ("a provider has no name", "<td>GitLab</td>", "<td></td>"),
        ("the list has another name", "table--publisher-list", "table--publishers"),
        ("the rows are no rows", "<tbody>", "<tbody></tbody></table>"),
    ];
    for (change, from, to) in changes {
        let read = changed(from, to);
        assert!(matches!(read, Err(Error::PageNotUnderstood(_))), "{change}: {read:?}");
    }
    let without_marks = PUBLISHING.replace("-publisher-form", "-form").replace("--is-active", "");
    let read = publishing(&without_marks.replace("table--publisher-list", "table--list"));
    assert!(matches!(read, Err(Error::PageNotUnderstood(_))), "no mark is left: {read:?}");
}

#[test]
fn another_page_is_not_read_as_the_one_that_was_asked_for() {
    assert_eq!(pages::kind(PUBLISHING), Some(PageKind::Publishing));
    assert_eq!(pages::kind(ACCOUNT_PUBLISHING), Some(PageKind::AccountPublishing));
    assert!(publishing(ACCOUNT_PUBLISHING).is_err(), "what is pending is no project's");
    assert!(pages::pending(PUBLISHING, &PendingOwner::Account).is_err());
    assert!(publishing(PROJECTS).is_err());
    assert!(pages::projects(PUBLISHING).is_err());
    assert!(pages::history(PUBLISHING, PROJECT).is_err());
    let cut_off = PUBLISHING.split("<footer").next().expect("its content");
    assert_eq!(pages::kind(cut_off), Some(PageKind::CutOff));
    assert!(matches!(answer(200, cut_off).page(), Err(Error::PageNotUnderstood(_))));
}

#[test]
fn an_accounts_page_has_what_waits_what_publishes_and_what_was_refused() {
    let page = pages::pending(ACCOUNT_PUBLISHING, &PendingOwner::Account).expect("read");
    assert_eq!(page.owner, PendingOwner::Account);
    assert_eq!(page.projects, ["kelp-forest"]);
    assert_eq!(page.pending.len(), 1);
    assert_eq!(page.pending[0].project_name, "Sea_Urchin", "as it was typed");
    assert_eq!(page.pending[0].publisher.provider(), Some(Provider::Google));
    assert_eq!(page.providers, [Provider::Google], "the others are switched off");
    assert_eq!(page.gitlab_instances, Vec::<String>::new());
    let errors = pages::field_errors(ACCOUNT_PUBLISHING, Provider::Google);
    assert_eq!(errors["project_name"], ["Somebody was faster."]);
    assert_eq!(errors.len(), 1);
    assert!(pages::field_errors(ACCOUNT_PUBLISHING, Provider::Github).is_empty());
}

#[test]
fn a_message_is_read_as_a_browser_shows_it_with_its_mark_and_its_links() {
    let bar = |class: &str| {
        format!(
            "<div class='notification-bar {class}'><i>!</i><span class=notification-bar__message>\n\
             Mind the  <a href='/tides/'>tide\ntable</a>, please.</span></div>"
        )
    };
    for (class, kind) in [
        ("notification-bar--danger", FlashKind::Error),
        ("notification-bar--warning", FlashKind::Warning),
        ("notification-bar--success", FlashKind::Success),
        ("notification-bar--dismissable", FlashKind::Plain),
    ] {
        let text = "Mind the tide table, please.".to_owned();
        let message = Flash { kind, text, links: vec!["/tides/".to_owned()] };
        assert_eq!(pages::flashes(&bar(class)), slice::from_ref(&message), "{class}");
        let page = PUBLISHING.replacen("<header", &format!("{}<header", bar(class)), 1);
        assert_eq!(pages::banners(&page), [message], "{class}");
    }
    assert_eq!(pages::banners(PUBLISHING), []);
}

#[test]
fn a_history_names_a_user_only_where_there_is_no_doubt() {
    let events = pages::history(HISTORY, PROJECT).expect("read");
    assert_eq!(events[0].username.as_deref(), Some("nemo"));
    assert_eq!(events[0].location.as_deref(), Some("192.0.2.7"));
    assert_eq!(events[0].device.as_deref(), Some("A browser"));
    assert_eq!(events[1].title, "Helper invited");
    assert_eq!(events[1].details, ["Who: dory", "Said by: nemo"]);
    assert_eq!(events[1].username, None, "one of two, and no mark tells which");
    assert_eq!(
        (events[1].location.as_deref(), events[1].device.as_deref()),
        (Some("Reykjavík, IS"), None)
    );
    assert_eq!(events[1].at_ms, 1_795_215_600_000, "the offset counts");
    let undated = HISTORY.replacen("datetime", "date", 1);
    assert!(matches!(pages::history(&undated, PROJECT), Err(Error::PageNotUnderstood(_))));
}
