//! What the review showed is what is sent, whoever rewrites it meanwhile.

use trustdesk_tests::desk::posts;
use trustdesk_tests::other_connection::run_sql;

use super::story::{PROJECT, Story};

macro_rules! rewrite {
    () => {
        "UPDATE changes SET publisher = replace(publisher, 'planned.yml', 'thief.yml') WHERE true"
    };
}

impl Story {
    /// A change is queued while the index is down, and its review is open.
    async fn reviews_one_change(&self) {
        self.index().set_database_down(true);
        self.opens_project(PROJECT).await;
        self.adds("octo-org", "planned.yml").await;
        let window = self.window();
        window.read("tr[id^='change-']", "planned.yml").await.expect("it is kept");
        window.screen("publishing").await.expect("and not sent");
        self.goes_to("Changes", "changes").await;
        self.index().set_database_down(false);
        window.press("#waiting-changes", "Try again").await.expect("a button");
        window.read("#connection", "Online").await.expect("nothing stands in the way");
        window.click("#review-changes").await.expect("a button");
        window.read("#review", "planned.yml").await.expect("the list");
    }
}

#[tokio::test]
async fn change_rewritten_between_review_and_click_is_shown_again_and_not_sent() {
    let Some(story) = Story::signed_in().await else { return };
    story.reviews_one_change().await;
    run_sql(&story.data(), rewrite!()).await;
    let window = story.window();
    window.click("#send-reviewed").await.expect("a button");
    window.see("#review .said p, #work-result").await.expect("an answer");
    assert_eq!(posts(story.index()), 0, "nothing may be sent that nobody looked at");
    window.read("#review .said", "changed since").await.expect("it is said");
    window.read("#review", "thief.yml").await.expect("and shown as it is now");
}

#[tokio::test]
async fn change_that_a_trigger_rewrites_after_the_click_is_not_sent() {
    let Some(story) = Story::signed_in().await else { return };
    story.reviews_one_change().await;
    const TRIGGER: &str = concat!(
        "CREATE TRIGGER rewrites AFTER INSERT ON publishing_pages BEGIN ",
        rewrite!(),
        "; END"
    );
    run_sql(&story.data(), TRIGGER).await;
    let window = story.window();
    window.click("#send-reviewed").await.expect("a button");
    window.see("#work-result").await.expect("it has ended");
    assert_eq!(posts(story.index()), 0, "nothing may be sent that nobody looked at");
    window.read("#work-result", "not what you reviewed").await.expect("it is said");
    window.press("#work-result", "Review again").await.expect("what to do");
    window.read("#review", "thief.yml").await.expect("it is shown as it is now");
}
