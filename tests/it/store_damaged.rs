//! A damaged database: what was typed and asked for goes on, what was read is read again, and the
//! damaged file is kept.

use std::fs;
use std::path::PathBuf;

use trustdesk_core::store::Recovery;
use trustdesk_domain::{ChangeEvent, ChangeState, DraftId, Provider, Reasons, Typed};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, posts, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::SERVER_MAY_WORK_MS;

/// The program ends, the beginning of its database is overwritten, and the program starts again.
async fn restarted_after_damage(desk: Desk) -> (Desk, Vec<u8>) {
    desk.engine.store().close().await;
    let path = database(&desk);
    let mut broken = fs::read(&path).expect("there");
    broken[..4096].fill(0xa5);
    fs::write(&path, &broken).expect("written");
    (desk.restart().await, broken)
}

fn database(desk: &Desk) -> PathBuf {
    desk.folder().join("trustdesk.sqlite3")
}

fn recovery(desk: &Desk) -> &Recovery {
    desk.engine.store().recovery().expect("the screen can say what happened")
}

#[tokio::test]
async fn drafts_and_changes_outlive_a_damaged_database_and_the_rest_is_read_again() {
    let (index, desk) = desk::signed_in().await;
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    let change = desk.queue_add(PROJECT, &release_workflow()).await;
    let draft = DraftId("00000000-0000-4000-8000-000000000001".to_owned());
    let typed = fields("octo-org", PROJECT, "later.yml", "");
    desk.engine
        .save_draft(&draft, &Typed::new(PROJECT, Provider::Github, &typed))
        .await
        .expect("saved");

    let (desk, broken) = restarted_after_damage(desk).await;
    assert_eq!((recovery(&desk).drafts, recovery(&desk).changes), (1, 1));
    assert_eq!(recovery(&desk).unreadable, 0);
    let aside = recovery(&desk).kept_aside.join("trustdesk.sqlite3");
    assert!(fs::read(aside).expect("kept") == broken, "the damaged file is kept as it was");
    assert_eq!(desk.engine.drafts(None).await.expect("read")[0].typed.fields, typed);
    assert_eq!(desk.state(&change.id).await, ChangeState::Waiting);
    let account = desk.account().await;
    let projects = desk.engine.store().projects(account).await.expect("reads");
    assert_eq!(projects.len(), 0, "what the index knows is not guessed from a broken file");

    desk.engine.refresh_projects().await.expect("the session was in the keyring");
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&change.id).await, ChangeState::Done);
    assert_eq!(posts(&index), 1);
    assert!(desk.restart().await.engine.store().recovery().is_none(), "it is said once");
}

#[tokio::test]
async fn what_was_being_sent_when_the_database_broke_is_checked_not_sent_again() {
    let (index, desk) = desk::signed_in().await;
    let change = desk.queue_add(PROJECT, &release_workflow()).await;
    let none = Reasons::default();
    let store = desk.engine.store();
    let claimed = store.move_change(&change.id, ChangeEvent::Claimed, &none, desk.time.now_ms());
    assert!(claimed.await.expect("moved"), "on its way when the program ended");

    let (desk, _) = restarted_after_damage(desk).await;
    assert_eq!(desk.state(&change.id).await, ChangeState::Checking);
    desk.engine.refresh_projects().await.expect("read");
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(posts(&index), 0, "the index could still be at work on it");
    desk.time.pass(SERVER_MAY_WORK_MS);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(posts(&index), 1);
    assert_eq!(desk.state(&change.id).await, ChangeState::Done);
}
