//! The end of the app, or of its page, that nobody at the window asked for.

use std::time::{Duration, Instant};
use tokio::time::{interval, timeout};
use trustdesk_core::clock::{Clock, SystemClock};

use trustdesk_core::secrets::MemorySecrets;
use trustdesk_domain::ChangeState;
use trustdesk_tests::desk::{Desk, posts};
use trustdesk_tests::time::Time;

use super::story::{PROJECT, Story};
use crate::processes;

/// As Linux names it, cut off at fifteen letters.
const PAGE: &str = "WebKitWebProces";
const APP: &str = "trustdesk";
const AGAIN: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(50);

impl Story {
    /// How often the page has asked who is signed in, which it does as soon as it is there.
    fn pages_begun(&self) -> usize {
        let asked = self.index().requests().into_iter();
        asked.filter(|line| line.path.ends_with("/current-user-indicator/")).count()
    }
}

#[tokio::test]
async fn a_page_whose_process_ends_is_loaded_again_by_itself_and_nothing_typed_is_lost() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.opens_project(PROJECT).await;
    story.window().fill("#field-owner", "octo-org").await.expect("a field");
    story.window().read("#draft-state", "Draft saved").await.expect("saved");
    let (before, begun) = (processes::of(&story.data(), PAGE), story.pages_begun());
    processes::signal("KILL", &story.data(), PAGE);
    // The driver ends its session with the page, so that the page is watched from the index.
    let mut look = interval(LOOK_EVERY);
    let again = timeout(AGAIN, async {
        while story.pages_begun() == begun {
            look.tick().await;
        }
    });
    again.await.expect("the page is there again");
    let after = processes::of(&story.data(), PAGE);
    assert!(!after.is_empty() && after != before, "in another process: {before:?}, {after:?}");
    assert_eq!(processes::of(&story.data(), APP).len(), 1, "of the same app");

    story.is_killed();
    story.opens(&[]).await;
    story.opens_project(PROJECT).await;
    story.window().holds("#field-owner", "octo-org").await.expect("what was typed");
}

#[tokio::test]
async fn an_app_that_is_told_to_end_settles_what_is_on_its_way_and_sends_nothing_twice() {
    let Some(mut story) = Story::signed_in().await else { return };
    let proxy = story.keeps_three_adds().await;
    let held = story.sends_up_to_the_second(&proxy).await;
    let since = Instant::now();
    processes::signal("TERM", &story.data(), APP);
    processes::none_left(&story.data(), APP).await;
    println!("ended after {:?}", since.elapsed());
    story.is_killed();

    // Looked at before anything is made good by the next start: it had time to settle it itself.
    let now = Time::at(SystemClock.now_ms());
    let desk = Desk::open(&story.data(), MemorySecrets::default().into(), &now).await;
    let account = desk.account().await;
    let open = desk.engine.store().open_changes(account).await.expect("read");
    let checking = open.iter().find(|change| change.state == ChangeState::Checking);
    let said = checking.expect("nobody knows").reasons.messages.join(" ");
    assert!(said.contains("Stopped while this was being sent"), "{said}");
    assert_eq!(open.len(), 2, "one is done, one waits");
    desk.engine.store().close().await;

    held.pass_on().await;
    assert_eq!(posts(story.index()), 2, "what was on its way came to the index");
    story.opens_through(&proxy).await;
    story.window().read("#connection", "Online").await.expect("with the session of before");
    story.goes_to("Changes", "changes").await;
    story.window().click("#review-changes").await.expect("a button");
    story.window().click("#send-reviewed").await.expect("a button");
    story.window().read("#work-result", "The change is done").await.expect("sent");
    story.opens_project("harbor-sync").await;
    story.window().press("main", "Refresh").await.expect("a button");
    story.window().read("tr[id^='publisher-']", "release.yml").await.expect("it is listed");
    story.has_each_once();
}
