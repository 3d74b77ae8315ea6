//! A change that waits says why it is not sent now, and is not counted among those that can be.

use trustdesk_domain::Provider;

use super::story::{PROJECT, Story};

#[tokio::test]
async fn change_that_is_held_back_says_why_in_its_row_and_in_the_review() {
    let Some(story) = Story::signed_in().await else { return };
    story.index().set_database_down(true);
    story.opens_project(PROJECT).await;
    story.adds("octo-org", "release.yml").await;
    let window = story.window();
    window.read("tr[id^='change-']", "release.yml").await.expect("it is kept");
    story.index().set_database_down(false);
    story.index().set_provider_disabled(Provider::Github, true);
    window.press("main", "Refresh").await.expect("a button");
    let why = "Demo index accepts no new GitHub publishers for now.";
    window.read("tr[id^='change-'] .why", why).await.expect("why it is not sent");
    story.goes_to("Changes", "changes").await;
    window.read("main [id^='change-'] .why", why).await.expect("there too");
    window.click("#review-changes").await.expect("a button");
    window.read("#review", &format!("Not sent now: {why}")).await.expect("and in the review");
    window.read("#review-held-back", "1 change is not sent now").await.expect("counted");
}
