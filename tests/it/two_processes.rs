//! The app and the command line on one data folder: each reads what it likes, one sends.

use std::sync::Arc;

use trustdesk_core::sync::Error;
use trustdesk_domain::{ChangeEvent, ChangeState, Reasons};
use trustdesk_tests::desk::{self, Desk, PROJECT, posts, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;

#[tokio::test]
async fn while_another_process_sends_for_the_account_nothing_is_sent_twice() {
    let (index, desk) = desk::signed_in().await;
    let change = desk.queue_add(PROJECT, &release_workflow()).await;
    let other = Desk::open(desk.folder(), Arc::clone(&desk.secrets), &desk.time).await;
    let account = other.account().await;
    let sending = other.engine.store().sender_lock(account).expect("asked").expect("free");

    let refused = desk.engine.sync_project(PROJECT).await;
    assert!(matches!(refused, Err(Error::AnotherSends)), "{refused:?}");
    assert_eq!(posts(&index), 0);
    assert_eq!(desk.state(&change.id).await, ChangeState::Waiting, "it waits for its turn");
    desk.engine.refresh_publishing(PROJECT).await.expect("reading needs no turn");

    drop(sending);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(posts(&index), 1);
    assert_eq!(other.state(&change.id).await, ChangeState::Done, "the other one sees it");
}

#[tokio::test]
async fn a_start_leaves_alone_what_a_living_process_is_sending() {
    let (_index, desk) = desk::signed_in().await;
    let change = desk.queue_add(PROJECT, &release_workflow()).await;
    let (store, account) = (desk.engine.store(), desk.account().await);
    let sending = store.sender_lock(account).expect("asked").expect("free");
    let none = Reasons::default();
    let claimed = store.move_change(&change.id, ChangeEvent::Claimed, &none, desk.time.now_ms());
    assert!(claimed.await.expect("claimed"));

    let other = Desk::open(desk.folder(), Arc::clone(&desk.secrets), &desk.time).await;
    assert_eq!(other.state(&change.id).await, ChangeState::Sending, "its sender is alive");
    drop((sending, other));
    let later = Desk::open(desk.folder(), Arc::clone(&desk.secrets), &desk.time).await;
    assert_eq!(later.state(&change.id).await, ChangeState::Checking, "its sender is gone");
}

#[tokio::test]
async fn what_a_process_was_sending_when_it_ended_is_checked_by_the_next_sender() {
    let (index, desk) = desk::signed_in().await;
    let change = desk.queue_add(PROJECT, &release_workflow()).await;
    let store = desk.engine.store();
    let none = Reasons::default();
    let claimed = store.move_change(&change.id, ChangeEvent::Claimed, &none, desk.time.now_ms());
    assert!(claimed.await.expect("claimed"), "and then that process was killed");

    desk.engine.sync_project(PROJECT).await.expect("the list is read");
    assert_eq!(posts(&index), 0, "nobody knows whether it arrived");
    assert_ne!(desk.state(&change.id).await, ChangeState::Sending, "it does not stay so for ever");
}
