//! Pages of a real Warehouse are read into the right model, or known for what they are.

use trustdesk_core::domain::{ProjectDateKind, Provider, Publisher};
use trustdesk_core::index::Error;
use trustdesk_core::index::pages::{self, FlashKind};
use trustdesk_tests::recordings::{self, Recording};

fn recording<'a>(all: &'a [Recording], name: &str) -> &'a Recording {
    all.iter().find(|one| one.name == name).unwrap_or_else(|| panic!("no recording {name}"))
}

fn page(recording: &Recording) -> Result<&str, Error> {
    pages::page(recording.status, recording.location.as_deref(), &recording.body)
}

fn number(recording: &Recording) -> u32 {
    recording.name.split('-').next().and_then(|text| text.parse().ok()).expect("a number")
}

#[test]
fn every_recorded_list_of_projects_is_read() {
    let Some(all) = recordings::all() else { return };
    let expected = [
        ("201-projects-empty", 0, 0, 0),
        ("203-projects-300", 300, 0, 300),
        ("204-projects-few", 5, 1, 6),
        ("205-projects-org-owner", 3, 0, 3),
        ("208-projects-team-member", 2, 0, 1),
        ("211-projects-maintainer-only", 1, 0, 0),
    ];
    for (name, active, archived, manageable) in expected {
        let body = page(recording(&all, name)).expect(name);
        let projects = pages::projects(body).expect(name);
        let count = |archived: bool| projects.iter().filter(|one| one.archived == archived).count();
        assert_eq!((count(false), count(true)), (active, archived), "{name}");
        let managed = projects.iter().filter(|project| project.can_manage).count();
        assert_eq!(managed, manageable, "{name}");
        assert!(projects.iter().all(|project| project.date.is_some()), "{name}");
    }
}

#[test]
fn a_recorded_project_has_its_name_badges_date_and_summary() {
    let Some(all) = recordings::all() else { return };
    let body = page(recording(&all, "204-projects-few")).expect("a page");
    let projects = pages::projects(body).expect("the list");
    let named = |name: &str| projects.iter().find(|project| project.name == name).expect("there");
    let fancy = named("Fancy.Name_here");
    assert_eq!(fancy.normalized_name, "fancy-name-here");
    assert!(fancy.sole_owner);
    assert_eq!(fancy.organization, None);
    let unreleased = named("no-releases-yet");
    assert_eq!(unreleased.date.expect("a date").kind, ProjectDateKind::Created);
    assert_eq!(unreleased.summary, None);
    assert_eq!(named("sampleproject").date.expect("a date").kind, ProjectDateKind::Released);
    assert_eq!(named("sampleproject").date.expect("a date").at_ms, 1_791_054_674_000);
    let body = page(recording(&all, "205-projects-org-owner")).expect("a page");
    let organization = &pages::projects(body).expect("the list")[0];
    assert_eq!(organization.organization.as_deref(), Some("acme-org"));
}

#[test]
fn every_recorded_publishing_page_of_a_project_is_read_or_known() {
    let Some(all) = recordings::all() else { return };
    let gets = all.iter().filter(|one| {
        let number = number(one);
        let recorded_here = (200..400).contains(&number) || (480..490).contains(&number);
        let publishing = one.path.starts_with("/manage/project/")
            && one.path.split('?').next().is_some_and(|path| path.contains("/settings/publishing"));
        recorded_here && publishing && one.method == "GET"
    });
    let mut read = 0;
    for one in gets {
        match page(one).and_then(pages::publishing) {
            Ok(publishing) => {
                read += 1;
                assert_eq!(publishing.providers, Provider::ALL, "{}", one.name);
                let unknown = |listed: &trustdesk_core::domain::ListedPublisher| {
                    listed.publisher.provider().is_none()
                };
                assert!(!publishing.publishers.iter().any(unknown), "{}", one.name);
            }
            Err(Error::ConfirmPassword) => assert!(one.name.contains("reauth"), "{}", one.name),
            Err(Error::Forbidden) => assert_eq!(one.status, 403, "{}", one.name),
            Err(Error::NotFound) => assert_eq!(one.status, 404, "{}", one.name),
            Err(Error::PageNotUnderstood(_)) => assert_eq!(one.status, 301, "{}", one.name),
            Err(error) => panic!("{}: {error}", one.name),
        }
    }
    assert!(read >= 14, "only {read} pages were read");
}

#[test]
fn the_recorded_publishers_have_all_their_fields() {
    let Some(all) = recordings::all() else { return };
    let publishers = |name: &str| {
        let body = page(recording(&all, name)).expect(name);
        pages::publishing(body).expect(name).publishers
    };
    assert_eq!(publishers("301-publishing-empty"), []);
    let eleven = publishers("302-publishing-eleven-publishers");
    assert_eq!(eleven.len(), 11);
    assert!(eleven.iter().all(|listed| listed.id.0.len() == 36), "row ids are UUIDs");
    let lines: Vec<String> = eleven.iter().map(|listed| listed.publisher.line()).collect();
    assert_eq!(lines[0], "release.yml in pypi/repo-0, any environment");
    assert_eq!(lines[1], "release.yml in pypi/repo-1, environment pypi");
    assert!(
        lines.contains(&".gitlab-ci.yml in group/sub/proj-0, any environment".to_owned()),
        "a namespace may have slashes: {lines:?}"
    );
    let after = publishers("312-publishing-after-github");
    let Publisher::Github(github) = &after[0].publisher else { panic!("GitHub") };
    assert_eq!(github.owner, "Octo-Org", "GitHub's own spelling");
    assert_eq!(github.environment.as_deref(), Some("pypi"));
    assert_eq!(publishers("750-publishing-forty-publishers").len(), 40);
}

#[test]
fn a_french_page_reads_like_an_english_one() {
    let Some(all) = recordings::all() else { return };
    for name in ["463-publishing-accept-language-fr", "464-publishing-locale-cookie-fr"] {
        let body = page(recording(&all, name)).expect(name);
        let publishing = pages::publishing(body).expect(name);
        assert!(!publishing.publishers.is_empty(), "{name}");
        let any = publishing.publishers.iter().any(|one| one.publisher.takes_any_environment());
        assert!(any, "{name}: (Any) is told by its markup, not by the word");
    }
}

#[test]
fn recorded_refusals_are_told_apart() {
    let Some(all) = recordings::all() else { return };
    let error = |name: &str| page(recording(&all, name)).expect_err(name);
    assert!(matches!(error("130-publishing-not-logged-in-303"), Error::SignedOut));
    assert!(matches!(error("136-projects-after-logout-303"), Error::SignedOut));
    assert!(matches!(error("101-login-get"), Error::SignedOut));
    assert!(matches!(error("212-publishing-maintainer-403"), Error::Forbidden));
    assert!(matches!(error("215-publishing-no-such-project-404"), Error::NotFound));
    assert!(matches!(error("480-reauth-page-on-get"), Error::ConfirmPassword));
    assert!(matches!(error("482-reauth-page-on-post-add"), Error::ConfirmPassword));
    assert!(matches!(error("760-publishing-database-down"), Error::IndexDown(500)));
    assert!(matches!(error("700-projects-no-2fa"), Error::Account(_)));
    assert!(matches!(error("705-projects-unverified"), Error::Account(_)));
}

#[test]
fn recorded_field_errors_stand_under_their_fields() {
    let Some(all) = recordings::all() else { return };
    let errors = |name: &str| pages::field_errors(&recording(&all, name).body, Provider::Github);
    let several = errors("415-error-github-several");
    assert_eq!(
        several.keys().collect::<Vec<_>>(),
        ["environment", "owner", "repository", "workflow_filename"]
    );
    assert_eq!(
        errors("401-error-github-owner-unknown")["owner"],
        ["Unknown GitHub user or organization."]
    );
    assert!(errors("322-add-github-duplicate").is_empty(), "a duplicate is told by a message only");
    let duplicate = pages::flashes(&recording(&all, "323-flash-duplicate-github").body);
    assert_eq!(duplicate[0].kind, FlashKind::Error);
    assert!(duplicate[0].text.ends_with("is already registered with sampleproject"));
    assert_eq!(pages::flashes(&recording(&all, "218-flash-empty").body), []);
}

#[test]
fn recorded_sign_in_pages_are_read() {
    let Some(all) = recordings::all() else { return };
    let form = |name: &str| pages::sign_in_form(&recording(&all, name).body).expect(name);
    assert_eq!(
        form("102-login-wrong-password").password_errors,
        ["The password is invalid. Try again."]
    );
    assert_eq!(
        form("103-login-unknown-user").username_errors,
        ["No user found with that username"]
    );
    let code = |name: &str| pages::two_factor_form(&recording(&all, name).body).expect(name);
    assert_eq!(code("116-two-factor-get").errors, Vec::<String>::new());
    assert_eq!(code("117-totp-wrong").errors, ["Invalid TOTP code."]);
    let me = pages::who_am_i(&recording(&all, "216-current-user-indicator").body).expect("read");
    assert_eq!(me.username.as_deref(), Some("owner-few"));
    assert!(me.csrf_token.is_some());
}
