//! What was reviewed is what is sent: whatever is rewritten between the look and the request, nothing of
//! that change goes out, and it is told which one it is.

use trustdesk_core::sync::{Error, Unwatched};
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{ChangeId, ChangeState, InPlaceOf, Provider, Reviewed, Typed};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, posts, release_workflow};
use trustdesk_tests::other_connection::run_sql;
use trustdesk_tests::sends::ReviewAndSend as _;

/// Two changes that wait, as they are shown: the one of `release.yml` will be rewritten.
async fn two_reviewed() -> (DemoIndex, Desk, Vec<Reviewed>) {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "other.yml", "")).await;
    let reviewed = reviewed(&desk).await;
    (index, desk, reviewed)
}

async fn reviewed(desk: &Desk) -> Vec<Reviewed> {
    let mut reviewed = Vec::new();
    for change in desk.engine.review().await.expect("read").changes {
        reviewed.push(desk.engine.reviewed(&change).await.expect("read"));
    }
    reviewed
}

fn told(ended: Result<(), Error>) -> Vec<ChangeId> {
    match ended {
        Err(Error::ChangedSinceReview(ids)) => ids,
        other => panic!("nothing was said of the change: {other:?}"),
    }
}

#[tokio::test]
async fn rewritten_change_is_told_and_nothing_of_the_list_is_sent() {
    for rewrite in [
        "UPDATE changes SET publisher = replace(publisher, 'release', 'thief')",
        "UPDATE changes SET project = 'harbor-sync' WHERE publisher LIKE '%release%'",
        "UPDATE changes SET action = 'remove', publisher_id = '1' WHERE publisher LIKE '%release%'",
    ] {
        let (index, desk, reviewed) = two_reviewed().await;
        run_sql(desk.folder(), rewrite).await;
        let before = index.requests().len();
        let changed = told(desk.engine.sync_changes(&reviewed, &Unwatched).await);
        assert_eq!(changed, [reviewed[0].id.clone()], "{rewrite}");
        let changed = told(desk.engine.sync_reviewed(PROJECT, &reviewed).await);
        assert_eq!(changed, [reviewed[0].id.clone()], "{rewrite}");
        assert_eq!(index.requests().len(), before, "it is told before anything is asked");
        for one in &reviewed {
            assert_eq!(desk.state(&one.id).await, ChangeState::Waiting, "it can be reviewed again");
        }
    }
}

#[tokio::test]
async fn change_rewritten_while_the_list_is_read_is_not_sent() {
    let (index, desk, reviewed) = two_reviewed().await;
    let trigger = "CREATE TRIGGER rewrites AFTER INSERT ON publishing_pages BEGIN
        UPDATE changes SET publisher = replace(publisher, 'release', 'thief'); END";
    run_sql(desk.folder(), trigger).await;
    assert_eq!(told(desk.engine.sync_reviewed(PROJECT, &reviewed).await), [reviewed[0].id.clone()]);
    assert_eq!(posts(&index), 0);
}

#[tokio::test]
async fn change_rewritten_at_its_claim_is_not_sent_nor_is_what_comes_after_it() {
    for trigger in [
        "CREATE TRIGGER rewrites BEFORE UPDATE OF state ON changes WHEN new.state = 'sending' BEGIN
             UPDATE changes SET publisher = replace(publisher, 'other', 'thief'); END",
        "CREATE TRIGGER rewrites AFTER UPDATE OF state ON changes WHEN new.state = 'sending'
                 AND new.publisher LIKE '%other%' BEGIN
             UPDATE changes SET publisher = replace(publisher, 'other', 'thief'); END",
    ] {
        let (index, desk, reviewed) = two_reviewed().await;
        desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "unseen.yml", "")).await;
        run_sql(desk.folder(), trigger).await;
        let changed = told(desk.engine.sync_reviewed(PROJECT, &reviewed).await);
        assert_eq!(changed, [reviewed[1].id.clone()], "{trigger}");
        assert_eq!(posts(&index), 1, "the first of them was as reviewed: {trigger}");
        let listed: Vec<String> =
            index.publishers(PROJECT).iter().map(|listed| listed.publisher.line()).collect();
        assert_eq!(listed.len(), 1, "{listed:?}");
        assert!(listed[0].starts_with("release.yml"), "{listed:?}");
        assert_eq!(desk.state(&reviewed[0].id).await, ChangeState::Done, "what was sent is proven");
    }
}

#[tokio::test]
async fn review_for_one_account_or_index_sends_nothing_for_another() {
    let (index, desk, reviewed) = two_reviewed().await;
    for rewrite in [
        "UPDATE accounts SET username = 'no-two-factor'",
        "UPDATE accounts SET username = 'demo'; UPDATE indexes SET origin = 'http://127.0.0.1:9/'",
    ] {
        run_sql(desk.folder(), rewrite).await;
        assert_eq!(told(desk.engine.sync_reviewed(PROJECT, &reviewed).await).len(), 2, "{rewrite}");
    }
    assert_eq!(posts(&index), 0);
}

#[tokio::test]
async fn removal_that_waits_for_a_rewritten_addition_is_not_sent() {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let row = desk.listed(PROJECT).await[0].id.clone();
    let in_place_of = InPlaceOf { publisher: Some(row), change: None };
    let publish = fields("octo-org", PROJECT, "publish.yml", "pypi");
    desk.queue_typed(&Typed { in_place_of, ..Typed::new(PROJECT, Provider::Github, &publish) })
        .await;
    let reviewed = reviewed(&desk).await;
    // As if the new publisher were the one that is listed: the old one could go at once.
    let rewrite = "UPDATE changes SET publisher = replace(publisher, 'publish.yml', 'release.yml')";
    run_sql(desk.folder(), rewrite).await;
    assert_eq!(told(desk.engine.sync_changes(&reviewed, &Unwatched).await).len(), 2);
    assert_eq!((posts(&index), index.publishers(PROJECT).len()), (1, 1), "the project keeps it");
}

#[tokio::test]
async fn decision_to_send_again_counts_for_what_was_shown_only() {
    let (index, desk, shown) = two_reviewed().await;
    run_sql(desk.folder(), "UPDATE changes SET state = 'needs_you'").await;
    let to_send = desk.engine.retry_reviewed(&shown[1]).await.expect("as it was shown");
    assert_eq!(to_send, [shown[1].clone()]);
    let rewrite = "UPDATE changes SET publisher = replace(publisher, 'release', 'thief')";
    run_sql(desk.folder(), rewrite).await;
    let decided = desk.engine.retry_reviewed(&shown[0]).await;
    assert!(matches!(decided, Err(Error::ChangedSinceReview(_))), "{decided:?}");
    assert_eq!(desk.state(&shown[0].id).await, ChangeState::NeedsYou, "nothing was decided");
    assert_eq!(posts(&index), 0);
}

#[tokio::test]
async fn decision_that_a_trigger_turns_into_another_one_is_not_given_to_be_sent() {
    let (_index, desk, shown) = two_reviewed().await;
    let trigger = "UPDATE changes SET state = 'needs_you';
        CREATE TRIGGER rewrites AFTER UPDATE OF state ON changes WHEN new.state = 'waiting' BEGIN
            UPDATE changes SET publisher = replace(publisher, 'release', 'thief'); END";
    run_sql(desk.folder(), trigger).await;
    let decided = desk.engine.retry_reviewed(&shown[0]).await;
    assert!(matches!(decided, Err(Error::ChangedSinceReview(_))), "{decided:?}");
}

#[tokio::test]
async fn add_that_the_database_keeps_as_another_one_is_not_given_to_be_sent() {
    let (index, desk) = desk::signed_in().await;
    let trigger = "CREATE TRIGGER rewrites AFTER INSERT ON changes BEGIN
        UPDATE changes SET publisher = replace(publisher, 'release', 'thief'); END";
    run_sql(desk.folder(), trigger).await;
    let typed = Typed::new(PROJECT, Provider::Github, &release_workflow());
    let queued = desk.engine.queue_add(&typed, None).await;
    assert!(matches!(queued, Err(Error::ChangedSinceReview(_))), "{queued:?}");
    assert_eq!(posts(&index), 0);
}
