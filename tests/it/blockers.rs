//! What an index announces before anything is sent: read-only mode, and trusted publishing that is
//! switched off. Nothing is sent then, and what is queued stays queued.

use trustdesk_core::sync::Connection;
use trustdesk_domain::ChangeState;
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;

#[tokio::test]
async fn read_only_mode_is_seen_before_anything_is_sent() {
    let (index, desk) = desk::signed_in().await;
    let row = listed(&desk).await;
    let removal = desk.engine.queue_remove(PROJECT, &row).await.expect("queued");
    let add = desk.queue_add(PROJECT, &desk::fields("octocat", PROJECT, "b.yml", "")).await;
    let posts = desk::posts(&index);
    index.set_read_only(true);
    desk.engine.refresh_publishing(PROJECT).await.expect("it can still be read");
    let ended = desk.engine.sync_project(PROJECT).await;
    assert_eq!(desk::posts(&index), posts, "the banner stood on the page: {ended:?}");
    let error = ended.expect_err("nothing can be changed now");
    assert!(error.to_string().contains("read-only"), "{error}");
    for change in [&removal, &add] {
        assert_eq!(desk.state(&change.id).await, ChangeState::Waiting);
    }
    let connection = serde_json::to_value(desk.connection().await).expect("serializes");
    assert_eq!(connection["state"], "read_only");

    index.set_read_only(false);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    for change in [&removal, &add] {
        assert_eq!(desk.state(&change.id).await, ChangeState::Done);
    }
    assert_eq!(desk.connection().await, Connection::Online);
}

#[tokio::test]
async fn trusted_publishing_that_is_off_is_seen_before_a_removal_is_sent() {
    let (index, desk) = desk::signed_in().await;
    let row = listed(&desk).await;
    let removal = desk.engine.queue_remove(PROJECT, &row).await.expect("queued");
    let add = desk.queue_add(PROJECT, &desk::fields("octocat", PROJECT, "b.yml", "")).await;
    let posts = desk::posts(&index);
    index.set_publishing_disabled(true);
    let ended = desk.engine.sync_project(PROJECT).await;
    assert_eq!(desk::posts(&index), posts, "page and message told of it: {ended:?}");
    let error = ended.expect_err("nothing can be changed now");
    assert!(error.to_string().contains("temporarily disabled"), "{error}");
    for change in [&removal, &add] {
        assert_eq!(desk.state(&change.id).await, ChangeState::Waiting);
    }
    let connection = serde_json::to_value(desk.connection().await).expect("serializes");
    assert_eq!(connection["state"], "publishing_disabled");

    index.set_publishing_disabled(false);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    for change in [&removal, &add] {
        assert_eq!(desk.state(&change.id).await, ChangeState::Done);
    }
}

#[tokio::test]
async fn trusted_publishing_that_is_off_is_said_to_an_add_alone_too() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    index.set_publishing_disabled(true);
    let ended = desk.engine.sync_project(PROJECT).await;
    let error = ended.expect_err("it is not sent, and that has a reason");
    assert!(error.to_string().contains("temporarily disabled"), "{error}");
    assert_eq!((desk.state(&add.id).await, desk::posts(&index)), (ChangeState::Waiting, 0));
}

#[tokio::test]
async fn missing_forms_alone_do_not_keep_a_removal_back() {
    let (index, desk) = desk::signed_in().await;
    let row = listed(&desk).await;
    let removal = desk.engine.queue_remove(PROJECT, &row).await.expect("queued");
    for provider in trustdesk_domain::Provider::ALL {
        index.set_provider_disabled(provider, true);
    }
    desk.engine.sync_project(PROJECT).await.expect("each provider is off, removals work");
    assert_eq!(desk.state(&removal.id).await, ChangeState::Done);
}

#[tokio::test]
async fn trusted_publishing_that_is_off_stays_said_until_a_page_has_its_forms_again() {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    index.set_publishing_disabled(true);
    desk.engine.sync_project(PROJECT).await.expect_err("it is off");
    desk.engine.refresh_projects().await.expect("this list can be read");
    assert_eq!(desk.connection().await, Connection::PublishingDisabled, "a list was read");
    desk.engine.refresh_connection().await.expect("the index answers");
    assert_eq!(desk.connection().await, Connection::PublishingDisabled, "whose session it is");
    desk.engine.refresh_publishing(PROJECT).await.expect("publishers can still be read");
    assert_eq!(desk.connection().await, Connection::PublishingDisabled, "a page without forms");

    index.set_publishing_disabled(false);
    desk.engine.refresh_connection().await.expect("the index answers");
    assert_eq!(desk.connection().await, Connection::Online, "a page has its forms");
}

#[tokio::test]
async fn closed_projects_do_not_hide_that_trusted_publishing_is_on_again() {
    let (index, desk) = desk::signed_in().await;
    let projects = desk.engine.store().projects(desk.account().await).await.expect("read");
    let managed = projects.into_iter().filter(|cached| cached.project.can_manage);
    let names: Vec<String> = managed.map(|cached| cached.project.normalized_name).collect();
    for project in &names[..3] {
        let add = desk.queue_add(project, &release_workflow()).await;
        index.quarantine(project);
        desk.engine.refresh_publishing(project).await.expect_err("it is closed");
        assert_eq!(desk.state(&add.id).await, ChangeState::Rejected);
    }
    index.set_publishing_disabled(true);
    let add = desk.queue_add(&names[3], &release_workflow()).await;
    desk.engine.sync_project(&names[3]).await.expect_err("it is off");
    assert_eq!(desk.connection().await, Connection::PublishingDisabled);
    desk.engine.discard_change(&add.id).await.expect("discarded");

    index.set_publishing_disabled(false);
    desk.engine.refresh_connection().await.expect("the index answers");
    assert_eq!(desk.connection().await, Connection::Online, "a page has its forms");
}

#[tokio::test]
async fn trusted_publishing_is_on_where_the_page_says_nothing_else_without_any_form() {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    index.set_publishing_disabled(true);
    desk.engine.sync_project(PROJECT).await.expect_err("it is off");
    index.set_publishing_disabled(false);
    for provider in trustdesk_domain::Provider::ALL {
        index.set_provider_disabled(provider, true);
    }
    desk.engine.sync_project(PROJECT).await.expect("held back by its provider");
    assert_eq!(desk.connection().await, Connection::Online, "each provider is off by itself");
}

/// The row of a publisher that is listed.
async fn listed(desk: &Desk) -> trustdesk_domain::PublisherId {
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    desk.listed(PROJECT).await[0].id.clone()
}
