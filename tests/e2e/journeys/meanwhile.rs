//! Somebody else changes the project while a change waits: what was, what is mine, what is theirs.

use trustdesk_domain::{Github, Publisher};

use super::story::{PROJECT, Story};

const CONFLICT: &str = "[id^='conflict-']";

fn theirs() -> Publisher {
    Publisher::Github(Github {
        owner: "octocat".to_owned(),
        repository: PROJECT.to_owned(),
        workflow_filename: "theirs.yml".to_owned(),
        environment: None,
    })
}

impl Story {
    /// A change waits, and somebody else has changed the project since.
    async fn is_in_conflict(&mut self) {
        self.opens_project(PROJECT).await;
        self.goes_offline().await;
        self.adds("octo-org", "mine.yml").await;
        self.window().read("tr[id^='change-']", "Waiting to be added").await.expect("kept");
        self.window().screen("publishing").await.expect("the app is at rest");
        self.comes_back().await;
        self.index().add_publisher_behind(PROJECT, theirs());
        self.window().press("main", "Send now").await.expect("a button");
        let window = self.window();
        window.read(CONFLICT, "When you decided").await.expect("what it was");
        window.read(CONFLICT, "No publisher").await.expect("what it was");
        window.read(CONFLICT, "mine.yml in octo-org").await.expect("what is mine");
        window.read(CONFLICT, "theirs.yml in octocat").await.expect("what is theirs");
        assert_eq!(self.index().publishers(PROJECT).len(), 1, "nothing is sent over it");
        self.goes_to("Changes", "changes").await;
        self.window().read(CONFLICT, "theirs.yml in octocat").await.expect("there as well");
    }
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_shown_before_anything_is_sent_over_it() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.is_in_conflict().await;
    let window = story.window();
    window.press(CONFLICT, "Send it anyway").await.expect("one answer");
    window.gone("main [id^='change-']").await.expect("done");
    assert_eq!(story.index().publishers(PROJECT).len(), 2, "both are listed");
}

#[tokio::test]
async fn a_change_that_somebody_else_made_pointless_is_dropped() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.is_in_conflict().await;
    story.window().press(CONFLICT, "Discard").await.expect("the other answer");
    story.window().gone("main [id^='change-']").await.expect("it is gone");
    assert_eq!(story.index().publishers(PROJECT).len(), 1, "theirs stays alone");
}
