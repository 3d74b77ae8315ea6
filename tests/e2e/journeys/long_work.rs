//! Long work at the window: a person has it wait, sees what it waits for, ends it, or closes the app
//! in its middle.

use trustdesk_core::clock::{Clock, SystemClock};
use trustdesk_core::secrets::MemorySecrets;
use trustdesk_demo_index::PASSWORD;
use trustdesk_tests::desk::{Desk, fields, posts};
use trustdesk_tests::proxy::{CHANGE, Held, Place, Proxy};
use trustdesk_tests::time::Time;

use super::story::{PROJECT, Story};
use crate::window::Window;

const PROJECTS: [&str; 3] = [PROJECT, "harbor-sync", "saltmarsh"];
/// Enough that a person's hand is faster than all of them.
const MANY: usize = 400;
/// A project that shows more than that it was not read yet.
const READ: &str = "main li .publishers:not(:has(.muted))";
/// Answers when one more project has been read.
const ONE_MORE: &str = "const done = arguments[0];
    const words = () => document.querySelector('#work-progress strong')?.textContent;
    const read = () => parseInt(words()) || 0;
    const before = read();
    new MutationObserver(() => read() > before && done(read()))
        .observe(document.body, { characterData: true, childList: true, subtree: true });";

/// A person is not to wait for what the hand has done (100 ms on a quiet computer), and the slowest
/// machine that runs this is not to fail it.
const AT_ONCE_MS: f64 = 1_000.0;

/// Presses a button of the work that is under way: how long it takes until these words are on screen.
async fn pressed(window: &Window, button: &str, css: &str, words: &str) -> f64 {
    let script = format!(
        "const done = arguments[0];
        const shown = () => document.querySelector('{css}')?.textContent.includes('{words}');
        const buttons = [...document.querySelectorAll('#work-progress button')];
        const from = performance.now();
        new MutationObserver(() => shown() && done(performance.now() - from))
            .observe(document.body, {{ characterData: true, childList: true, subtree: true }});
        buttons.find((one) => one.textContent.trim() === '{button}').click();"
    );
    let took = window.ask_later(&script).await.expect("it is shown");
    let took_ms = took.as_f64().expect("a time");
    println!("{button}: {words:?} after {took_ms:.0} ms");
    took_ms
}

impl Story {
    /// One add for each of three projects waits; the app reaches its index through a wire.
    pub(super) async fn keeps_three_adds(&mut self) -> Proxy {
        self.is_killed();
        let now = Time::at(SystemClock.now_ms());
        let desk = Desk::open(&self.data(), MemorySecrets::default().into(), &now).await;
        for project in PROJECTS {
            desk.queue_add(project, &fields("octo-org", project, "release.yml", "")).await;
        }
        desk.engine.store().close().await;
        let proxy = Proxy::before(self.index()).await;
        self.opens_through(&proxy).await;
        proxy
    }

    pub(super) async fn opens_through(&mut self, proxy: &Proxy) {
        self.opens(&[("TRUSTDESK_DEMO_ORIGIN", proxy.origin().as_str())]).await;
    }

    /// Sends what waits, until the answer to the second change is about to come.
    pub(super) async fn sends_up_to_the_second(&self, proxy: &Proxy) -> Held {
        self.goes_to("Changes", "changes").await;
        let mut held = proxy.hold(CHANGE.after(1), Place::BeforeTheAnswer);
        self.window().click("#review-changes").await.expect("a button");
        self.window().click("#send-reviewed").await.expect("a button");
        held.reached().await;
        held
    }

    pub(super) fn has_each_once(&self) {
        assert_eq!(posts(self.index()), PROJECTS.len(), "each was asked for once");
        for project in PROJECTS {
            let listed = self.index().publishers(project);
            let ours = listed
                .iter()
                .filter(|it| it.publisher.line().starts_with("release.yml in octo-org"));
            assert_eq!(ours.count(), 1, "{project}: registered, and once");
        }
    }
}

#[tokio::test]
async fn the_reading_of_many_projects_rests_goes_on_and_ends_as_a_person_wants_it() {
    let Some(story) = Story::signed_in_with(MANY).await else { return };
    let window = story.window();
    let asked = || story.index().requests().len();
    window.click("#read-all").await.expect("a button");
    window.ask_later(ONE_MORE).await.expect("it is under way");
    assert!(pressed(window, "Pause", "#work-rests", "Paus").await < AT_ONCE_MS, "it is heard");
    window.read("#work-rests", "Paused. Everything else can be used").await.expect("it rests");
    let before = asked();
    story.goes_to("Settings", "settings").await;
    story.goes_to("Your projects", "projects").await;
    window.read("#work-rests", "Paused.").await.expect("still");
    window.see(READ).await.expect("and what was read is listed");
    assert_eq!(asked(), before, "nothing is asked for in a pause");

    window.press("#work-progress", "Resume").await.expect("the same button");
    window.ask_later(ONE_MORE).await.expect("it goes on");
    let took_ms = pressed(window, "Stop", "#work-result", "Stopped:").await;
    assert!(took_ms < AT_ONCE_MS, "it waits for no answer, and says what was read, of how many");
    let before = asked();
    story.goes_to("Settings", "settings").await;
    story.goes_to("Your projects", "projects").await;
    assert_eq!(asked(), before, "nor after a stop");
}

#[tokio::test]
async fn a_sending_that_meets_a_gate_says_which_and_goes_on_once_it_is_open() {
    let Some(mut story) = Story::signed_in().await else { return };
    let proxy = story.keeps_three_adds().await;
    let held = story.sends_up_to_the_second(&proxy).await;
    story.index().make_reauth_needed();
    held.pass_on().await;
    let window = story.window();
    window.read("#work-rests", "The index asks for your password").await.expect("the gate");
    assert_eq!(posts(story.index()), 2, "nothing goes on before it");
    window.press("#work-rests", "Confirm password").await.expect("the gate's button");
    window.fill("#confirm-password", PASSWORD).await.expect("a field");
    window.press("dialog[open]", "Confirm").await.expect("a button");
    window.read("#work-result", "All 3 changes are done").await.expect("it went on by itself");
    story.has_each_once();
}

#[tokio::test]
async fn an_app_that_is_closed_with_paused_work_loses_nothing_and_sends_nothing_twice() {
    let Some(mut story) = Story::signed_in().await else { return };
    let proxy = story.keeps_three_adds().await;
    let held = story.sends_up_to_the_second(&proxy).await;
    story.window().press("#work-progress", "Pause").await.expect("a button");
    story.window().read("#work-rests", "Pausing").await.expect("heard");
    held.pass_on().await;
    story.window().read("#work-rests", "Paused.").await.expect("what was sent is settled");
    assert_eq!(posts(story.index()), 2);

    story.is_closed().await;
    story.opens_through(&proxy).await;
    story.window().read("#connection", "Online").await.expect("with the session of before");
    story.goes_to("Changes", "changes").await;
    let window = story.window();
    window.read("#waiting-changes", "1 change waits").await.expect("the rest is offered");
    assert_eq!(posts(story.index()), 2, "and not sent by itself");
    window.click("#review-changes").await.expect("a button");
    window.click("#send-reviewed").await.expect("a button");
    window.read("#work-result", "The change is done").await.expect("sent");
    story.has_each_once();
}
