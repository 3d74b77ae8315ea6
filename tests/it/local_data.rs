//! What a person wants forgotten: the session at the end of the program, and everything that is kept.

use std::fs;
use std::path::Path;

use secrecy::ExposeSecret;
use trustdesk_core::secrets::{SecretName, Secrets, SessionKept};
use trustdesk_core::store::Holdings;
use trustdesk_core::sync::{Connection, Error, IndexError};
use trustdesk_demo_index::{DemoIndex, PASSWORD, USERNAME};
use trustdesk_domain::{ChangeState, DraftId, Index, IndexKey, Provider, Typed};
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, posts, release_workflow};
use trustdesk_tests::other_connection::run_sql;
use trustdesk_tests::proxy::{CHANGE, Place, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;

const SIGN_OUT: &str = "/account/logout/";

/// The cookie in what outlives the program; none: it is forgotten with it.
async fn in_keyring(desk: &Desk) -> Option<String> {
    let index_key = IndexKey("demo".to_owned());
    let name = SecretName { index_key, username: USERNAME.to_owned() };
    let (cookies, _) = desk.secrets.load(&name).await.found()?;
    Some(cookies.session?.expose_secret().to_owned())
}

/// The row that says whether sessions are forgotten is gone.
async fn forget_the_choice(folder: &Path) {
    run_sql(folder, "DELETE FROM session_settings").await;
}

/// The row cannot be written any more.
async fn refuse_the_choice(folder: &Path) {
    let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON session_settings
         BEGIN SELECT raise(ABORT, 'no'); END";
    run_sql(folder, refuse).await;
}

async fn session_kept(desk: &Desk) -> Option<SessionKept> {
    desk.engine.screen().await.expect("read").session_kept
}

async fn holdings(desk: &Desk) -> Holdings {
    desk.engine.store().holdings().await.expect("counted")
}

/// A draft, a change that waits and one that is done.
async fn something_to_lose(desk: &Desk) {
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    let typed = fields("octo-org", PROJECT, "later.yml", "");
    desk.queue_add(PROJECT, &typed).await;
    let draft = DraftId("00000000-0000-4000-8000-000000000001".to_owned());
    let typed = Typed::new(PROJECT, Provider::Github, &fields("octo-org", "drafted", "", ""));
    desk.engine.save_draft(&draft, &typed).await.expect("saved");
}

fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let entries =
        fs::read_dir(folder).expect("listed").map(|entry| entry.expect("an entry").path());
    let files = entries.filter(|path| path.is_file() && holds(&fs::read(path).expect("read")));
    files.map(|path| path.file_name().expect("a name").to_string_lossy().into_owned()).collect()
}

fn sign_outs(index: &DemoIndex) -> usize {
    let requests = index.requests();
    let asked = |method: &str, path: &str| method == "POST" && path == SIGN_OUT;
    requests.iter().filter(|line| asked(&line.method, &line.path)).count()
}

#[tokio::test]
async fn a_session_that_is_to_be_forgotten_works_on_and_ends_with_the_program() {
    let (_index, desk) = desk::signed_in().await;
    assert!(in_keyring(&desk).await.is_some(), "it is kept unless a person wants otherwise");
    desk.engine.set_forgets_sessions(true).await.expect("chosen");
    assert_eq!(session_kept(&desk).await, Some(SessionKept::ThisRun));
    assert_eq!(in_keyring(&desk).await, None);

    let change = desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&change.id).await, ChangeState::Done);
    assert_eq!(
        in_keyring(&desk).await,
        None,
        "a cookie that changed on the way is not kept either"
    );

    let desk = desk.restart().await;
    let refused = desk.engine.refresh_projects().await;
    assert!(matches!(refused, Err(Error::Index(IndexError::SignedOut))), "{refused:?}");
    assert_eq!(desk.connection().await, Connection::SignedOut);
    assert_eq!(desk.listed(PROJECT).await.len(), 1, "what was read stays");
}

#[tokio::test]
async fn a_sign_in_after_the_choice_of_an_earlier_run_never_comes_to_the_keyring() {
    let (index, desk) = desk::signed_in().await;
    desk.engine.set_forgets_sessions(true).await.expect("chosen");
    desk.engine.sign_out().await.expect("signed out");
    let desk = desk.restart().await;
    assert_eq!(desk.engine.forgets_sessions(), Some(true));
    desk.sign_in().await;
    assert_eq!(session_kept(&desk).await, Some(SessionKept::ThisRun));
    assert_eq!(in_keyring(&desk).await, None);

    // Another index on screen and back again: the session is found where it was left.
    desk.engine.leave_index().await.expect("left");
    desk.choose(&index.origin()).await;
    desk.engine.refresh_projects().await.expect("still signed in");
    desk.engine.sign_out().await.expect("signed out");
    assert_eq!(sign_outs(&index), 2, "the index has heard of both");
}

#[tokio::test]
async fn choice_that_cannot_be_read_keeps_sessions_in_memory_and_deletes_none() {
    let (_index, desk) = desk::signed_in().await;
    let kept_before = in_keyring(&desk).await.expect("kept");
    forget_the_choice(desk.folder()).await;
    std::fs::write(desk.folder().join("preferences.json"), "{\"forgets_session\":tr").expect("cut");
    let desk = desk.restart().await;
    assert_eq!(desk.engine.forgets_sessions(), None);
    let refused = desk.engine.refresh_projects().await;
    assert!(matches!(refused, Err(Error::Index(IndexError::SignedOut))), "{refused:?}");
    desk.sign_in().await;
    assert_eq!(session_kept(&desk).await, Some(SessionKept::ThisRun));
    assert_eq!(in_keyring(&desk).await, Some(kept_before.clone()), "neither written nor deleted");

    std::fs::remove_file(desk.folder().join("preferences.json")).expect("mended");
    let desk = desk.restart().await;
    assert_eq!(desk.engine.forgets_sessions(), Some(false));
    assert_eq!(in_keyring(&desk).await, Some(kept_before));
    desk.engine.refresh_projects().await.expect("signed in as before");
}

#[tokio::test]
async fn choice_that_cannot_be_kept_is_an_error_and_does_not_count() {
    let (_index, desk) = desk::signed_in().await;
    refuse_the_choice(desk.folder()).await;
    let refused = desk.engine.set_forgets_sessions(true).await;
    assert!(matches!(refused, Err(Error::Store(_))), "{refused:?}");
    assert_eq!(desk.engine.forgets_sessions(), Some(false));
    assert!(in_keyring(&desk).await.is_some(), "nothing was done that was not kept");
}

#[tokio::test]
async fn who_wants_it_kept_again_is_still_signed_in_after_a_restart() {
    let (_index, desk) = desk::signed_in().await;
    desk.engine.sign_out().await.expect("signed out");
    desk.engine.set_forgets_sessions(true).await.expect("chosen");
    desk.sign_in().await;
    desk.engine.set_forgets_sessions(false).await.expect("chosen");
    assert!(in_keyring(&desk).await.is_some());
    let desk = desk.restart().await;
    desk.engine.refresh_projects().await.expect("still signed in");
}

#[tokio::test]
async fn after_everything_was_deleted_no_file_tells_what_was_there_and_the_program_goes_on() {
    let (index, desk) = desk::signed_in().await;
    something_to_lose(&desk).await;
    let held = holdings(&desk).await;
    assert_eq!((held.accounts, held.drafts, held.open_changes), (1, 1, 1));
    for text in ["later.yml", "drafted", PROJECT, USERNAME] {
        assert_ne!(files_with(desk.folder(), text), [""; 0], "{text} is found while it is there");
    }

    let origin = index.origin();
    desk.engine.forget_everything().await.expect("deleted");
    for text in ["later.yml", "drafted", PROJECT, "release.yml", origin.as_str()] {
        assert_eq!(files_with(desk.folder(), text), [""; 0], "{text}");
    }
    assert_eq!(holdings(&desk).await, Holdings::default());
    assert_eq!(in_keyring(&desk).await, None);
    assert_eq!(sign_outs(&index), 1, "nobody else can use the session either");
    assert_eq!(index.publishers(PROJECT).len(), 1, "the index keeps what it lists");
    let screen = desk.engine.screen().await.expect("read");
    assert_eq!((screen.index, screen.account, screen.session_kept), (None, None, None));

    desk.choose(&origin).await;
    desk.sign_in().await;
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    assert_eq!(desk.listed(PROJECT).await.len(), 1);
}

#[tokio::test]
async fn what_is_here_can_be_deleted_while_the_index_is_away() {
    let (index, desk) = desk::signed_in().await;
    something_to_lose(&desk).await;
    index.stop().await;
    desk.engine.forget_everything().await.expect("deleted");
    assert_eq!(holdings(&desk).await, Holdings::default());
    assert_eq!(in_keyring(&desk).await, None);
}

#[tokio::test]
async fn nothing_is_deleted_while_a_change_is_on_its_way() {
    let (index, desk) = desk::signed_in().await;
    let change = desk.queue_add(PROJECT, &release_workflow()).await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    let mut held = proxy.hold(CHANGE, Place::BeforeTheIndex);
    let (sent, ()) = tokio::join!(desk.engine.sync_project(PROJECT), async {
        held.reached().await;
        let key = IndexKey("demo".to_owned());
        for refused in
            [desk.engine.forget_everything().await, desk.engine.forget_accounts(&key).await]
        {
            assert!(matches!(refused, Err(Error::StillSending)), "{refused:?}");
        }
        held.pass_on().await;
    });
    sent.expect("sent");
    assert_eq!(desk.state(&change.id).await, ChangeState::Done, "nothing of it was lost");
    assert_eq!((posts(&index), sign_outs(&index)), (1, 0));
    assert!(in_keyring(&desk).await.is_some(), "and nobody was signed out");
}

#[tokio::test]
async fn what_is_deleted_of_one_index_leaves_what_belongs_to_another() {
    let (index, desk) = desk::signed_in().await;
    something_to_lose(&desk).await;
    let (store, pypi) = (desk.engine.store(), Index::pypi().expect("known"));
    store.select_index(&pypi).await.expect("chosen");
    store.select_account_named(&pypi.key, "alice").await.expect("kept");
    desk.time.pass(1);
    desk.choose(&index.origin()).await;

    let demo = IndexKey("demo".to_owned());
    desk.engine.forget_accounts(&demo).await.expect("deleted");
    assert_eq!(holdings(&desk).await, Holdings { accounts: 1, ..Holdings::default() });
    assert_eq!(in_keyring(&desk).await, None);
    let screen = desk.engine.screen().await.expect("read");
    assert_eq!(screen.index.map(|index| index.key), Some(demo), "the index stays on screen");
    assert_eq!((screen.account, screen.connection), (None, Connection::NotChecked));
    let account = store.selected_account(&pypi.key).await.expect("read");
    assert_eq!(account.map(|account| account.username), Some("alice".to_owned()));
}

#[tokio::test]
async fn an_export_says_all_that_is_kept_and_no_secret() {
    let (_index, desk) = desk::signed_in().await;
    something_to_lose(&desk).await;
    let export = desk.engine.store().export(desk.time.now_ms()).await.expect("read");
    let text = serde_json::to_string(&export).expect("written");
    for kept in ["\"done\"", "\"waiting\"", "release.yml", "later.yml", "drafted", PROJECT] {
        assert!(text.contains(kept), "{kept} is missing: {text}");
    }
    let cookie = in_keyring(&desk).await.expect("signed in");
    for secret in [cookie.as_str(), PASSWORD] {
        assert!(!text.contains(secret), "a secret is in the export");
    }
}
