//! The index's table of GitLab publishers leaves the instance out of its key: the same pipeline on a
//! second instance is a server error for ever, whichever project it is for. It is never sent.

use trustdesk_core::store::NewAdd;
use trustdesk_core::sync::Queued;
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{
    ChangeState, Fields, GitlabInstances, InPlaceOf, Provider, Publisher, PublisherId, Typed, check,
};
use trustdesk_tests::desk::{self, Desk, PROJECT, posts};
use trustdesk_tests::sends::ReviewAndSend as _;

/// A project of an organization that has a GitLab instance of its own.
const OF_ORGANIZATION: &str = "northlight-schema";
const COMMON: &str = "https://gitlab.com";
const OWN: &str = "https://gitlab.northlight.example";

fn pipeline(issuer_url: &str) -> Fields {
    let typed = [
        ("namespace", "northlight/tools"),
        ("project", "schema"),
        ("workflow_filepath", ".gitlab-ci.yml"),
        ("environment", "release"),
        ("issuer_url", issuer_url),
    ];
    typed.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn publisher(issuer_url: &str) -> Publisher {
    let instances = GitlabInstances::AnyHttps;
    check(Provider::Gitlab, &pipeline(issuer_url), &instances).1.expect("valid")
}

fn typed(project: &str, issuer_url: &str) -> Typed {
    Typed::new(project, Provider::Gitlab, &pipeline(issuer_url))
}

/// A desk that has read both projects.
async fn read() -> (DemoIndex, Desk) {
    let (index, desk) = desk::signed_in().await;
    desk.engine.refresh_publishing(OF_ORGANIZATION).await.expect("read");
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    (index, desk)
}

/// The row of the pipeline on the common instance.
async fn row_of(desk: &Desk, project: &str) -> PublisherId {
    let listed = desk.listed(project).await.into_iter();
    let mut rows = listed.filter(|listed| listed.publisher == publisher(COMMON));
    rows.next().expect("listed").id
}

/// What is said against adding the pipeline on its own instance; nothing was kept.
async fn refusal(desk: &Desk, in_place_of: InPlaceOf) -> String {
    let typed = Typed { in_place_of, ..typed(OF_ORGANIZATION, OWN) };
    let (verdict, publisher) = desk.engine.check_publisher(&typed).await.expect("judged");
    assert_eq!(publisher, None, "the form does not offer what cannot be stored");
    let before = desk.engine.store().open_changes(desk.account().await).await.expect("read");
    let queued = desk.engine.queue_add(&typed, None).await.expect("decided");
    assert!(matches!(&queued, Queued::Invalid(same) if *same == verdict), "{queued:?}");
    let after = desk.engine.store().open_changes(desk.account().await).await.expect("read");
    assert_eq!(before, after);
    verdict.errors.into_values().flatten().map(|message| message.text).collect()
}

#[tokio::test]
async fn pipeline_on_a_second_instance_is_refused_with_the_way_out() {
    for project in [OF_ORGANIZATION, PROJECT] {
        let (index, desk) = read().await;
        let add = desk.queue_typed(&typed(project, COMMON)).await;
        let said = refusal(&desk, InPlaceOf::default()).await;
        assert!(said.starts_with("A queued change adds"), "{said}");
        assert!(said.ends_with("Discard that change first, then add this one."), "{said}");

        desk.engine.sync_project(project).await.expect("sent");
        assert_eq!(desk.state(&add.id).await, ChangeState::Done);
        let said = refusal(&desk, InPlaceOf::default()).await;
        let begins = format!(
            "{project} already lists .gitlab-ci.yml in northlight/tools/schema, environment \
             release, on {COMMON}."
        );
        assert!(said.starts_with(&begins), "{said}");
        assert!(said.ends_with("Remove that publisher first, then add this one."), "{said}");

        let row = row_of(&desk, project).await;
        let replacing = InPlaceOf { publisher: Some(row.clone()), change: None };
        refusal(&desk, replacing).await;
        desk.engine.queue_remove(project, &row).await.expect("queued");
        refusal(&desk, InPlaceOf::default()).await;
        desk.engine.sync_project(project).await.expect("sent");
        let add = desk.queue_typed(&typed(OF_ORGANIZATION, OWN)).await;
        desk.engine.sync_project(OF_ORGANIZATION).await.expect("sent");
        assert_eq!(desk.state(&add.id).await, ChangeState::Done, "once the other one is gone");
        let listed = index.publishers(OF_ORGANIZATION);
        assert!(listed.iter().any(|it| it.publisher == publisher(OWN)));
    }
}

#[tokio::test]
async fn pipeline_that_was_queued_before_the_other_was_known_is_not_sent() {
    let (index, desk) = read().await;
    let add = desk.queue_typed(&typed(OF_ORGANIZATION, OWN)).await;
    index.add_publisher_behind(PROJECT, publisher(COMMON));
    desk.engine.refresh_publishing(PROJECT).await.expect("read");

    desk.engine.sync_project(OF_ORGANIZATION).await.expect("read");
    assert_eq!(posts(&index), 0, "the index would answer with a server error, every time");
    let stopped = desk.change(&add.id).await;
    assert_eq!(stopped.state, ChangeState::NeedsYou);
    let said = stopped.reasons.messages.concat();
    assert!(said.starts_with("sampleproject already lists"), "{said}");

    assert!(desk.engine.retry_change(&add.id).await.expect("decided"));
    desk.engine.sync_project(OF_ORGANIZATION).await.expect("read");
    assert_eq!((posts(&index), desk.state(&add.id).await), (0, ChangeState::NeedsYou));

    let row = row_of(&desk, PROJECT).await;
    desk.engine.queue_remove(PROJECT, &row).await.expect("queued");
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert!(desk.engine.retry_change(&add.id).await.expect("decided"));
    desk.engine.sync_project(OF_ORGANIZATION).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
}

#[tokio::test]
async fn older_of_two_queued_instances_of_a_pipeline_is_the_one_that_is_sent() {
    let (index, desk) = read().await;
    let mut ids = Vec::new();
    for issuer_url in [OWN, COMMON] {
        // As a version of the program kept both that did not know the rule.
        let publisher = publisher(issuer_url);
        let add = NewAdd::of(OF_ORGANIZATION, &publisher);
        let (account, now_ms) = (desk.account().await, desk.time.now_ms());
        let kept = desk.engine.store().queue_add(account, &add, now_ms).await;
        ids.push(kept.expect("kept").0.id);
    }
    desk.engine.sync_project(OF_ORGANIZATION).await.expect("sent");
    assert_eq!(posts(&index), 1);
    assert_eq!(desk.state(&ids[0]).await, ChangeState::Done);
    assert_eq!(desk.state(&ids[1]).await, ChangeState::NeedsYou);
}

#[tokio::test]
async fn pipeline_that_differs_in_more_than_its_instance_is_another() {
    let (index, desk) = read().await;
    index.add_publisher_behind(PROJECT, publisher(COMMON));
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    for (field, value) in [
        ("namespace", "Northlight/tools"),
        ("project", "schemas"),
        ("workflow_filepath", "ci.yml"),
        ("environment", ""),
    ] {
        let mut typed = typed(OF_ORGANIZATION, OWN);
        typed.fields.insert(field.to_owned(), value.to_owned());
        let add = desk.queue_typed(&typed).await;
        desk.engine.sync_project(OF_ORGANIZATION).await.expect("sent");
        assert_eq!(desk.state(&add.id).await, ChangeState::Done, "{field}");
    }
}
