//! Back online: the app notices, and offers what waits. Nothing is sent that was not reviewed.

use std::fs;

use trustdesk_tests::desk::posts;

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
    assert!(
        offered.as_str().is_some_and(|it| it.contains("1 queued change can be sent")),
        "{offered}"
    );
    assert!(story.index().publishers(PROJECT).is_empty(), "nothing is sent unasked");
    window.press("#back-online", "Review").await.expect("a button");
    window.click("#send-reviewed").await.expect("a button");
    window.read("main", "Listed by Demo index").await.expect("sent");
}

#[tokio::test]
async fn nothing_is_sent_at_a_start_however_fresh_or_old_it_is_until_it_was_reviewed() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.adds_offline("release.yml").await;
    story.is_killed();
    // As an earlier version wrote it, which sent what was a day old at most.
    fs::write(story.data().join("preferences.json"), r#"{"sends_by_itself":true}"#)
        .expect("written");
    story.opens(&[]).await;
    story.window().read("#connection", "Offline").await.expect("still offline");
    story.comes_back().await;
    let window = story.window();
    window.ask_later(SYSTEM_SAYS_ONLINE).await.expect("a script");
    window.read("#back-online", "1 queued change can be sent").await.expect("it is offered");
    story.goes_to("Changes", "changes").await;
    window.read("main [id^='change-']", "release.yml").await.expect("it waits");
    assert_eq!(posts(story.index()), 0, "nobody has reviewed it");
}
