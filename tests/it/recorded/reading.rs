//! Every recording, one by one: what it is read as, or known for.

use std::collections::BTreeMap;

use trustdesk_core::index::AnswerKind;
use trustdesk_core::index::pages::{self, PageKind};
use trustdesk_domain::{
    Fields, PendingOwner, PendingPage, ProjectDateKind, Provider, Publisher, PublishingPage,
};
use trustdesk_tests::recordings::{self, Recording};

use super::markup;
use super::number;
use super::table::{ALL, Expected, Forms, Row, rows};

/// So many were recorded; a table that fits another number of them fits by accident.
const RECORDED: usize = 273 + 28;

#[test]
fn every_recording_is_read_or_known() {
    let Some(all) = recordings::all() else { return };
    assert_eq!(all.len(), RECORDED);
    let (mut read, mut known) = (0, 0);
    for one in &all {
        let matching: Vec<&Row> = rows().filter(|row| row.0.contains(&one.number())).collect();
        let [row] = matching.as_slice() else {
            panic!("{} is in {} rows of the table", one.name, matching.len());
        };
        match &row.1 {
            Expected::Known(kind) => {
                assert_eq!(one.answer.kind(), *kind, "{}", one.name);
                known += 1;
            }
            expected => {
                check(one, expected);
                read += 1;
            }
        }
    }
    for number in rows().flat_map(|row| row.0) {
        assert!(all.iter().any(|one| one.number() == *number), "{number} was never recorded");
    }
    println!("{read} recordings are read into models, {known} are known for what they are");
    assert_eq!(read + known, RECORDED);
}

fn check(one: &Recording, expected: &Expected) {
    let (name, body) = (one.name.as_str(), one.answer.body.as_str());
    match expected {
        Expected::Projects { active, archived, manageable } => {
            let projects = pages::projects(body).expect(name);
            let count = |archived| projects.iter().filter(|one| one.archived == archived).count();
            assert_eq!((count(false), count(true)), (*active, *archived), "{name}");
            let managed = projects.iter().filter(|project| project.can_manage).count();
            assert_eq!(managed, *manageable, "{name}");
            assert!(projects.iter().all(|project| project.date.is_some()), "{name}");
        }
        Expected::Publishing(listed, forms) => {
            let page = pages::publishing(body, one.project()).expect(name);
            assert_eq!(page.publishers.len(), *listed, "{name}");
            let shown = page.publishers.iter().map(|one| (&one.id, None, &one.publisher));
            assert_eq!(markup::shown(shown), markup::rows(body), "{name}");
            check_forms(one, (&page.providers, &page.gitlab_instances), forms);
        }
        Expected::Pending(waiting, projects, forms) => {
            let page = pages::pending(body, &PendingOwner::Account).expect(name);
            assert_eq!(page.owner, PendingOwner::Account, "{name}");
            assert_eq!(page.projects, *projects, "{name}");
            check_pending(one, &page, waiting, forms);
        }
        Expected::PublishingProjects(count) => {
            let page = pages::pending(body, &PendingOwner::Account).expect(name);
            assert_eq!(page.projects.len(), *count, "{name}");
            check_pending(one, &page, &[], &ALL);
        }
        Expected::PendingOf(organization, forms) => {
            let owner = PendingOwner::Organization((*organization).to_owned());
            let page = pages::pending(body, &owner).expect(name);
            check_pending(one, &page, &[], forms);
        }
        Expected::History(events) => {
            assert_eq!(pages::history(body, one.project()).expect(name).len(), *events, "{name}");
        }
        _ => check_others(one, expected),
    }
}

fn check_others(one: &Recording, expected: &Expected) {
    let (name, body) = (one.name.as_str(), one.answer.body.as_str());
    match expected {
        Expected::WhoAmI(username) => {
            let me = pages::who_am_i(body).expect(name);
            assert_eq!(me.username.as_deref(), Some(*username), "{name}");
            assert!(me.csrf_token.is_some(), "{name}");
        }
        Expected::Says(kind, text, links) => {
            let messages = pages::flashes(body);
            let [message] = messages.as_slice() else { panic!("{name}: {messages:?}") };
            assert_eq!(message.kind, *kind, "{name}");
            assert!(message.text.starts_with(text), "{name}: {}", message.text);
            assert_eq!(message.links, *links, "{name}");
        }
        Expected::SaysNothing => assert_eq!(pages::flashes(body), [], "{name}"),
        Expected::SignIn(username, password) => {
            assert_eq!(one.answer.kind(), AnswerKind::Page(PageKind::SignIn), "{name}");
            let form = pages::sign_in_form(body).expect(name);
            assert_eq!(form.username_errors, *username, "{name}");
            assert_eq!(form.password_errors, *password, "{name}");
        }
        Expected::SaysAll(said) => {
            let messages = pages::flashes(body);
            let found: Vec<_> = messages.iter().map(|one| (one.kind, one.text.as_str())).collect();
            assert_eq!(found, *said, "{name}");
        }
        Expected::SecurityKey => {
            assert_eq!(one.answer.kind(), AnswerKind::Page(PageKind::TwoFactor), "{name}");
            let page = pages::second_factor_page(body).expect(name);
            assert!(page.security_key && page.code.is_none(), "{name}: nothing else is offered");
        }
        Expected::TwoFactor(errors) => {
            assert_eq!(one.answer.kind(), AnswerKind::Page(PageKind::TwoFactor), "{name}");
            let page = pages::second_factor_page(body).expect(name);
            assert_eq!(page.code.expect(name).errors, *errors, "{name}");
            assert!(!page.security_key && page.recovery_path.is_some(), "{name}");
        }
        Expected::Recovery(errors) => {
            assert_eq!(one.answer.kind(), AnswerKind::Page(PageKind::RecoveryCode), "{name}");
            assert_eq!(pages::recovery_form(body).expect(name).errors, *errors, "{name}");
        }
        _ => unreachable!("{name} is checked elsewhere"),
    }
}

fn check_pending(one: &Recording, page: &PendingPage, waiting: &[&str], forms: &Forms) {
    let names: Vec<&str> = page.pending.iter().map(|one| one.project_name.as_str()).collect();
    assert_eq!(names, waiting, "{}", one.name);
    let shown =
        page.pending.iter().map(|one| (&one.id, Some(one.project_name.as_str()), &one.publisher));
    assert_eq!(markup::shown(shown), markup::rows(&one.answer.body), "{}", one.name);
    check_forms(one, (&page.providers, &page.gitlab_instances), forms);
}

fn check_forms(one: &Recording, read: (&[Provider], &[String]), forms: &Forms) {
    let (providers, gitlab_instances) = read;
    assert_eq!(providers, forms.providers, "{}", one.name);
    let instances: &[&str] =
        if providers.contains(&Provider::Gitlab) { &["https://gitlab.com"] } else { &[] };
    assert_eq!(gitlab_instances, instances, "{}", one.name);
    let said = one.answer.body.matches("class=\"form-errors\"").count();
    assert_eq!(said, forms.errors.len(), "{}: no other form says anything", one.name);
    if let Some(sent) = forms.sent {
        let expected: BTreeMap<String, Vec<String>> =
            forms.errors.iter().map(|(field, said)| ((*field).to_owned(), owned(said))).collect();
        assert_eq!(pages::field_errors(&one.answer.body, sent), expected, "{}", one.name);
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn publishing(all: &[Recording], recorded: u32) -> PublishingPage {
    let one = number(all, recorded);
    pages::publishing(one.answer.page().expect("a page"), one.project()).expect("the list")
}

#[test]
fn a_recorded_project_has_its_name_badges_date_and_summary() {
    let Some(all) = recordings::all() else { return };
    let projects = |recorded| pages::projects(&number(&all, recorded).answer.body).expect("a list");
    let few = projects(204);
    let named = |name: &str| few.iter().find(|project| project.name == name).expect("there");
    let fancy = named("Fancy.Name_here");
    assert_eq!(fancy.normalized_name, "fancy-name-here");
    assert!(fancy.sole_owner);
    assert_eq!(fancy.organization, None);
    let unreleased = named("no-releases-yet");
    assert_eq!(unreleased.date.expect("a date").kind, ProjectDateKind::Created);
    assert_eq!((unreleased.summary.as_deref(), unreleased.has_page), (None, false));
    let sample = named("sampleproject").date.expect("a date");
    assert_eq!((sample.kind, sample.at_ms), (ProjectDateKind::Released, 1_791_054_674_000));
    assert_eq!(projects(205)[0].organization.as_deref(), Some("acme-org"));
    assert!(!projects(211)[0].can_manage, "a maintainer does not manage");
}

#[test]
fn recorded_publishers_have_all_their_fields() {
    let Some(all) = recordings::all() else { return };
    let lines = |recorded| -> Vec<String> {
        publishing(&all, recorded).publishers.iter().map(|one| one.publisher.line()).collect()
    };
    let eleven = lines(302);
    assert_eq!(eleven[0], "release.yml in pypi/repo-0, any environment");
    assert_eq!(eleven[1], "release.yml in pypi/repo-1, environment pypi");
    assert_eq!(eleven[5], ".gitlab-ci.yml in group/sub/proj-0, any environment");
    assert_eq!(eleven[9], "builder2@example-proj.iam.gserviceaccount.com, subject 1234567890");
    let after = publishing(&all, 312);
    let Publisher::Github(github) = &after.publishers[0].publisher else { panic!("GitHub") };
    assert_eq!(github.owner, "Octo-Org", "GitHub's own spelling");
    assert_eq!(github.environment.as_deref(), Some("pypi"), "typed as PyPI");
    let ids = publishing(&all, 750).publishers;
    assert!(ids.iter().all(|listed| listed.id.0.len() == 36), "row ids are UUIDs");
}

/// The blunt reading of `markup` takes all white space for one; here every character counts.
#[test]
fn recorded_values_have_the_white_space_that_the_index_stored() {
    let Some(all) = recordings::all() else { return };
    let fields = |recorded| -> Vec<Fields> {
        publishing(&all, recorded).publishers.iter().map(|one| one.publisher.fields()).collect()
    };
    for recorded in [802, 803, 807, 810] {
        let environments: Vec<String> =
            fields(recorded).iter().map(|fields| fields["environment"].clone()).collect();
        assert_eq!(
            environments,
            ["\u{a0}pypi", "pypi\u{3000}", "pypi", "p\u{202e}ipy", "\u{200b}pypi", " prod "],
            "{recorded}"
        );
    }
    assert_eq!(fields(802)[2]["workflow_filename"], "a.yaml, b.yaml");
    // As its form was posted, and as it is listed.
    let asked = |one: &Recording| one.method == "POST" && !one.fields.is_empty();
    assert!(asked(number(&all, 801)));
    for recorded in [302, 339, 750] {
        for (name, value) in fields(recorded).into_iter().flatten() {
            let padded = value.starts_with(' ') || value.ends_with(' ') || value.contains('\n');
            assert!(!padded, "{recorded} {name}: {value:?} has the template's padding");
        }
    }
}

#[test]
fn a_french_page_reads_like_an_english_one() {
    let Some(all) = recordings::all() else { return };
    let french = publishing(&all, 463);
    assert_eq!(publishing(&all, 464), french, "by header and by cookie");
    assert_eq!(publishing(&all, 465), french, "also when a form was refused");
    // 470 then bound one publisher to an environment, which made a new row at the end.
    let mut english = publishing(&all, 472);
    english.publishers.pop();
    let mut expected = french;
    let bound = |id: &str| id == "5d3abd4a-b2cf-4966-9f50-bda9112a3955";
    expected.publishers.retain(|listed| !bound(&listed.id.0));
    assert_eq!(english, expected);
    let errors =
        |recorded| pages::field_errors(&number(&all, recorded).answer.body, Provider::Google);
    assert_eq!(errors(465), errors(426));
}

#[test]
fn a_recorded_history_tells_what_when_who_and_where_from() {
    let Some(all) = recordings::all() else { return };
    let one = number(&all, 479);
    let events = pages::history(&one.answer.body, one.project()).expect("a history");
    let newest = &events[0];
    assert_eq!(newest.title, "Trusted publisher removed");
    assert_eq!(
        newest.details,
        [
            "Publisher: GitHub",
            "URL: https://github.com/Octo-Org/demo",
            "Workflow: release.yml",
            "Removed by: owner-few"
        ]
    );
    assert_eq!(newest.username.as_deref(), Some("owner-few"));
    assert_eq!(newest.at_ms, 1_795_375_135_000);
    assert_eq!(newest.location.as_deref(), Some("127.0.0.1"));
    assert_eq!(newest.device.as_deref(), Some("Firefox (Linux)"));
    assert!(events.windows(2).all(|pair| pair[0].at_ms >= pair[1].at_ms), "the newest first");
}

#[test]
fn only_a_read_only_index_says_so_on_its_pages() {
    let Some(all) = recordings::all() else { return };
    let said = |recorded| -> Vec<String> {
        let banners = pages::banners(&number(&all, recorded).answer.body);
        banners.into_iter().map(|banner| banner.text).collect()
    };
    for recorded in [511, 803, 804, 807] {
        let expected = ["Read-only mode: Any write operations will have no effect"];
        assert_eq!(said(recorded), expected, "{recorded}");
    }
    for recorded in [204, 301, 486, 506, 635, 802, 810, 820, 835] {
        assert_eq!(said(recorded), Vec::<String>::new(), "{recorded}");
    }
    for one in &all {
        let says_so = [511, 803, 804, 807].contains(&one.number());
        assert_eq!(pages::is_read_only(&one.answer.body), says_so, "{}", one.name);
    }
}
