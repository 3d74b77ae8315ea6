//! Removing and replacing without a network: shown in place, taken back, and sent when it is back.

use super::story::Story;

/// It has one publisher.
const LANTERN: &str = "lantern-cli";
const ROW: &str = "tr[id^='publisher-']";

impl Story {
    async fn removes_offline(&self) {
        let window = self.window();
        window.press(ROW, "Remove").await.expect("a button");
        window.read("dialog[open]", "It is the last publisher").await.expect("what it means");
        window.press("dialog[open]", "Remove publisher").await.expect("a button");
        window.read(ROW, "Waiting to be removed").await.expect("its state, in its place");
        window.screen("publishing").await.expect("the app is at rest");
    }
}

#[tokio::test]
async fn a_removal_without_a_network_stands_in_place_and_can_be_undone() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.opens_project(LANTERN).await;
    story.goes_offline().await;
    story.removes_offline().await;
    let window = story.window();
    window.read("main", "Kept here, not sent yet").await.expect("it is kept");
    window.press(ROW, "Undo").await.expect("a button");
    window.read(ROW, "Remove").await.expect("as before");
    window.gone("main [role=status] .notice").await.expect("nothing is said to be kept any more");

    story.removes_offline().await;
    story.is_killed();
    story.opens(&[]).await;
    story.opens_project(LANTERN).await;
    story.window().read(ROW, "Waiting to be removed").await.expect("it survives a power cut");
    story.comes_back().await;
    let window = story.window();
    window.press("main .waits", "Send now").await.expect("a button");
    window.gone(ROW).await.expect("its row is gone");
    window.read("main", "No publisher yet").await.expect("and nothing is left");
    assert!(story.index().publishers(LANTERN).is_empty());
}
