//! Several accounts and indexes in one program: each sees its own, and leaving one leaves the others.

use secrecy::SecretString;
use trustdesk_core::sync::SignInStep;
use trustdesk_demo_index::{PASSWORD, USERNAME};
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};

const OTHER: &str = "no-two-factor";

async fn sign_in_as_other(desk: &Desk) {
    let step = desk.engine.sign_in(OTHER, &SecretString::from(PASSWORD)).await;
    assert!(matches!(step.expect("answered"), SignInStep::SignedIn(..)));
}

/// Names, and which is on screen.
async fn known(desk: &Desk) -> Vec<(String, bool)> {
    let known = desk.engine.known_accounts().await.expect("read");
    known.into_iter().map(|one| (one.account.username, one.on_screen)).collect()
}

fn named(accounts: &[(&str, bool)]) -> Vec<(String, bool)> {
    accounts.iter().map(|(name, on_screen)| ((*name).to_owned(), *on_screen)).collect()
}

#[tokio::test]
async fn what_one_account_did_is_never_shown_under_another() {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    let first = desk.account().await;
    sign_in_as_other(&desk).await;
    assert_eq!(known(&desk).await, named(&[(USERNAME, false), (OTHER, true)]));
    assert_eq!(desk.engine.review().await.expect("read").changes, []);
    let projects = desk.engine.store().projects(desk.account().await).await.expect("read");
    assert_eq!(projects.len(), 0, "not read yet");

    desk.engine.use_account(first).await.expect("back");
    let desk = desk.restart().await;
    desk.choose(&index.origin()).await;
    assert_eq!(known(&desk).await, named(&[(USERNAME, true), (OTHER, false)]), "also later");
    desk.engine.sync_project(PROJECT).await.expect("its own session is used again");
    assert_eq!(index.publishers(PROJECT).len(), 1);
}

#[tokio::test]
async fn signing_one_out_leaves_the_other_signed_in() {
    let (_index, desk) = desk::signed_in().await;
    let first = desk.account().await;
    sign_in_as_other(&desk).await;
    desk.engine.sign_out().await.expect("signed out");
    desk.engine.refresh_projects().await.expect_err("signed out");
    desk.engine.use_account(first).await.expect("back");
    desk.engine.refresh_projects().await.expect("still signed in");
}

#[tokio::test]
async fn forgetting_an_account_takes_its_secrets_and_only_if_asked_its_data() {
    let (_index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    let first = desk.account().await;
    desk.engine.forget_account(first, false).await.expect("its session is forgotten");
    desk.engine.refresh_projects().await.expect_err("signed out");
    assert_eq!(desk.engine.review().await.expect("read").changes.len(), 1, "what waits is kept");

    sign_in_as_other(&desk).await;
    desk.engine.forget_account(first, true).await.expect("all of it");
    assert_eq!(known(&desk).await, named(&[(OTHER, true)]));
    let left = desk.engine.store().open_changes(first).await.expect("read");
    assert_eq!(left, []);
}
