//! Every form that the core posts carries the field names that a browser's carried when the same form
//! was recorded: not one more, not one less.

use secrecy::SecretString;
use trustdesk_core::sync::{PasswordConfirmed, SignInStep};
use trustdesk_demo_index::{DemoIndex, PASSWORD, RECOVERY_CODES, USERNAME, current_code};
use trustdesk_domain::{Fields, Provider};
use trustdesk_tests::desk::{self, Desk, PROJECT};
use trustdesk_tests::recordings;
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::{CODE_STEP_MS, START_MS, Time};

use super::number;

/// The recordings of the forms that the journey below posts, in its order.
const RECORDED: [u32; 11] = [132, 128, 485, 310, 313, 316, 319, 489, 135, 132, 142];

/// A confirmation of the password, the four adds, a removal, and signing out and in around them.
async fn journey(index: &DemoIndex, desk: &Desk) {
    let password = SecretString::from(PASSWORD);
    desk.engine.sign_in(USERNAME, &password).await.expect("the index answers");
    let code = SecretString::from(current_code(desk.time.now_ms()).code);
    let step = desk.engine.sign_in_with_code(&code, true).await.expect("the index answers");
    assert!(matches!(step, SignInStep::SignedIn(..)), "{step:?}");
    desk.time.pass(CODE_STEP_MS);
    index.make_reauth_needed();
    let confirmed = desk.engine.confirm_password(&password).await.expect("the index answers");
    assert_eq!(confirmed, PasswordConfirmed::Yes);
    desk.engine.refresh_projects().await.expect("the projects are read");

    for listed in index.publishers(PROJECT) {
        index.remove_publisher_behind(PROJECT, &listed.id);
    }
    for (provider, fields) in typed() {
        desk.queue_add_of(provider, PROJECT, &fields).await;
        desk.engine.sync_project(PROJECT).await.expect("sent");
    }
    let listed = desk.listed(PROJECT).await;
    assert_eq!(listed.len(), 4, "one of every provider");
    desk.engine.queue_remove(PROJECT, &listed[0].id).await.expect("queued");
    desk.engine.sync_project(PROJECT).await.expect("sent");
    desk.engine.sign_out().await.expect("signed out");

    desk.engine.sign_in(USERNAME, &password).await.expect("the index answers");
    let code = SecretString::from(RECOVERY_CODES[0]);
    let step = desk.engine.sign_in_with_recovery_code(&code).await.expect("the index answers");
    assert!(matches!(step, SignInStep::SignedIn(..)), "{step:?}");
}

fn typed() -> [(Provider, Fields); 4] {
    let fields = |typed: &[(&str, &str)]| {
        typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let pipeline = [
        ("namespace", "northlight"),
        ("project", "schema"),
        ("workflow_filepath", ".gitlab-ci.yml"),
        ("issuer_url", "https://gitlab.com"),
    ];
    let builds = [("organization", "Tidepool Labs"), ("project", "sync-build"), ("actor", "bob")];
    [
        (Provider::Github, desk::release_workflow()),
        (Provider::Gitlab, fields(&pipeline)),
        (Provider::Google, fields(&[("email", "publisher@harbor.iam.gserviceaccount.com")])),
        (Provider::Activestate, fields(&builds)),
    ]
}

/// The path without what differs from session to session and project to project, and the names without
/// their order, which no form cares about.
fn form(path: &str, fields: &[String]) -> (String, Vec<String>) {
    let path = path.split('?').next().unwrap_or_default();
    let path = if path.starts_with("/manage/project/") { "/settings/publishing/" } else { path };
    let mut names = fields.to_vec();
    names.sort();
    (path.to_owned(), names)
}

#[tokio::test]
async fn each_form_has_the_field_names_that_were_recorded_for_it() {
    let Some(all) = recordings::all() else { return };
    let recorded: Vec<_> = RECORDED
        .iter()
        .map(|wanted| number(&all, *wanted))
        .map(|one| form(&one.path, &one.fields))
        .collect();

    let time = Time::at(START_MS);
    let index = desk::start_index(&time, None).await;
    let desk = Desk::at(&index.origin(), &time).await;
    journey(&index, &desk).await;
    let posted: Vec<_> = index
        .requests()
        .into_iter()
        .filter(|line| line.method == "POST")
        .map(|line| form(&line.path, &line.fields))
        .collect();
    assert_eq!(
        posted, recorded,
        "a form that differs is not the one that Warehouse was seen to take"
    );
}
