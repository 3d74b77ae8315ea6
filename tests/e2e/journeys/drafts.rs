//! Drafts: saved while one types, found again where they were typed, listed, discarded and taken back.

use super::story::{PROJECT, Story};

const OTHER: &str = "saltmarsh";

impl Story {
    /// Types a GitLab draft; it is not confirmed.
    async fn drafts(&self, project: &str) {
        let window = self.window();
        window.click("#tab-gitlab").await.expect("a tab");
        window.fill("#field-namespace", "harbor-works").await.expect("a field");
        window.fill("#field-project", project).await.expect("a field");
    }
}

#[tokio::test]
async fn drafts_are_found_again_where_they_were_typed_after_a_power_cut() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.opens_project(PROJECT).await;
    let window = story.window();
    window.fill("#field-owner", "octo-org").await.expect("a field");
    // Another tab takes the form out of sight: what was typed there is saved without a pause.
    window.click("#tab-gitlab").await.expect("a tab");
    window.read("#tab-github", "(draft)").await.expect("the tab says that it holds a draft");
    story.drafts("night-train").await;
    window.click("#save-draft").await.expect("a button");
    window.read("tr[id^='draft-']", "night-train").await.expect("put aside");
    story.drafts("day-train").await;
    window.read("#draft-state", "Draft saved").await.expect("saved");
    story.opens_project(OTHER).await;
    story.drafts("marsh-train").await;
    window.read("#draft-state", "Draft saved").await.expect("saved");

    story.is_killed();
    story.opens(&[]).await;
    story.opens_project(PROJECT).await;
    let window = story.window();
    window.click("#tab-gitlab").await.expect("a tab");
    window.holds("#field-project", "day-train").await.expect("the second of two of one provider");
    window.read("tr[id^='draft-']", "night-train").await.expect("the first is listed");
    window.click("#tab-github").await.expect("a tab");
    window.holds("#field-owner", "octo-org").await.expect("saved by going to another tab");
    story.opens_project(OTHER).await;
    window.click("#tab-gitlab").await.expect("a tab");
    window.holds("#field-project", "marsh-train").await.expect("the other project's");
}

#[tokio::test]
async fn all_drafts_are_listed_and_a_discarded_one_can_be_taken_back() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.opens_project(PROJECT).await;
    for name in ["night-train", "day-train"] {
        story.drafts(name).await;
        story.window().click("#save-draft").await.expect("a button");
        story.window().read("tr[id^='draft-']", name).await.expect("put aside");
    }
    story.opens_project(OTHER).await;
    story.drafts("marsh-train").await;
    story.window().read("#draft-state", "Draft saved").await.expect("saved");

    story.goes_to("Changes", "changes").await;
    let window = story.window();
    window.read("#drafts", "Drafts 3").await.expect("those of every project");
    window.read("main h3", OTHER).await.expect("by project");
    window.press("li[id^='draft-']", "Discard").await.expect("the first one's button");
    window.read("main", "Draft discarded").await.expect("what was done");
    window.read("#drafts", "Drafts 2").await.expect("one less");
    window.click("#undo-draft").await.expect("a button");
    window.read("#drafts", "Drafts 3").await.expect("it is back");

    window.press("li[id^='draft-']", "Discard").await.expect("a button");
    window.read("#drafts", "Drafts 2").await.expect("one less");
    story.is_killed();
    story.opens(&[]).await;
    story.goes_to("Changes", "changes").await;
    story.window().read("#drafts", "Drafts 2").await.expect("what was not taken back is gone");
}
