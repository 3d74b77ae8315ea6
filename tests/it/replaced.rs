//! Replacing a publisher: the new one is added and listed before the old one goes, whatever happens
//! between.

use std::slice;

use trustdesk_core::sync::{Queued, Unwatched};
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{
    Change, ChangeAction, ChangeState, DraftId, Fields, InPlaceOf, Provider, PublisherId, Typed,
};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, posts, release_workflow};
use trustdesk_tests::proxy::Place;
use trustdesk_tests::sends::ReviewAndSend as _;

/// A project that lists `release.yml`.
async fn with_one_listed() -> (DemoIndex, Desk, PublisherId) {
    let (index, desk) = desk::signed_in().await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let row = desk.listed(PROJECT).await[0].id.clone();
    (index, desk, row)
}

fn in_place_of(row: &PublisherId, fields: &Fields) -> Typed {
    let in_place_of = InPlaceOf { publisher: Some(row.clone()), change: None };
    Typed { in_place_of, ..Typed::new(PROJECT, Provider::Github, fields) }
}

fn publish_workflow() -> Fields {
    fields("octo-org", PROJECT, "publish.yml", "pypi")
}

async fn replace(desk: &Desk, row: &PublisherId) -> (Change, Change) {
    let add = desk.queue_typed(&in_place_of(row, &publish_workflow())).await;
    let removal = removal_of(desk).await.expect("the other half");
    (add, removal)
}

async fn removal_of(desk: &Desk) -> Option<Change> {
    let account = desk.account().await;
    let open = desk.engine.store().open_changes_of(account, PROJECT).await.expect("read");
    open.into_iter().find(|change| change.intent.action() == ChangeAction::Remove)
}

fn lines(index: &DemoIndex) -> Vec<String> {
    index.publishers(PROJECT).iter().map(|listed| listed.publisher.line()).collect()
}

const OLD: &str = "release.yml in octo-org/sampleproject, environment pypi";
const NEW: &str = "publish.yml in octo-org/sampleproject, environment pypi";

#[tokio::test]
async fn the_old_one_goes_once_the_new_one_is_listed() {
    let (index, desk, row) = with_one_listed().await;
    desk.time.pass(1_000);
    let (add, removal) = replace(&desk, &row).await;
    desk.engine.sync_change(PROJECT, &add.id).await.expect("sent");
    assert_eq!(lines(&index), [NEW]);
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(desk.state(&removal.id).await, ChangeState::Done, "both were one decision");
    let told = desk.engine.store().changes_on_page(desk.account().await, PROJECT).await;
    let told: Vec<ChangeAction> =
        told.expect("read").iter().map(|change| change.intent.action()).collect();
    assert_eq!(told, [ChangeAction::Add, ChangeAction::Remove], "and are told of together");
    let asked: Vec<String> = index.requests().into_iter().map(|line| line.method).collect();
    let [.., post_add, list, _messages, post_removal, proof] = &asked[..] else { panic!() };
    assert_eq!([post_add, list, post_removal, proof], ["POST", "GET", "POST", "GET"]);
}

#[tokio::test]
async fn a_replacement_made_offline_is_sent_whole_after_a_restart() {
    let (index, desk, row) = with_one_listed().await;
    let origin = index.origin();
    let typed = in_place_of(&row, &publish_workflow());
    let draft = DraftId("00000000-0000-4000-8000-000000000001".to_owned());
    desk.engine.save_draft(&draft, &typed).await.expect("saved");
    let desk = desk.restart().await;
    desk.choose(&origin).await;
    let kept = desk.engine.drafts(Some(PROJECT)).await.expect("read");
    assert_eq!(kept[0].typed, typed, "with what it replaces");
    let queued = desk.engine.queue_add(&kept[0].typed, Some(&draft)).await.expect("decided");
    assert!(matches!(queued, Queued::Queued(..)));
    assert_eq!(posts(&index), 1, "nothing is sent unasked");
    let review = desk.engine.review().await.expect("reviewed").changes;
    let actions: Vec<ChangeAction> = review.iter().map(|change| change.intent.action()).collect();
    assert_eq!(actions, [ChangeAction::Add, ChangeAction::Remove]);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(lines(&index), [NEW]);
}

#[tokio::test]
async fn a_new_one_that_is_refused_leaves_the_old_one_and_mending_it_goes_on_replacing() {
    let (index, desk, row) = with_one_listed().await;
    let wrong = in_place_of(&row, &fields("nobody-here", PROJECT, "publish.yml", "pypi"));
    let refused = desk.queue_typed(&wrong).await;
    desk.engine.sync_project(PROJECT).await.expect("a refusal is no error");
    assert_eq!(desk.state(&refused.id).await, ChangeState::Rejected);
    assert_eq!(lines(&index), [OLD]);
    assert_eq!(removal_of(&desk).await.expect("kept").state, ChangeState::Waiting);

    let in_place = InPlaceOf { publisher: None, change: Some(refused.id.clone()) };
    let mended = Typed {
        in_place_of: in_place,
        ..Typed::new(PROJECT, Provider::Github, &publish_workflow())
    };
    let mended = desk.queue_typed(&mended).await;
    assert_eq!(desk.state(&refused.id).await, ChangeState::Discarded, "given up for the new one");
    desk.engine.sync_change(PROJECT, &mended.id).await.expect("sent");
    assert_eq!(lines(&index), [NEW]);
}

#[tokio::test]
async fn a_yes_without_proof_does_not_let_the_old_one_go() {
    let (index, desk, row) = with_one_listed().await;
    let (add, removal) = replace(&desk, &row).await;
    let synced = desk.sync_while(&index, Place::BeforeTheIndex, || index.set_read_only(true)).await;
    synced.expect_err("the index says yes, and its list tells that it is read-only");
    index.set_read_only(false);
    assert_eq!(desk.state(&add.id).await, ChangeState::NeedsYou);
    assert_eq!(desk.state(&removal.id).await, ChangeState::Waiting);
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(lines(&index), [OLD], "not before the new one is listed");
}

#[tokio::test]
async fn taking_the_new_one_back_keeps_the_old_one() {
    let (index, desk, row) = with_one_listed().await;
    let (add, removal) = replace(&desk, &row).await;
    assert!(desk.engine.discard_change(&add.id).await.expect("decided"));
    assert_eq!(desk.state(&removal.id).await, ChangeState::Discarded);
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!((lines(&index), posts(&index)), (vec![OLD.to_owned()], 1));
}

#[tokio::test]
async fn taking_only_the_removal_back_keeps_both() {
    let (index, desk, row) = with_one_listed().await;
    let (_, removal) = replace(&desk, &row).await;
    assert!(desk.engine.discard_change(&removal.id).await.expect("decided"));
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(lines(&index), [OLD, NEW]);
}

#[tokio::test]
async fn a_removal_that_waits_already_becomes_the_second_half() {
    let (index, desk, row) = with_one_listed().await;
    let earlier = desk.engine.queue_remove(PROJECT, &row).await.expect("queued");
    let (add, removal) = replace(&desk, &row).await;
    assert_eq!(removal.id, earlier.id, "asking twice for a removal keeps the first");
    assert_eq!(removal.intent.after().expect("linked").id, add.id);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!((lines(&index), posts(&index)), (vec![NEW.to_owned()], 3));
}

#[tokio::test]
async fn what_is_not_listed_cannot_be_replaced() {
    let (_index, desk, _row) = with_one_listed().await;
    let gone = in_place_of(&PublisherId("gone".to_owned()), &publish_workflow());
    let decided = desk.engine.queue_add(&gone, None).await.expect("decided");
    assert_eq!(decided, Queued::ReplacedGone);
    assert_eq!(desk.engine.review().await.expect("reviewed").changes, [], "nothing was kept");
}

#[tokio::test]
async fn an_old_one_does_not_go_once_its_successor_has_gone_too() {
    let (index, desk, row) = with_one_listed().await;
    let (add, removal) = replace(&desk, &row).await;
    desk.engine.sync_each(slice::from_ref(&add.id), &Unwatched).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    let successor = index.publishers(PROJECT)[1].id.clone();
    index.remove_publisher_behind(PROJECT, &successor);
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(lines(&index), [OLD], "or the project would have none");
    assert_eq!(desk.state(&removal.id).await, ChangeState::NeedsYou);
    assert!(desk.engine.retry_change(&removal.id).await.expect("decided"));
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(lines(&index), Vec::<String>::new(), "a person decided that it goes all the same");
}
