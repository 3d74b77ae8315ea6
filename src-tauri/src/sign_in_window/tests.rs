//! When a session is looked for and what becomes of it, without a window.

use std::path::Path;
use std::sync::Arc;

use secrecy::SecretString;
use tempfile::TempDir;
use trustdesk_core::clock::{Clock, SystemClock};
use trustdesk_core::secrets::{
    KeptCookies, Loaded, MemorySecrets, SecretName, Secrets, SessionKept,
};
use trustdesk_core::store::Store;
use trustdesk_core::sync::{Engine, SignInStep};
use trustdesk_demo_index::{self as demo, DemoIndex, Options, PASSWORD};

use super::pretended::PretendedPage;
use super::{Index, IpcError, sign_in};
use crate::commands::close_sign_in_window;
use crate::settings::InMemory;
use crate::state::AppState;

/// It signs in with its password alone.
const USERNAME: &str = "no-two-factor";
const WHO_AM_I: &str = "/_includes/authed/current-user-indicator/";

/// A demo index that is chosen, and the app with a page that a test leads.
struct Scene {
    demo: DemoIndex,
    index: Index,
    page: Arc<PretendedPage>,
    state: AppState,
    _folder: TempDir,
}

impl Scene {
    async fn new() -> Self {
        let demo = DemoIndex::start(Options::default()).await.expect("runs");
        let index = Index::demo(demo.origin());
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(folder.path(), &index, Arc::default()).await;
        let page = Arc::new(PretendedPage::default());
        let state = AppState::on_with_page(
            engine,
            folder.path().to_owned(),
            Arc::new(InMemory::default()),
            Box::new(drop),
            Arc::clone(&page) as _,
        );
        Self { demo, index, page, state, _folder: folder }
    }

    /// The cookies of somebody who has just signed in to the index elsewhere.
    async fn won(&self) -> KeptCookies {
        let folder = tempfile::tempdir().expect("a folder");
        let secrets = Arc::new(MemorySecrets::default());
        let elsewhere = engine(folder.path(), &self.index, Arc::clone(&secrets)).await;
        let step = elsewhere.sign_in(USERNAME, &SecretString::from(PASSWORD)).await;
        assert!(matches!(step, Ok(SignInStep::SignedIn(..))), "{step:?}");
        let name = SecretName { index_key: self.index.key.clone(), username: USERNAME.to_owned() };
        let Loaded::Found(cookies, _) = secrets.load(&name).await else { panic!("a session") };
        cookies
    }

    fn was_asked_who_it_is(&self) -> usize {
        self.demo.requests().iter().filter(|line| line.path == WHO_AM_I).count()
    }

    /// What is on screen: its account, and where its session is kept.
    async fn screen(&self) -> (Option<String>, Option<SessionKept>) {
        let screen = self.state.engine().await.expect("there").screen().await.expect("read");
        (screen.account.map(|account| account.username), screen.session_kept)
    }
}

async fn engine(folder: &Path, index: &Index, secrets: Arc<MemorySecrets>) -> Engine {
    let store = Store::open(folder).await.expect("opens");
    let engine = Engine::start(store, secrets, Arc::new(SystemClock)).await.expect("starts");
    engine.select_index(index).await.expect("chosen");
    engine
}

#[tokio::test]
async fn who_signs_in_on_the_page_is_signed_in_here_and_the_window_is_closed() {
    let scene = Scene::new().await;
    let won = scene.won().await;
    let (answer, ()) = tokio::join!(sign_in(&scene.state, "No-Two-Factor "), async {
        scene.page.opened().await;
        scene.page.load(&scene.index, "/account/login/");
        scene.page.hold(won);
        scene.page.load(&scene.index, "/manage/projects/");
    });
    assert_eq!(answer.expect("asked").as_deref(), Some(USERNAME));
    assert_eq!(scene.screen().await, (Some(USERNAME.to_owned()), Some(SessionKept::Memory)));
    assert!(!scene.page.is_open(), "it is of no use any more");
}

#[tokio::test]
async fn a_window_that_is_closed_leaves_everything_as_it_was() {
    let scene = Scene::new().await;
    let won = scene.won().await;
    let asked = scene.demo.requests().len();
    let (answer, ()) = tokio::join!(sign_in(&scene.state, ""), async {
        scene.page.opened().await;
        scene.page.hold(won);
        scene.page.load(&scene.index, "/account/two-factor/?token");
        scene.state.sign_in_page().close();
    });
    assert!(matches!(answer, Ok(None)), "{answer:?}");
    assert_eq!(scene.screen().await, (None, None));
    assert_eq!(scene.demo.requests().len(), asked, "nobody is signed in on the way there");
}

#[tokio::test]
async fn a_sign_in_that_waits_for_its_code_is_still_there_when_the_window_is_closed() {
    let scene = Scene::new().await;
    let engine = scene.state.engine().await.expect("there");
    let step = engine.sign_in(demo::USERNAME, &SecretString::from(PASSWORD)).await;
    assert!(matches!(step, Ok(SignInStep::SecondFactor(_))), "{step:?}");
    let (answer, ()) = tokio::join!(sign_in(&scene.state, ""), async {
        scene.page.opened().await;
        close_sign_in_window(&scene.state).await.expect("closed");
    });
    assert!(matches!(answer, Ok(None)), "{answer:?}");
    let code = demo::current_code(SystemClock.now_ms()).code;
    let step = engine.sign_in_with_code(&SecretString::from(code), false).await;
    assert!(matches!(step, Ok(SignInStep::SignedIn(..))), "{step:?}");
}

#[tokio::test]
async fn who_is_not_the_one_that_was_typed_is_signed_out_again() {
    let scene = Scene::new().await;
    let won = scene.won().await;
    let (answer, ()) = tokio::join!(sign_in(&scene.state, "demo"), async {
        scene.page.opened().await;
        scene.page.hold(won.clone());
        scene.page.load(&scene.index, "/manage/projects/");
    });
    let Err(IpcError::SomeoneElse { message }) = answer else { panic!("{answer:?}") };
    assert!(message.contains(USERNAME), "it says who it was: {message}");
    assert_eq!(scene.screen().await, (None, None));
    assert!(!scene.page.is_open(), "its page is still signed in as somebody else");
    let engine = scene.state.engine().await.expect("there");
    let again = engine.take_session(&scene.index, "", won).await;
    assert!(matches!(again, Ok(None)), "the session was ended on the index too: {again:?}");
}

#[tokio::test]
async fn a_page_without_a_session_is_not_asked_about_and_a_visitors_leads_on() {
    let scene = Scene::new().await;
    let won = scene.won().await;
    let before = scene.was_asked_who_it_is();
    let visitor = KeptCookies { session: Some("nobodys".into()), ..KeptCookies::default() };
    let (answer, ()) = tokio::join!(sign_in(&scene.state, ""), async {
        scene.page.opened().await;
        scene.page.load(&scene.index, "/");
        scene.page.read().await;
        scene.page.hold(visitor);
        scene.page.load(&scene.index, "/help/");
        while scene.was_asked_who_it_is() == before {
            tokio::task::yield_now().await;
        }
        scene.page.hold(won);
        scene.page.load(&scene.index, "/manage/projects/");
    });
    assert_eq!(answer.expect("asked").as_deref(), Some(USERNAME), "the visitor became somebody");
    assert_eq!(scene.was_asked_who_it_is(), before + 2, "once about each session, not each page");
}

#[tokio::test]
async fn who_opens_it_anew_gets_the_answer() {
    let scene = Scene::new().await;
    let won = scene.won().await;
    let first = async {
        let answer = sign_in(&scene.state, "").await;
        assert!(matches!(answer, Ok(None)), "its window is another's now: {answer:?}");
        scene.page.hold(won);
        scene.page.load(&scene.index, "/manage/projects/");
    };
    let second = async {
        scene.page.opened().await;
        sign_in(&scene.state, "").await
    };
    let ((), answer) = tokio::join!(first, second);
    assert_eq!(answer.expect("asked").as_deref(), Some(USERNAME));
}
