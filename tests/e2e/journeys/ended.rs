//! The end of the app, or of its page, that nobody at the window asked for.

use std::time::Duration;
use tokio::time::{interval, timeout};

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
