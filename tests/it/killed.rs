//! SIGKILL in the middle of an add: a Trustdesk of its own process is ended at an exact place, and
//! the next start on the same folder loses nothing and adds nothing twice.

use std::path::Path;
use std::sync::Arc;

use secrecy::SecretString;
use tempfile::{TempDir, tempdir};
use tokio::process::{Child, Command};
use trustdesk_core::secrets::MemorySecrets;
use trustdesk_core::sync::SignInStep;
use trustdesk_demo_index::{DemoIndex, PASSWORD, USERNAME, current_code};
use trustdesk_domain::{Change, ChangeState};
use trustdesk_tests::desk::{self, Desk, PROJECT};
use trustdesk_tests::proxy::{Asked, CHANGE, Held, LIST, MESSAGES, Place, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::{CODE_STEP_MS, SERVER_MAY_WORK_MS, START_MS, Time};

/// What is left when the process is gone.
struct Killed {
    index: DemoIndex,
    proxy: Proxy,
    folder: TempDir,
    time: Arc<Time>,
}

fn one_add(folder: &Path, proxy: &Proxy, time: &Time) -> Child {
    Command::new(env!("CARGO_BIN_EXE_one_add"))
        .arg(folder)
        .arg(proxy.origin().as_str())
        .arg(time.now_ms().to_string())
        .kill_on_drop(true)
        .spawn()
        .expect("the process starts")
}

/// Ends the process when this request has come to this place. The request stays there.
async fn killed_at(asked: Asked, place: Place) -> (Killed, Held) {
    let time = Time::at(START_MS);
    let index = desk::start_index(&time, None).await;
    let proxy = Proxy::before(&index).await;
    let folder = tempdir().expect("a folder");
    let mut held = proxy.hold(asked, place);
    let mut child = one_add(folder.path(), &proxy, &time);
    tokio::select! {
        () = held.reached() => {}
        ended = child.wait() => panic!("the process ended by itself: {ended:?}"),
    }
    child.kill().await.expect("SIGKILL");
    (Killed { index, proxy, folder, time }, held)
}

impl Killed {
    /// The next start, signed in anew: a killed process leaves no session behind but in a keyring.
    async fn start_again(&self) -> (Desk, Change) {
        self.time.pass(CODE_STEP_MS);
        let secrets = MemorySecrets::default().into();
        let desk = Desk::open(self.folder.path(), secrets, &self.time).await;
        let changes = desk.engine.store().open_changes(desk.account().await).await.expect("reads");
        assert_eq!(changes.len(), 1, "a confirmed add survives SIGKILL");
        // The index's time goes on no further: the killed process's request may still be at work.
        let password = SecretString::from(PASSWORD);
        desk.engine.sign_in(USERNAME, &password).await.expect("the index answers");
        let code = SecretString::from(current_code(self.time.now_ms()).code);
        let step = desk.engine.sign_in_with_code(&code, false).await.expect("the index answers");
        assert!(matches!(step, SignInStep::SignedIn(..)), "{step:?}");
        (desk, changes.into_iter().next().expect("one"))
    }

    /// Reads and sends until nothing is left to do, and holds the index to what was asked for.
    async fn ends_with_one_publisher(&self, desk: &Desk, change: &Change) {
        desk.engine.refresh_publishing(PROJECT).await.expect("read");
        desk.time.pass(SERVER_MAY_WORK_MS);
        desk.engine.sync_project(PROJECT).await.expect("sent");
        assert_eq!(desk.state(&change.id).await, ChangeState::Done);
        let listed = self.index.publishers(PROJECT);
        assert_eq!(listed.len(), 1, "it is registered, and once");
        assert_eq!(listed[0].publisher.identity(), change.intent.publisher().identity());
        assert_eq!(desk.listed(PROJECT).await, listed);
        assert_eq!(desk::posts(&self.index), 1, "the index took exactly one request for it");
        assert_eq!(self.index.mails().len(), 1, "its owner got one mail");
    }
}

#[tokio::test]
async fn killed_before_anything_was_sent() {
    // The messages are read a first time when somebody has signed in.
    for asked in [LIST, MESSAGES.after(1)] {
        let (killed, _held) = killed_at(asked, Place::BeforeTheIndex).await;
        let (desk, change) = killed.start_again().await;
        assert_eq!(change.state, ChangeState::Waiting, "{asked:?}: nothing was on its way");
        killed.ends_with_one_publisher(&desk, &change).await;
        assert_eq!(killed.proxy.changes_sent(), 1, "{asked:?}");
    }
}

#[tokio::test]
async fn killed_when_the_request_had_left_and_never_arrived() {
    let (killed, held) = killed_at(CHANGE, Place::BeforeTheIndex).await;
    drop(held);
    let (desk, change) = killed.start_again().await;
    assert_eq!(change.state, ChangeState::Checking, "it may have arrived");
    assert!(!change.reasons.messages.is_empty(), "the screen can say why it is checked");
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(killed.proxy.changes_sent(), 1, "the index could still be at work on it");
    killed.ends_with_one_publisher(&desk, &change).await;
    assert_eq!(killed.proxy.changes_sent(), 2, "one more request, after the list was read");
}

#[tokio::test]
async fn killed_when_the_request_had_left_and_arrived_late() {
    let (killed, held) = killed_at(CHANGE, Place::BeforeTheIndex).await;
    let (desk, change) = killed.start_again().await;
    desk.engine.sync_project(PROJECT).await.expect("read");
    assert_eq!(desk.state(&change.id).await, ChangeState::Checking, "not listed yet");
    held.pass_on().await;
    killed.ends_with_one_publisher(&desk, &change).await;
    assert_eq!(killed.proxy.changes_sent(), 1, "the one that was late was enough");
}

#[tokio::test]
async fn killed_when_the_index_had_done_it_and_the_answer_was_on_its_way() {
    for place in [Place::BeforeTheAnswer, Place::InTheHead, Place::InTheBody] {
        let (killed, _held) = killed_at(CHANGE, place).await;
        let (desk, change) = killed.start_again().await;
        assert_eq!(change.state, ChangeState::Checking, "{place:?}: no answer was read");
        desk.engine.refresh_publishing(PROJECT).await.expect("read");
        assert_eq!(desk.state(&change.id).await, ChangeState::Done, "{place:?}: it is listed");
        killed.ends_with_one_publisher(&desk, &change).await;
        assert_eq!(killed.proxy.changes_sent(), 1, "{place:?}");
    }
}

#[tokio::test]
async fn killed_between_the_answer_and_the_proof() {
    // The list is read before the change; this is the reading after it.
    let (killed, _held) = killed_at(LIST.after(1), Place::BeforeTheIndex).await;
    assert_eq!(desk::posts(&killed.index), 1, "the index had answered");
    let (desk, change) = killed.start_again().await;
    assert_eq!(change.state, ChangeState::Checking, "a yes without the list is no proof");
    killed.ends_with_one_publisher(&desk, &change).await;
    assert_eq!(killed.proxy.changes_sent(), 1);
}
