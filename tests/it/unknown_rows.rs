//! Rows that this version does not know in full: shown with every label and value, kept, compared by
//! their full text, removable, and never taken for a publisher that is known.

use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{ChangeState, Detail, Publisher};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;

/// A publisher of a provider that came after this version, with so many labelled values.
fn circleci(lines: usize, context: &str) -> Publisher {
    let values = [
        ("Organization ID", Some("3f1c")),
        ("Context", Some(context)),
        ("Project ID", Some("88a0")),
        ("Pipeline definition ID", Some("d1\u{a0}")),
        ("VCS ref", None),
        ("VCS origin", Some(" github.com/octo-org/demo ")),
    ];
    row("CircleCI", &values[..lines])
}

/// GitHub's row of the release workflow with a line more, which may limit it.
fn with_reusable_workflow() -> Publisher {
    let values = [
        ("Repository", Some("octo-org/sampleproject")),
        ("Workflow", Some("release.yml")),
        ("Environment name", Some("pypi")),
        ("Reusable workflow", Some("octo-org/shared/.github/workflows/publish.yml")),
    ];
    row("GitHub", &values)
}

/// GitHub's row of the release workflow without the line of its environment.
fn without_environment_line() -> Publisher {
    let values =
        [("Repository", Some("octo-org/sampleproject")), ("Workflow", Some("release.yml"))];
    row("GitHub", &values)
}

fn row(name: &str, lines: &[(&str, Option<&str>)]) -> Publisher {
    let details = lines.iter().map(|(label, value)| Detail::new(label, *value)).collect();
    Publisher::Other { name: name.to_owned(), details }
}

/// A desk that has read an index which lists these.
async fn listing(publishers: &[Publisher]) -> (DemoIndex, Desk) {
    let (index, desk) = desk::signed_in().await;
    for publisher in publishers {
        index.add_publisher_behind(PROJECT, publisher.clone());
    }
    desk.engine.refresh_publishing(PROJECT).await.expect("an unknown row hides no other");
    (index, desk)
}

#[tokio::test]
async fn unknown_row_is_kept_with_every_label_and_value() {
    let mut rows: Vec<Publisher> = (2..=6).map(|lines| circleci(lines, "release")).collect();
    rows.extend([with_reusable_workflow(), without_environment_line(), row("Lighthouse CI", &[])]);
    let (index, desk) = listing(&rows).await;
    let listed = index.publishers(PROJECT);
    assert_eq!(listed.len(), rows.len());
    assert_eq!(desk.listed(PROJECT).await, listed, "shown as the index says it");

    let desk = desk.restart().await;
    desk.choose(&index.origin()).await;
    assert_eq!(desk.listed(PROJECT).await, listed, "and kept so");
}

#[tokio::test]
async fn unknown_row_is_removed_alone_though_another_differs_in_one_value() {
    let (one, other) = (circleci(3, "release"), circleci(3, "Release"));
    let (index, desk) = listing(&[one.clone(), other.clone()]).await;
    assert_ne!(one.identity(), other.identity());
    let listed = desk.listed(PROJECT).await;
    let removal = desk.engine.queue_remove(PROJECT, &listed[0].id).await.expect("queued");
    let desk = desk.restart().await;
    desk.choose(&index.origin()).await;
    assert_eq!(
        desk.change(&removal.id).await.intent.publisher(),
        &one,
        "what is removed is kept in full"
    );
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&removal.id).await, ChangeState::Done);
    let left: Vec<Publisher> =
        desk.listed(PROJECT).await.into_iter().map(|it| it.publisher).collect();
    assert_eq!(left, [other]);
}

#[tokio::test]
async fn row_with_a_line_more_or_less_proves_no_add_and_hides_none() {
    for unknown in [with_reusable_workflow(), without_environment_line()] {
        let (index, desk) = listing(std::slice::from_ref(&unknown)).await;
        let add = desk.queue_add(PROJECT, &release_workflow()).await;
        assert_ne!(add.intent.publisher().identity(), unknown.identity());
        desk.engine.sync_project(PROJECT).await.expect("sent");
        assert_eq!(desk::posts(&index), 1, "the row is not what was asked for");
        let add = desk.change(&add.id).await;
        assert_eq!(add.state, ChangeState::Done, "{:?}", add.reasons);
        assert_eq!(desk.listed(PROJECT).await.len(), 2);
    }
}

#[tokio::test]
async fn unknown_row_that_others_added_is_told_of_in_full() {
    let (index, desk) = desk::signed_in().await;
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    let add = desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "a.yml", "")).await;
    index.add_publisher_behind(PROJECT, circleci(2, "release"));
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    let change = desk.change(&add.id).await;
    let conflict = desk.engine.conflict(&change).await.expect("read").expect("others changed it");
    let lines: Vec<String> = conflict.added.iter().map(|it| it.publisher.line()).collect();
    assert_eq!(lines, ["Organization ID: 3f1c, Context: release"]);
}
