//! The main job: sign in, look at the projects, trust a publisher, stop trusting it.

use secrecy::SecretString;
use trustdesk_core::sync::{Connection, SignInStep};
use trustdesk_demo_index::{DemoIndex, PASSWORD, USERNAME, current_code};
use trustdesk_domain::{ChangeState, Provider, Publisher, Typed};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::{START_MS, Time};

const USER: &str = "GET /_includes/authed/current-user-indicator/ 200";
const LIST: &str = "GET /manage/project/sampleproject/settings/publishing/ 200";
const MESSAGES: &str = "GET /_includes/unauthed/flash-messages/ 200";
const CHANGE: &str = "POST /manage/project/sampleproject/settings/publishing/ 303";

/// What was asked since so many requests, one line each.
fn asked_since(index: &DemoIndex, earlier: usize) -> Vec<String> {
    let requests = index.requests().into_iter().skip(earlier);
    requests.map(|line| format!("{} {} {}", line.method, line.path, line.status)).collect()
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_code_are_told_in_the_indexs_words() {
    let time = Time::at(START_MS);
    let index = desk::start_index(&time, None).await;
    let desk = Desk::at(&index.origin(), &time).await;
    let sign_in = async |username: &str, password: &str| {
        let step = desk.engine.sign_in(username, &SecretString::from(password)).await;
        step.expect("the index answers")
    };
    let with_code = async |code: String| {
        let step = desk.engine.sign_in_with_code(&SecretString::from(code), false).await;
        step.expect("the index answers")
    };

    let SignInStep::UsernameRefused(words) = sign_in("nobody", PASSWORD).await else {
        panic!("the name is unknown")
    };
    assert_eq!(words, ["No user found with that username"]);
    let SignInStep::PasswordRefused(words) = sign_in(USERNAME, "not-the-password").await else {
        panic!("the password is wrong")
    };
    assert_eq!(words, ["The password is invalid. Try again."]);
    let step = with_code(current_code(START_MS).code).await;
    assert!(
        matches!(step, SignInStep::StartAgain(_)),
        "a code without a password is worth nothing"
    );

    assert!(matches!(sign_in(USERNAME, PASSWORD).await, SignInStep::SecondFactor(_)));
    let SignInStep::CodeRefused(words) = with_code("000000".to_owned()).await else {
        panic!("the code is wrong")
    };
    assert_eq!(words, ["Invalid TOTP code."]);
    assert!(desk.engine.account().await.is_err(), "nobody is signed in before the right code");
    let step = with_code(current_code(START_MS).code).await;
    assert!(matches!(step, SignInStep::SignedIn(..)), "a wrong code does not end the sign-in");
    assert_eq!(desk.engine.account().await.expect("signed in").username, USERNAME);
    assert_eq!(desk.connection().await, Connection::Online);
}

#[tokio::test]
async fn a_publisher_is_added_listed_and_removed() {
    let (index, desk) = desk::signed_in().await;
    let store = desk.engine.store();
    let projects = store.projects(desk.account().await).await.expect("reads");
    let project = projects.iter().find(|project| project.project.name == PROJECT).expect("listed");
    assert_eq!(project.publishers, None, "not read yet is not the same as none");

    desk.engine.refresh_publishing(PROJECT).await.expect("the page is read");
    assert_eq!(desk.listed(PROJECT).await, [], "a fresh index trusts nobody here");

    let typed = fields("octo-org", PROJECT, "release.yaml.txt", "");
    let checked = desk.engine.check_publisher(&Typed::new(PROJECT, Provider::Github, &typed)).await;
    let (verdict, publisher) = checked.expect("judged");
    assert_eq!(
        verdict.errors["workflow_filename"][0].text,
        "Workflow name must end with .yml or .yaml"
    );
    assert_eq!(publisher, None);

    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    assert_eq!(add.state, ChangeState::Waiting);
    let before = index.requests().len();
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(asked_since(&index, before), [USER, LIST, MESSAGES, CHANGE, LIST]);
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    let listed = desk.listed(PROJECT).await;
    assert_eq!(listed, index.publishers(PROJECT), "the cache shows what the index lists, at once");
    let Publisher::Github(github) = &listed[0].publisher else { panic!("GitHub") };
    assert_eq!((github.owner.as_str(), github.environment.as_deref()), ("octo-org", Some("pypi")));

    let remove = desk.engine.queue_remove(PROJECT, &listed[0].id).await.expect("queued");
    let before = index.requests().len();
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(asked_since(&index, before), [USER, LIST, MESSAGES, CHANGE, LIST]);
    assert_eq!(desk.state(&remove.id).await, ChangeState::Done);
    assert_eq!(desk.listed(PROJECT).await, []);
    assert_eq!(index.publishers(PROJECT), []);
}

#[tokio::test]
async fn a_batch_reads_the_list_twice_and_the_messages_once_however_large_it_is() {
    let (index, desk) = desk::signed_in().await;
    for number in 1..=3 {
        let workflow = format!("release-{number}.yml");
        desk.queue_add(PROJECT, &fields("octo-org", PROJECT, &workflow, "")).await;
    }
    let before = index.requests().len();
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(asked_since(&index, before), [USER, LIST, MESSAGES, CHANGE, CHANGE, CHANGE, LIST]);
    let workflows: Vec<String> =
        index.publishers(PROJECT).iter().map(|listed| listed.publisher.subject()).collect();
    assert_eq!(
        workflows,
        [1, 2, 3].map(|number| format!("release-{number}.yml in octo-org/sampleproject")),
        "they are sent in the order in which they were confirmed"
    );
}

#[tokio::test]
async fn a_sync_with_nothing_to_send_only_reads_the_list() {
    let (index, desk) = desk::signed_in().await;
    let before = index.requests().len();
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(asked_since(&index, before), [USER, LIST]);
}

#[tokio::test]
async fn every_collaborator_gets_one_mail_a_change() {
    let (index, desk) = desk::signed_in().await;
    let project = "inkwell-templates";
    desk.queue_add(project, &release_workflow()).await;
    desk.engine.sync_project(project).await.expect("sent");
    let listed = desk.listed(project).await;
    let added = listed.iter().find(|one| one.publisher.subject().contains(PROJECT));
    desk.engine.queue_remove(project, &added.expect("listed").id).await.expect("queued");
    desk.engine.sync_project(project).await.expect("sent");

    let mails = index.mails();
    let subjects = ["demo", "jonas"].map(|owner| {
        let of_owner = mails.iter().filter(|(to, _)| to == owner);
        of_owner.map(|(_, subject)| subject.as_str()).collect::<Vec<_>>()
    });
    let expected = vec![
        "[PyPI] Trusted publisher added to inkwell-templates",
        "[PyPI] Trusted publisher removed from inkwell-templates",
    ];
    assert_eq!(subjects, [expected.clone(), expected], "a change that is sent twice mails twice");
    assert_eq!(mails.len(), 4);
}

#[tokio::test]
async fn a_form_that_does_not_stand_is_never_kept_nor_sent() {
    let (index, desk) = desk::signed_in().await;
    let typed = fields("octo org", "", "release.yml", "");
    let queued = desk
        .engine
        .queue_add(&Typed::new(PROJECT, Provider::Github, &typed), None)
        .await
        .expect("judged");
    assert!(
        matches!(&queued, trustdesk_core::sync::Queued::Invalid(verdict)
            if verdict.errors.keys().eq(["owner", "repository"])),
        "{queued:?}"
    );
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(desk::posts(&index), 0, "a failed form counts against the index's daily limit");
}

#[tokio::test]
async fn adding_one_publisher_does_not_send_what_was_confirmed_at_another_time() {
    let (index, desk) = desk::signed_in().await;
    let earlier = desk.queue_add(PROJECT, &fields("octocat", PROJECT, "release.yml", "")).await;
    let now = desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_change(PROJECT, &now.id).await.expect("sent");
    assert_eq!(desk.state(&now.id).await, ChangeState::Done);
    assert_eq!(desk.state(&earlier.id).await, ChangeState::Waiting, "nobody asked for it now");
    assert_eq!(desk::posts(&index), 1);
}
