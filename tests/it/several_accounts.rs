//! Several accounts and indexes in one program: each sees its own, and leaving one leaves the others.

use secrecy::SecretString;
use trustdesk_core::sync::{Connection, Error, SignInStep};
use trustdesk_demo_index::{PASSWORD, USERNAME};
use trustdesk_domain::Index;
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use trustdesk_tests::proxy::{LIST, Place, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::DAY_MS;

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
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let first = desk.account().await;
    sign_in_as_other(&desk).await;
    assert_eq!(known(&desk).await, named(&[(USERNAME, false), (OTHER, true)]));
    assert_eq!(desk.engine.review().await.expect("read").changes, []);
    let projects = desk.engine.store().projects(desk.account().await).await.expect("read");
    assert_eq!(projects.len(), 0, "not read yet");
    for decided in
        [desk.engine.discard_change(&add.id).await, desk.engine.retry_change(&add.id).await]
    {
        assert!(matches!(decided, Err(Error::NoSuchChange)), "it is not this one's: {decided:?}");
    }

    desk.engine.select_account(first).await.expect("back");
    let desk = desk.restart().await;
    desk.choose(&index.origin()).await;
    assert_eq!(known(&desk).await, named(&[(USERNAME, true), (OTHER, false)]), "also later");
    desk.engine.sync_project(PROJECT).await.expect("its own session is used again");
    assert_eq!(index.publishers(PROJECT).len(), 1);
}

#[tokio::test]
async fn index_and_account_that_were_selected_last_stay_so_when_the_clock_is_set_back() {
    let (index, desk) = desk::signed_in().await;
    let first = desk.account().await;
    let demo = desk.engine.screen().await.expect("read").index.expect("selected");
    desk.time.is_set(-DAY_MS);
    sign_in_as_other(&desk).await;
    let other = desk.account().await;
    assert_ne!(other, first);
    desk.engine.select_index(&Index::testpypi().expect("known")).await.expect("selected");
    desk.time.is_set(-2 * DAY_MS);
    desk.engine.select_index(&demo).await.expect("selected");
    assert_eq!(desk.account().await, other);
    desk.time.is_set(-3 * DAY_MS);
    desk.engine.select_account(first).await.expect("selected");
    let desk = desk.restart().await;
    desk.choose(&index.origin()).await;
    assert_eq!(desk.account().await, first);
}

#[tokio::test]
async fn an_answer_that_comes_late_says_nothing_of_the_account_that_is_on_screen_by_then() {
    let (index, desk) = desk::signed_in().await;
    let first = desk.account().await;
    sign_in_as_other(&desk).await;
    let other = desk.account().await;
    desk.engine.select_account(first).await.expect("back");
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    let mut held = proxy.hold(LIST, Place::BeforeTheAnswer);
    let (read, ()) = tokio::join!(desk.engine.refresh_publishing(PROJECT), async {
        held.reached().await;
        desk.engine.select_account(other).await.expect("there");
        held.pass_on().await;
    });
    read.expect("it was read for the first one");
    assert_eq!(desk.connection().await, Connection::NotChecked, "nobody asked for this one yet");
    let store = desk.engine.store();
    assert!(store.publishing(first, PROJECT).await.expect("read").is_some());
    assert!(store.publishing(other, PROJECT).await.expect("read").is_none());
}

#[tokio::test]
async fn signing_one_out_leaves_the_other_signed_in() {
    let (_index, desk) = desk::signed_in().await;
    let first = desk.account().await;
    sign_in_as_other(&desk).await;
    desk.engine.sign_out().await.expect("signed out");
    desk.engine.refresh_projects().await.expect_err("signed out");
    desk.engine.select_account(first).await.expect("back");
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
