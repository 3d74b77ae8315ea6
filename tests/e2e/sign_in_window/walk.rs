//! A person signs in on the demo index's own page with keys, or closes the window.

use std::time::Duration;

use tokio::time::{Instant, interval};
use trustdesk_core::clock::{Clock, SystemClock};
use trustdesk_demo_index::{DemoIndex, Options, PASSWORD, USERNAME, current_code};

use super::keys::{self, Shown};
use super::{MAIN_TITLE, TITLE, answer, ask, open};
use crate::bus;
use crate::stage::{Alone, stage, start};
use crate::window::Window;

const LOGIN: &str = "/account/login/";
const TWO_FACTOR: &str = "/account/two-factor/";
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Keys that are pressed before a page is drawn go nowhere: they are pressed again after this.
const TRY_AGAIN: Duration = Duration::from_secs(3);
const TRIES: usize = 8;

/// The app on a demo index, at its sign-in.
struct Scene {
    window: Window,
    index: DemoIndex,
    _alone: Alone,
}

impl Scene {
    async fn begins() -> Option<Self> {
        let (stage, alone) = stage().await?;
        let index = DemoIndex::start(Options::default()).await.expect("runs");
        let origin = index.origin().to_string();
        let window = start(
            &stage,
            &[
                ("TRUSTDESK_DEMO_ORIGIN", origin.as_ref()),
                ("TRUSTDESK_START_INDEX", "demo".as_ref()),
            ],
        )
        .await;
        window.screen("sign-in").await.expect("the demo index's sign-in");
        Some(Self { window, index, _alone: alone })
    }

    fn times(&self, method: &str, path: &str) -> usize {
        let is_it =
            |line: &&trustdesk_demo_index::RequestLine| line.method == method && line.path == path;
        self.index.requests().iter().filter(is_it).count()
    }

    /// Waits for a request of the window's page; false: it has not come by then.
    async fn sees(&self, method: &str, path: &str, times: usize, limit: Duration) -> bool {
        let since = Instant::now();
        let mut look = interval(LOOK_EVERY);
        while self.times(method, path) < times {
            look.tick().await;
            if since.elapsed() > limit {
                return false;
            }
        }
        true
    }

    /// Fills in the form of the page, whose fields come after the link to the index and before its
    /// button, until the index has taken it. Space presses a button and follows no link.
    async fn sends(&self, shown: &Shown, path: &str, fields: &[&str]) {
        assert!(self.sees("GET", path, 1, TRY_AGAIN * 5).await, "the page of {path} was asked for");
        for _ in 0..TRIES {
            shown.is_clicked();
            shown.presses(&["Tab"]);
            for field in fields {
                shown.presses(&["Tab", "ctrl+a"]);
                shown.types(field);
            }
            shown.presses(&["Tab", "space"]);
            if self.sees("POST", path, 1, TRY_AGAIN).await {
                return;
            }
        }
        panic!("the form of {path} was not sent: {:?}", self.index.requests());
    }

    async fn signs_in_with_keys(&self) {
        let shown = Shown::titled(TITLE).await;
        self.sends(&shown, LOGIN, &[USERNAME, PASSWORD]).await;
        let code = current_code(SystemClock.now_ms()).code;
        self.sends(&shown, TWO_FACTOR, &[&code]).await;
    }
}

#[tokio::test]
async fn a_person_signs_in_with_keys_on_the_indexs_own_page() {
    let Some(scene) = Scene::begins().await else { return };
    open(&scene.window, USERNAME).await;
    scene.signs_in_with_keys().await;
    let answer = answer(&scene.window).await;
    assert_eq!(answer["step"], "signed_in", "{answer}");
    assert_eq!(answer["app"]["username"], USERNAME);
    keys::gone(TITLE).await;
    assert_eq!(keys::count(MAIN_TITLE), 1, "the main window stays");
    assert_eq!(scene.times("POST", "/account/logout/"), 0, "the session goes on here");
    let projects = ask(&scene.window, "refresh_projects").await;
    assert!(projects["projects"].is_array(), "with that session the app reads: {projects}");
}

#[tokio::test]
async fn who_is_not_the_one_that_was_typed_is_signed_out_and_named() {
    let Some(scene) = Scene::begins().await else { return };
    open(&scene.window, "somebody-else").await;
    scene.signs_in_with_keys().await;
    let answer = answer(&scene.window).await;
    assert_eq!(answer["code"], "someone_else", "{answer}");
    assert!(answer["message"].as_str().is_some_and(|it| it.contains(USERNAME)), "{answer}");
    keys::gone(TITLE).await;
    assert_eq!(scene.times("POST", "/account/logout/"), 1, "that session was ended");
    assert!(ask(&scene.window, "get_app").await["username"].is_null(), "nobody is signed in here");
}

#[tokio::test]
async fn closing_the_window_leaves_everything_as_it_was() {
    let Some(scene) = Scene::begins().await else { return };
    let before = ask(&scene.window, "get_app").await;
    for _ in 0..2 {
        open(&scene.window, "").await;
        let shown = Shown::titled(TITLE).await;
        shown.is_closed();
        assert_eq!(answer(&scene.window).await["step"], "cancelled");
        keys::gone(TITLE).await;
        assert_eq!(ask(&scene.window, "get_app").await, before);
    }
    open(&scene.window, "").await;
    Shown::titled(TITLE).await;
    ask(&scene.window, "cancel_sign_in").await;
    assert_eq!(answer(&scene.window).await["step"], "cancelled", "the page can close it too");
    keys::gone(TITLE).await;
}

#[tokio::test]
async fn opening_it_again_brings_the_same_window_to_the_front_and_answers_the_last() {
    let Some(scene) = Scene::begins().await else { return };
    open(&scene.window, "").await;
    Shown::titled(TITLE).await;
    scene
        .window
        .ask_later("window.first = window.signIn; arguments[0](null);")
        .await
        .expect("kept");
    open(&scene.window, USERNAME).await;
    let first = scene.window.ask_later("window.first.then(arguments[0]);").await.expect("answers");
    assert_eq!(first["step"], "cancelled", "its window is another's now");
    assert_eq!(keys::count(TITLE), 1);
    scene.signs_in_with_keys().await;
    assert_eq!(answer(&scene.window).await["step"], "signed_in");
}

#[tokio::test]
async fn the_window_ends_with_the_app() {
    let Some(scene) = Scene::begins().await else { return };
    open(&scene.window, "").await;
    Shown::titled(TITLE).await;
    Shown::titled(MAIN_TITLE).await.is_closed();
    keys::gone(MAIN_TITLE).await;
    keys::gone(TITLE).await;
    let since = Instant::now();
    let mut look = interval(LOOK_EVERY);
    while bus::is_taken() {
        look.tick().await;
        assert!(since.elapsed() < TRY_AGAIN * 5, "the program has ended with its windows");
    }
}
