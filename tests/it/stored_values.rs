//! A value is compared as the index stores it, to the white space at its ends: what differs there is
//! another publisher, and what was sent from here is known as ours.

use trustdesk_core::store::NewAdd;
use trustdesk_core::sync::Queued;
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{
    ChangeState, Fields, Github, Gitlab, Google, Provider, Publisher, Typed, Verdict,
};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;

/// Environments with white space at their ends, of kinds that GitHub's form on the index lets
/// through.
const OUTER: [&str; 5] =
    ["\u{a0}pypi", "pypi\u{3000}", "\u{2009}pypi\u{85}", "\u{2028}pypi", "pypi\u{1680}"];

/// White space for Python and Unicode alike, from each of their kinds.
const WHITE_SPACE: [char; 17] = [
    ' ', '\t', '\n', '\u{b}', '\r', '\u{1c}', '\u{1f}', '\u{85}', '\u{a0}', '\u{1680}', '\u{2000}',
    '\u{2009}', '\u{2028}', '\u{2029}', '\u{202f}', '\u{205f}', '\u{3000}',
];

/// Invisible, and white space for neither of them.
const INVISIBLE: [char; 5] = ['\u{180e}', '\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}'];

fn github(environment: &str) -> Publisher {
    Publisher::Github(Github {
        owner: "octo-org".to_owned(),
        repository: PROJECT.to_owned(),
        workflow_filename: "release.yml".to_owned(),
        environment: Some(environment.to_owned()),
    })
}

fn gitlab(environment: &str) -> Publisher {
    Publisher::Gitlab(Gitlab {
        namespace: "northlight".to_owned(),
        project: "schema".to_owned(),
        workflow_filepath: ".gitlab-ci.yml".to_owned(),
        environment: Some(environment.to_owned()),
        issuer_url: "https://gitlab.com".to_owned(),
    })
}

fn google(sub: &str) -> Publisher {
    let email = "publisher@harbor.iam.gserviceaccount.com".to_owned();
    Publisher::Google(Google { email, sub: Some(sub.to_owned()) })
}

/// Publishers of each form that keeps white space at the ends of a value.
fn publishers() -> Vec<Publisher> {
    let github = OUTER.map(github);
    github.into_iter().chain([gitlab(" prod "), google(" 42"), google("42\u{a0}")]).collect()
}

/// An index that lists this publisher, registered by other means, and a desk that has read it.
async fn listing(publisher: Publisher) -> (DemoIndex, Desk) {
    let (index, desk) = desk::signed_in().await;
    index.add_publisher_behind(PROJECT, publisher);
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    (index, desk)
}

#[tokio::test]
async fn value_with_outer_white_space_is_listed_and_removed_as_it_is_stored() {
    for publisher in publishers() {
        let (index, desk) = listing(publisher.clone()).await;
        let listed = desk.listed(PROJECT).await;
        assert_eq!(listed[0].publisher, publisher, "read as stored");
        let removal = desk.engine.queue_remove(PROJECT, &listed[0].id).await.expect("queued");
        desk.engine.sync_project(PROJECT).await.expect("sent");
        assert_eq!(desk.state(&removal.id).await, ChangeState::Done, "{publisher:?}");
        assert_eq!(index.publishers(PROJECT), []);
    }
}

#[tokio::test]
async fn value_with_outer_white_space_that_we_sent_is_never_somebody_elses() {
    for publisher in publishers() {
        let (index, desk) = desk::signed_in().await;
        desk.engine.refresh_publishing(PROJECT).await.expect("read");
        // As a version of the program kept it that did not tidy it.
        let add = NewAdd::of(PROJECT, &publisher);
        let account = desk.account().await;
        let first = desk.engine.store().queue_add(account, &add, desk.time.now_ms()).await;
        let (first, _) = first.expect("kept");
        let second = desk.queue_add(PROJECT, &release_workflow()).await;
        desk.engine.sync_project(PROJECT).await.expect("sent");
        assert_eq!(index.publishers(PROJECT)[0].publisher, publisher, "sent as it was kept");
        for id in [&first.id, &second.id] {
            let change = desk.change(id).await;
            assert_eq!(change.state, ChangeState::Done, "{publisher:?}: {:?}", change.reasons);
        }
    }
}

#[tokio::test]
async fn value_without_outer_white_space_is_another_publisher_than_with_it() {
    for outer in OUTER {
        let (index, desk) = listing(github(outer)).await;
        let typed = fields("octo-org", PROJECT, "release.yml", outer);
        let queued = desk.engine.queue_add(&typed_as(&typed), None).await.expect("decided");
        let Queued::Queued(add, _) = queued else {
            panic!("{outer:?} is listed, not this: {queued:?}")
        };
        desk.engine.sync_project(PROJECT).await.expect("sent");
        assert_eq!(desk.state(&add.id).await, ChangeState::Done, "{outer:?}");
        let listed: Vec<Publisher> =
            index.publishers(PROJECT).into_iter().map(|one| one.publisher).collect();
        assert_eq!(listed, [github(outer), github("pypi")]);
    }
}

fn typed_as(fields: &Fields) -> Typed {
    Typed::new(PROJECT, Provider::Github, fields)
}

/// Every field of every form, with a value that is right.
fn forms() -> [(Provider, Fields); 4] {
    let typed = |fields: &[(&str, &str)]| {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    [
        (Provider::Github, release_workflow()),
        (
            Provider::Gitlab,
            typed(&[
                ("namespace", "northlight"),
                ("project", "schema"),
                ("workflow_filepath", ".gitlab-ci.yml"),
                ("environment", "prod"),
                ("issuer_url", "https://gitlab.com"),
            ]),
        ),
        (
            Provider::Google,
            typed(&[("email", "publisher@harbor.iam.gserviceaccount.com"), ("sub", "42")]),
        ),
        (
            Provider::Activestate,
            typed(&[
                ("organization", "Tidepool Labs"),
                ("project", "sync-build"),
                ("actor", "bob"),
            ]),
        ),
    ]
}

fn notes(verdict: &Verdict, field: &str) -> Vec<String> {
    let notes = verdict.warnings.get(field).into_iter().flatten();
    notes.map(|note| note.text.clone()).collect()
}

#[tokio::test]
async fn outer_white_space_of_every_kind_in_every_field_is_refused_or_removed_with_a_note() {
    let (_index, desk) = desk::signed_in().await;
    for (provider, right) in forms() {
        let (_, expected) = desk
            .engine
            .check_publisher(&Typed::new(PROJECT, provider, &right))
            .await
            .expect("judged");
        let expected = expected.expect("all of it is right");
        for (field, value) in &right {
            for space in WHITE_SPACE {
                for typed in [format!("{space}{value}"), format!("{value}{space}{space}")] {
                    let mut fields = right.clone();
                    fields.insert(field.clone(), typed.clone());
                    let (verdict, publisher) = desk
                        .engine
                        .check_publisher(&Typed::new(PROJECT, provider, &fields))
                        .await
                        .expect("judged");
                    let Some(publisher) = publisher else {
                        assert!(verdict.errors.contains_key(field), "{field} {typed:?} refused");
                        continue;
                    };
                    assert_eq!(publisher, expected, "{field} {typed:?} is sent without it");
                    let note = format!("Will be stored as “{value}”.");
                    assert!(
                        notes(&verdict, field).contains(&note),
                        "{field} {typed:?}: {verdict:?}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn invisible_character_that_is_no_white_space_is_kept_and_warned_of() {
    let (_index, desk) = desk::signed_in().await;
    for invisible in INVISIBLE {
        let environment = format!("{invisible}pypi");
        let typed = fields("octo-org", PROJECT, "release.yml", &environment);
        let (verdict, publisher) =
            desk.engine.check_publisher(&typed_as(&typed)).await.expect("judged");
        assert_eq!(publisher, Some(github(&environment)));
        let code_point = format!("U+{:04X}", u32::from(invisible));
        let warned = notes(&verdict, "environment").concat();
        assert!(warned.contains(&code_point), "{code_point}: {warned}");
    }
}
