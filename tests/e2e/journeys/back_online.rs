//! Back online: the app notices, and offers what waits or sends it, as the person has chosen.

use trustdesk_core::clock::{Clock, SystemClock};
use trustdesk_core::secrets::MemorySecrets;
use trustdesk_tests::desk::{Desk, fields};
use trustdesk_tests::time::{DAY_MS, Time};

use super::story::{PROJECT, Story};

/// What the system says when a network is there again.
const SYSTEM_SAYS_ONLINE: &str = "window.dispatchEvent(new Event('online')); arguments[0](null);";
/// Answers when something is offered.
const OFFERED: &str = "const done = arguments[0];
    const look = () => document.querySelector('#back-online').textContent.trim();
    new MutationObserver(() => look() && done(look()))
        .observe(document.querySelector('#back-online'), { childList: true, subtree: true });
    if (look()) done(look());";

impl Story {
    async fn adds_offline(&mut self, workflow: &str) {
        self.opens_project(PROJECT).await;
        self.goes_offline().await;
        self.adds("octo-org", workflow).await;
        let window = self.window();
        window.read("tr[id^='change-']", "Waiting to be added").await.expect("kept");
        window.read("#connection", "Offline").await.expect("and why it was not sent");
        window.screen("publishing").await.expect("the app is at rest");
    }
}

#[tokio::test]
async fn the_app_notices_by_itself_that_the_index_is_back_and_offers_what_waits() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.adds_offline("release.yml").await;
    story.comes_back().await;
    let window = story.window();
    let offered = window.ask_later(OFFERED).await.expect("within a minute or so");
    assert!(offered.as_str().is_some_and(|it| it.contains("1 change waits")), "{offered}");
    assert!(story.index().publishers(PROJECT).is_empty(), "nothing is sent unasked");
    window.press("#back-online", "Review 1 change").await.expect("a button");
    window.click("#send-reviewed").await.expect("a button");
    window.read("main", "Listed by Demo index").await.expect("sent");
}

#[tokio::test]
async fn what_waits_is_sent_by_itself_if_chosen_but_what_is_a_day_old_is_offered_again() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.goes_to("Settings", "settings").await;
    story.window().click("#sends-by-itself").await.expect("a choice");
    story.window().see("#sends-by-itself:checked").await.expect("chosen");
    story.adds_offline("fresh.yml").await;
    story.is_killed();

    let yesterday = Time::at(SystemClock.now_ms() - DAY_MS - 1000);
    let desk = Desk::open(&story.data(), MemorySecrets::default().into(), &yesterday).await;
    desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "old.yml", "")).await;
    desk.engine.store().close().await;

    story.opens(&[]).await;
    story.window().read("#connection", "Offline").await.expect("still offline");
    story.comes_back().await;
    let window = story.window();
    window.ask_later(SYSTEM_SAYS_ONLINE).await.expect("a script");
    window.read("#back-online", "1 change waits").await.expect("the old one is offered");
    story.goes_to("Changes", "changes").await;
    window.read("#sent-results li", "fresh.yml").await.expect("the fresh one was sent");
    window.read("#sent-results li", "Listed by Demo index").await.expect("and is listed");
    window.read("main [id^='change-']", "old.yml").await.expect("the old one waits");
    assert_eq!(story.index().publishers(PROJECT).len(), 1, "only what is fresh goes by itself");
}
