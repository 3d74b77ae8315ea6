//! Replacing a publisher, also without a network: the new one is listed before the old one goes.

use super::story::{ADD, Story};

const LANTERN: &str = "lantern-cli";
const QUILLMARK: &str = "quillmark";
const ROW: &str = "tr[id^='publisher-']";
const NEW: &str = "tr[id^='change-']";

#[tokio::test]
async fn a_replacement_without_a_network_stands_in_place_and_goes_out_in_order() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.opens_project(LANTERN).await;
    story.goes_offline().await;
    let window = story.window();
    window.click("[id^='replace-']").await.expect("a button");
    window.read("#replacing", "publish.yml in lantern-tools").await.expect("what is replaced");
    window.holds("#field-workflow_filename", "publish.yml").await.expect("its own text");
    window.fill("#field-workflow_filename", "ship.yml").await.expect("a field");
    window.read(ADD, "Replace").await.expect("what the button does");
    window.click(ADD).await.expect("a button");
    window.read(NEW, "Waiting to be added").await.expect("the new one, in its place");
    window.read(ROW, "Waiting to be removed").await.expect("and the old one");
    window.screen("publishing").await.expect("the app is at rest");

    story.is_killed();
    story.opens(&[]).await;
    story.opens_project(LANTERN).await;
    story.window().read(NEW, "ship.yml").await.expect("it survives a power cut");
    story.window().read(ROW, "Waiting to be removed").await.expect("both halves of it do");
    story.comes_back().await;
    story.window().press("main .waits", "Send now").await.expect("a button");
    story.window().read(ROW, "ship.yml").await.expect("the new one is listed");
    story.window().gone(&format!("{ROW}.leaving")).await.expect("the old one is gone");
    story.has_only(LANTERN, "ship.yml in lantern-tools/lantern-cli, environment pypi");
    let asked: Vec<String> = story.index().requests().into_iter().map(|line| line.method).collect();
    let changes = asked.iter().filter(|method| *method == "POST").count();
    assert_eq!(changes, 2, "one request to add and one to remove: {asked:?}");
}

#[tokio::test]
async fn a_replacement_that_is_taken_back_leaves_the_old_one_as_it_was() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.opens_project(LANTERN).await;
    story.goes_offline().await;
    let window = story.window();
    window.click("[id^='replace-']").await.expect("a button");
    window.fill("#field-workflow_filename", "ship.yml").await.expect("a field");
    window.click(ADD).await.expect("a button");
    window.read(ROW, "Waiting to be removed").await.expect("kept");
    window.screen("publishing").await.expect("the app is at rest");
    window.press(NEW, "Undo").await.expect("a button");
    window.gone(NEW).await.expect("the new one is taken back");
    window.gone(&format!("{ROW}.leaving")).await.expect("and its removal with it");
}

#[tokio::test]
async fn a_publisher_for_any_environment_is_limited_to_one() {
    let Some(story) = Story::signed_in().await else { return };
    story.opens_project(QUILLMARK).await;
    let window = story.window();
    window.click("[id^='limit-']").await.expect("a button");
    window.see("#field-environment:focus").await.expect("the one field that is to be filled");
    window.holds("#field-repository", QUILLMARK).await.expect("the others are as they were");
    window.fill("#field-environment", "release").await.expect("a field");
    window.click(ADD).await.expect("a button");
    window.read("main", "From now on release.yml in quillmark/quillmark").await.expect("listed");
    window.gone(&format!("{ROW}:nth-child(2)")).await.expect("the unlimited one is gone");
    story.has_only(QUILLMARK, "release.yml in quillmark/quillmark, environment release");
}

impl Story {
    fn has_only(&self, project: &str, line: &str) {
        let listed = self.index().publishers(project);
        let lines: Vec<String> = listed.iter().map(|listed| listed.publisher.line()).collect();
        assert_eq!(lines, [line]);
    }
}
