//! The page of changes: what waits and for what, reviewed, sent, and what became of each.

use thirtyfour::Key;
use trustdesk_demo_index::PASSWORD;
use trustdesk_tests::proxy::{CHANGE, Place, Proxy};

use super::story::{ADD, PROJECT, Story};

const OTHER: &str = "saltmarsh";
/// How often the page says why nothing is sent, and how many buttons open this gate.
const GATE: &str = "const main = document.querySelector('main');
    const buttons = [...main.querySelectorAll('button, a')].map((each) => each.textContent.trim());
    arguments[0]({
        said: main.innerText.split('Not sent:').length - 1,
        buttons: buttons.filter((words) =>
            ['Sign in', 'Confirm password', 'Try again'].includes(words)).length,
    });";

impl Story {
    /// Three changes of two projects wait because the index was down; it will refuse one of them.
    async fn keeps_three_changes(&self) {
        self.index().set_database_down(true);
        self.opens_project(PROJECT).await;
        for (owner, workflow) in [("octo-org", "release.yml"), ("nobody-there", "refused.yml")] {
            self.adds(owner, workflow).await;
            self.window().read("tr[id^='change-']", workflow).await.expect("it is kept");
            self.window().screen("publishing").await.expect("and not sent");
        }
        self.opens_project(OTHER).await;
        self.adds("saltmarsh", "marsh.yml").await;
        self.window().read("tr[id^='change-']", "marsh.yml").await.expect("it is kept");
        self.window().screen("publishing").await.expect("and not sent");
        self.goes_to("Changes", "changes").await;
    }

    /// A gate is told once for all changes, with one button.
    async fn shows_one_gate(&self, words: &str, button: &str) {
        let window = self.window();
        window.read("#waiting-changes", words).await.expect("what they wait for");
        window.read("#waiting-changes .actions", button).await.expect("what opens the gate");
        let gate = window.ask_later(GATE).await.expect("a script");
        assert_eq!((gate["said"].as_u64(), gate["buttons"].as_u64()), (Some(1), Some(1)), "{gate}");
    }

    async fn sends_what_is_reviewed(&self) {
        let window = self.window();
        window.click("#review-changes").await.expect("a button");
        window.click("#send-reviewed").await.expect("a button");
    }

    /// Edits the change that the index refused, until it is listed.
    async fn mends_the_refused_one(&self) {
        let window = self.window();
        window.press("main [id^='change-']", "Edit").await.expect("a button");
        window.screen("publishing").await.expect("in its form");
        window.read("#field-owner-errors", "Unknown GitHub user").await.expect("the index's words");
        window.holds("#field-workflow_filename", "refused.yml").await.expect("what was typed");
        window.fill("#field-owner", "octo-org").await.expect("a field");
        window.click(ADD).await.expect("a button");
        window.read("main", "From now on refused.yml").await.expect("listed");
        self.goes_to("Changes", "changes").await;
        window.gone("main [id^='change-']").await.expect("the old one is gone with it");
    }
}

#[tokio::test]
async fn what_waits_is_reviewed_sent_and_told_one_by_one() {
    let Some(story) = Story::signed_in().await else { return };
    story.keeps_three_changes().await;
    let window = story.window();
    for (project, line) in [(PROJECT, "refused.yml"), (OTHER, "marsh.yml")] {
        let group = format!("section[aria-labelledby='changes-{project}']");
        window.read(&group, line).await.expect("by project");
    }
    story.shows_one_gate("Not sent: the index is down.", "Try again").await;
    story.index().set_database_down(false);
    window.press("#waiting-changes", "Try again").await.expect("the gate's button");
    window.read("#connection", "Online").await.expect("it is open");

    window.press("main", "Review 3 changes…").await.expect("a button");
    for line in ["release.yml in octo-org", "refused.yml in nobody-there", "marsh.yml in saltmarsh"]
    {
        window.read("#review", line).await.expect("the exact list");
    }
    window.read("#review-cost", "3 adds").await.expect("its cost");
    window.read("#review-cost", "Demo index allows 100").await.expect("its cost");
    window.read("#review-cost", "collaborators of 2 projects").await.expect("its cost");
    window.press("dialog[open]", "Send 3 changes to Demo index").await.expect("one answer");

    window.read("#work-result", "2 of 3 changes are done").await.expect("the sum");
    window.read("#sent-results li", "Listed by Demo index").await.expect("one that is listed");
    window.read("#sent-results li", "Rejected").await.expect("one that is not");
    window.click("#copy-receipt").await.expect("a button");
    window.read("#copy-receipt", "Copied").await.expect("it says so");
    story.mends_the_refused_one().await;
    story.goes_to("Your projects", "projects").await;
    let filter = window.see("#projects-filter").await.expect("a field that anything fits into");
    filter.send_keys(Key::Control + "v").await.expect("keys");
    window.read("main", "No project matches").await.expect("something was pasted");
    let pasted = filter.value().await.expect("a field").unwrap_or_default();
    assert!(pasted.contains("Trusted publishers on Demo index, sent by demo"), "{pasted}");
    assert!(pasted.contains("**saltmarsh**: Add GitHub `marsh.yml in saltmarsh"), "{pasted}");
}

#[tokio::test]
async fn a_change_that_was_refused_can_be_discarded() {
    let Some(story) = Story::signed_in().await else { return };
    story.opens_project(PROJECT).await;
    story.adds("nobody-there", "refused.yml").await;
    let window = story.window();
    window.read("#field-owner-errors", "Unknown GitHub user").await.expect("the index's words");
    story.goes_to("Changes", "changes").await;
    window.press("main [id^='change-']", "Discard").await.expect("a button");
    window.gone("main [id^='change-']").await.expect("it is gone");
    assert!(story.index().publishers(PROJECT).is_empty());
}

#[tokio::test]
async fn a_yes_that_the_list_does_not_show_is_the_persons_to_decide() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.is_killed();
    let proxy = Proxy::before(story.index()).await;
    story.opens_through(&proxy).await;
    story.opens_project(PROJECT).await;
    let mut held = proxy.hold(CHANGE, Place::BeforeTheIndex);
    story.adds("octo-org", "release.yml").await;
    held.reached().await;
    // The list that was read before did not announce it yet.
    story.index().set_read_only(true);
    held.pass_on().await;
    let window = story.window();
    window.read("main", "The index did not list it").await.expect("what came of it");
    story.goes_to("Changes", "changes").await;
    window.read("main [id^='change-']", "Needs your decision").await.expect("its state");
    window.read("main [id^='change-']", "read-only").await.expect("why");
    story.index().set_read_only(false);
    window.press("main [id^='change-']", "Send again").await.expect("one of two answers");
    window.gone("main [id^='change-']").await.expect("done");
    assert_eq!(story.index().publishers(PROJECT).len(), 1, "it is listed, once");
}

#[tokio::test]
async fn a_password_that_is_asked_for_again_is_one_gate_for_all_that_waits() {
    let Some(story) = Story::signed_in().await else { return };
    story.keeps_three_changes().await;
    story.index().set_database_down(false);
    story.index().make_reauth_needed();
    story.sends_what_is_reviewed().await;
    let window = story.window();
    window
        .read("#work-rests", "The index asks for your password")
        .await
        .expect("what it waits for");
    window.press("#work-rests", "Confirm password").await.expect("the gate's button");
    window.fill("#confirm-password", PASSWORD).await.expect("a field");
    window.press("dialog[open]", "Confirm").await.expect("a button");
    window.read("#work-result", "2 of 3 changes are done").await.expect("sent");
}

#[tokio::test]
async fn a_session_that_has_ended_is_one_gate_for_all_that_waits() {
    let Some(story) = Story::signed_in().await else { return };
    story.keeps_three_changes().await;
    story.index().set_database_down(false);
    story.index().expire_sessions();
    story.window().press("#waiting-changes", "Try again").await.expect("a button");
    story.shows_one_gate("Not sent: signed out.", "Sign in").await;
    let window = story.window();
    window.press("#waiting-changes", "Sign in").await.expect("the gate's button");
    window.press("main", "Use the demo account").await.expect("one button");
    window
        .read("#back-online", "3 queued changes can be sent")
        .await
        .expect("what waits is offered");
}
