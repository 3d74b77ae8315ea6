//! Drafting on a train: what is typed is kept without a network, survives the end of the program, and
//! becomes a change once.

use std::sync::Arc;

use trustdesk_core::sync::{Error, Queued};
use trustdesk_domain::{DraftId, Fields, Provider, Typed};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, release_workflow};

fn id(number: u32) -> DraftId {
    DraftId(format!("00000000-0000-4000-8000-{number:012}"))
}

async fn save(desk: &Desk, number: u32, provider: Provider, fields: &Fields) {
    let saved = desk.engine.save_draft(&id(number), &Typed::new(PROJECT, provider, fields)).await;
    saved.expect("saved");
}

async fn drafts(desk: &Desk) -> Vec<(DraftId, bool)> {
    let drafts = desk.engine.drafts(Some(PROJECT)).await.expect("read");
    drafts.into_iter().map(|draft| (draft.id, draft.open)).collect()
}

#[tokio::test]
async fn what_was_discarded_can_be_taken_back_though_another_program_starts_meanwhile() {
    let (_index, desk) = desk::signed_in().await;
    save(&desk, 1, Provider::Github, &release_workflow()).await;
    desk.engine.discard_draft(&id(1)).await.expect("discarded");
    let other = Desk::open(desk.folder(), Arc::clone(&desk.secrets), &desk.time).await;
    desk.engine.restore_draft(&id(1)).await.expect("its undo is still on screen");
    assert_eq!(drafts(&other).await, drafts(&desk).await);
}

#[tokio::test]
async fn five_drafts_made_offline_are_there_after_a_restart_and_wait_for_review_once_confirmed() {
    let (index, desk) = desk::signed_in().await;
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    let origin = index.origin();
    index.stop().await;
    for number in 1..=5 {
        let typed = fields("octo-org", PROJECT, &format!("release-{number}.yml"), "");
        save(&desk, number, Provider::Github, &typed).await;
    }
    let desk = desk.restart().await;
    desk.choose(&origin).await;
    let kept = desk.engine.drafts(None).await.expect("read");
    assert_eq!(kept.len(), 5, "a draft needs no index");
    assert!(kept[4].open, "the one typed last stands in the form again");

    for draft in &kept {
        let drafted = desk.engine.drafted(draft).await.expect("judged");
        let drafted = drafted.expect("it is complete").line();
        assert!(drafted.contains(&draft.typed.fields["workflow_filename"]), "{drafted}");
        let queued = desk.engine.queue_add(&draft.typed, Some(&draft.id)).await;
        assert!(matches!(queued.expect("decided"), Queued::Queued(..)));
    }
    assert_eq!(drafts(&desk).await, [], "what became a change is no draft any more");
    let review = desk.engine.review().await.expect("reviewed");
    assert_eq!(
        (review.changes.len(), review.quota.attempts.len(), review.quota.limit),
        (5, 0, 100)
    );
}

#[tokio::test]
async fn a_draft_may_be_unfinished_and_wrong() {
    let (_index, desk) = desk::signed_in().await;
    let typed = Fields::from([("owner".to_owned(), " \u{0}octo_".to_owned())]);
    save(&desk, 1, Provider::Github, &typed).await;
    let desk = desk.restart().await;
    let kept = desk.engine.drafts(Some(PROJECT)).await.expect("read");
    assert_eq!(kept[0].typed.fields, typed, "letter by letter");
    assert_eq!(desk.engine.drafted(&kept[0]).await.expect("judged"), None, "not complete");
}

#[tokio::test]
async fn an_add_that_is_not_taken_keeps_its_draft() {
    let (_index, desk) = desk::signed_in().await;
    let wrong = fields("octo_org", PROJECT, "release.yml", "");
    save(&desk, 1, Provider::Github, &wrong).await;
    let wrong = Typed::new(PROJECT, Provider::Github, &wrong);
    let decided = desk.engine.queue_add(&wrong, Some(&id(1))).await;
    assert!(matches!(decided.expect("decided"), Queued::Invalid(_)));
    assert_eq!(drafts(&desk).await, [(id(1), true)]);
}

#[tokio::test]
async fn a_save_that_comes_after_the_add_is_not_called_saved() {
    let (_index, desk) = desk::signed_in().await;
    let typed = release_workflow();
    save(&desk, 1, Provider::Github, &typed).await;
    let typed = Typed::new(PROJECT, Provider::Github, &typed);
    let decided = desk.engine.queue_add(&typed, Some(&id(1))).await;
    assert!(matches!(decided.expect("decided"), Queued::Queued(..)));
    let late = desk.engine.save_draft(&id(1), &typed).await;
    assert!(matches!(late, Err(Error::NoSuchDraft)), "it lives on as the change");
    assert_eq!(drafts(&desk).await, []);
}
