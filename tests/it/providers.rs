//! What each provider's form brings, from the typed text to the index's own list.

use trustdesk_core::sync::Queued;
use trustdesk_domain::{
    ChangeState, Fields, GitlabInstances, InPlaceOf, Provider, Publisher, Typed, check,
};
use trustdesk_tests::desk::{self, Desk, PROJECT};
use trustdesk_tests::proxy::Place;
use trustdesk_tests::sends::ReviewAndSend as _;

/// A project of an organization that has a GitLab instance of its own.
const OF_ORGANIZATION: &str = "northlight-schema";

fn typed(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn pipeline(issuer_url: &str) -> Fields {
    typed(&[
        ("namespace", "northlight/tools"),
        ("project", "schema"),
        ("workflow_filepath", ".gitlab-ci.yml"),
        ("environment", "Release"),
        ("issuer_url", issuer_url),
    ])
}

fn builds(actor: &str) -> Fields {
    typed(&[("organization", "Tidepool Labs"), ("project", "sync-build"), ("actor", actor)])
}

async fn errors(desk: &Desk, project: &str, provider: Provider, fields: &Fields) -> Vec<String> {
    let checked = desk.engine.check_publisher(&Typed::new(project, provider, fields)).await;
    let errors = checked.expect("judged").0.errors.into_values().flatten();
    errors.map(|message| message.text).collect()
}

#[tokio::test]
async fn a_publisher_of_every_provider_is_added_listed_and_removed() {
    let (index, desk) = desk::signed_in().await;
    let account = typed(&[("email", "publisher@harbor.iam.gserviceaccount.com"), ("sub", " 42\n")]);
    let forms = [
        (Provider::Gitlab, pipeline("https://gitlab.com"), ", environment Release"),
        (Provider::Google, account, ", subject 42"),
        (Provider::Activestate, builds("bob"), "bob in Tidepool Labs/sync-build"),
    ];
    for (provider, fields, line) in &forms {
        let add = desk.queue_add_of(*provider, PROJECT, fields).await;
        desk.engine.sync_project(PROJECT).await.expect("sent");
        assert_eq!(desk.state(&add.id).await, ChangeState::Done, "{provider:?}");
        let listed = desk.listed(PROJECT).await;
        assert_eq!(listed, index.publishers(PROJECT), "the cache shows the index's list");
        let newest = listed.iter().find(|one| one.publisher.provider() == Some(*provider));
        let newest = newest.expect("listed").publisher.line();
        assert!(newest.ends_with(line), "{newest}: what was judged is what is listed");

        let again = desk
            .engine
            .queue_add(&Typed::new(PROJECT, *provider, fields), None)
            .await
            .expect("decided");
        assert!(matches!(again, Queued::AlreadyListed), "{provider:?}: sent once, ever");
    }
    for listed in desk.listed(PROJECT).await {
        desk.engine.queue_remove(PROJECT, &listed.id).await.expect("queued");
    }
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(index.publishers(PROJECT), []);
}

#[tokio::test]
async fn only_the_gitlab_instances_that_the_page_offered_can_be_chosen_also_offline() {
    let (index, desk) = desk::signed_in().await;
    let own = pipeline("https://gitlab.northlight.example");
    let refused = ["Not a valid choice."];
    let judged = errors(&desk, OF_ORGANIZATION, Provider::Gitlab, &own).await;
    assert_eq!(judged, refused, "before the page was read only gitlab.com is known");

    desk.engine.refresh_publishing(OF_ORGANIZATION).await.expect("read");
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    index.stop().await;
    let judged = errors(&desk, OF_ORGANIZATION, Provider::Gitlab, &own).await;
    assert_eq!(judged, Vec::<String>::new(), "the choices are kept with the page");
    let judged = errors(&desk, PROJECT, Provider::Gitlab, &own).await;
    assert_eq!(judged, refused, "they are the organization's, not everybody's");
}

#[tokio::test]
async fn what_only_the_provider_knows_is_said_under_the_field() {
    let (_index, desk) = desk::signed_in().await;
    let add = desk.queue_add_of(Provider::Activestate, PROJECT, &builds("nobody")).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let change = desk.change(&add.id).await;
    assert_eq!(change.state, ChangeState::Rejected);
    assert_eq!(change.reasons.fields["actor"], ["ActiveState actor not found"]);
}

#[tokio::test]
async fn an_actor_that_the_index_knows_under_an_older_name_is_done_under_that_name() {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add_of(Provider::Activestate, "harbor-sync", &builds("mara")).await;
    desk.engine.sync_project("harbor-sync").await.expect("sent");

    let add = desk.queue_add_of(Provider::Activestate, PROJECT, &builds("mara-lind")).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let listed = index.publishers(PROJECT);
    let Publisher::Activestate(found) = &listed[0].publisher else { panic!("ActiveState") };
    assert_eq!(found.actor, "mara", "the index keeps the name that it stored first");
    let change = desk.change(&add.id).await;
    assert_eq!(change.state, ChangeState::Done, "the row that came with the request is proof");
    assert_eq!(change.intent.row(), Some(&listed[0].id), "and is shown as its row");
}

#[tokio::test]
async fn a_refused_actor_is_not_taken_for_one_that_somebody_else_added_meanwhile() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add_of(Provider::Activestate, PROJECT, &builds("nobody")).await;
    let (_, bobs) = check(Provider::Activestate, &builds("bob"), &GitlabInstances::gitlab_com());
    let bobs = bobs.expect("valid");
    let synced = desk.sync_while(&index, Place::BeforeTheIndex, || {
        index.add_publisher_behind(PROJECT, bobs);
    });
    synced.await.expect("a refusal is no error");
    assert_eq!(index.publishers(PROJECT).len(), 1);
    assert_eq!(desk.state(&add.id).await, ChangeState::Rejected, "the new row is another's");
}

#[tokio::test]
async fn a_provider_that_the_index_switched_off_keeps_its_changes_waiting() {
    let (index, desk) = desk::signed_in().await;
    index.set_provider_disabled(Provider::Gitlab, true);
    let fields = pipeline("https://gitlab.com");
    let add = desk.queue_add_of(Provider::Gitlab, PROJECT, &fields).await;
    desk.engine.sync_project(PROJECT).await.expect("the page is read");
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting);
    assert_eq!(desk::posts(&index), 0, "nothing is sent that cannot be taken");
    let providers = desk.cached(PROJECT).await.page.providers;
    assert!(!providers.contains(&Provider::Gitlab) && providers.contains(&Provider::Google));

    index.set_provider_disabled(Provider::Gitlab, false);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
}

#[tokio::test]
async fn a_provider_switched_off_between_reading_and_sending_is_refused_in_the_indexs_words() {
    let (index, desk) = desk::signed_in().await;
    let fields = pipeline("https://gitlab.com");
    let add = desk.queue_add_of(Provider::Gitlab, PROJECT, &fields).await;
    let off = || index.set_provider_disabled(Provider::Gitlab, true);
    desk.sync_while(&index, Place::BeforeTheAnswer, off).await.expect("sent");
    let change = desk.change(&add.id).await;
    assert_eq!(change.state, ChangeState::Rejected);
    let said = change.reasons.messages.concat();
    assert!(said.contains("GitLab-based trusted publishing is temporarily disabled"), "{said}");
}

#[tokio::test]
async fn the_form_warns_of_what_waits_as_of_what_is_listed() {
    let (_index, desk) = desk::signed_in().await;
    let bobs = builds("bob");
    let warned = async || {
        let checked =
            desk.engine.check_publisher(&Typed::new(PROJECT, Provider::Activestate, &bobs)).await;
        let mut warnings = checked.expect("judged").0.warnings.into_values().flatten();
        warnings.any(|warning| warning.key == "publisher.already_there")
    };
    assert!(!warned().await, "nobody knows of it yet");
    desk.queue_add_of(Provider::Activestate, PROJECT, &bobs).await;
    assert!(warned().await, "it waits");
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert!(warned().await, "it is listed");
}

#[tokio::test]
async fn change_that_is_edited_or_was_refused_is_not_said_to_be_there_already() {
    let (_index, desk) = desk::signed_in().await;
    let typed = Typed::new(PROJECT, Provider::Activestate, &builds("nobody"));
    let refused = desk.queue_typed(&typed).await;
    let edited = Typed {
        in_place_of: InPlaceOf { publisher: None, change: Some(refused.id.clone()) },
        ..typed.clone()
    };
    let is_there = async |typed: &Typed| {
        let (verdict, _) = desk.engine.check_publisher(typed).await.expect("judged");
        verdict.warnings.values().flatten().any(|it| it.key == "publisher.already_there")
    };
    assert!(is_there(&typed).await, "it waits");
    assert!(!is_there(&edited).await, "the change that is given up for this one");

    desk.engine.sync_project(PROJECT).await.expect("answered");
    assert_eq!(desk.state(&refused.id).await, ChangeState::Rejected);
    assert!(!is_there(&edited).await);
    assert!(!is_there(&typed).await, "a refused one adds nothing");
    let queued = desk.engine.queue_add(&edited, None).await.expect("decided");
    assert!(matches!(queued, Queued::Queued(..)), "as the form said: {queued:?}");
    assert_eq!(desk.state(&refused.id).await, ChangeState::Discarded);
}
