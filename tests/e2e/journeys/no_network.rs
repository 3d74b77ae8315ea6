//! Without a network, a keyring or a session everything that was read can be looked at.

use std::fs::OpenOptions;
use std::io::Write as _;

use super::story::{NO_BUS, PROJECT, Story};

#[tokio::test]
async fn a_first_start_without_a_network_says_what_can_be_done() {
    let Some(mut story) = Story::begins(0).await else { return };
    story.goes_offline().await;
    let window = story.window();
    window.screen("start").await.expect("the first start");
    window.click("#choose-demo").await.expect("a choice needs no network");
    window.press("main", "Use the demo account").await.expect("a button");
    window.read("main", "The index cannot be reached").await.expect("what is wrong");
    window.read("main", "Check the connection, then try again").await.expect("what to do");
    window.read("main", "Choose another index").await.expect("or what else");

    story.comes_back().await;
    let window = story.window();
    window.press("main", "Use the demo account").await.expect("the same button");
    window.see(&format!("#project-{PROJECT}")).await.expect("it goes on from there");
}

#[tokio::test]
async fn a_cache_that_had_to_be_made_anew_without_a_network_says_what_can_be_done() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.is_killed();
    story.goes_offline().await;
    let log = story.data().join("trustdesk.sqlite3-wal");
    let mut log = OpenOptions::new().write(true).open(log).expect("a log");
    log.write_all(&[0xff; 32]).expect("damaged");
    story.opens(&[]).await;
    let window = story.window();
    window.read("#storage-mended", "0 drafts and 0 changes").await.expect("what became of it");
    window.read("main", "Your projects have not been read yet").await.expect("what is not there");
    window.read("main", "cannot be reached from here now").await.expect("why");
    window.read("main", "the demo index needs no network").await.expect("what can be done");
    story.comes_back().await;
    story.window().press("main", "Refresh").await.expect("a button");
    story.window().see(&format!("#project-{PROJECT}")).await.expect("and now it is read");
}

#[tokio::test]
async fn every_screen_opens_without_a_network_a_keyring_and_a_session() {
    let Some(mut story) = Story::signed_in().await else { return };
    let window = story.window();
    window.click("#read-all").await.expect("a button");
    window.read("#work-result", "brass-kettle").await.expect("all is read but the quarantined one");
    story.is_killed();
    story.goes_offline().await;

    for (bus, state, wrong) in [
        (None, "Offline", "The index cannot be reached"),
        (Some(NO_BUS), "Signed out", "You are signed out"),
    ] {
        story.opens(bus.as_slice()).await;
        let window = story.window();
        window.read("#connection", state).await.expect("how it stands");
        window.see("#project-moss-garden-kit").await.expect("the projects");
        window.read("main", "Read ").await.expect("and when they were read");
        window.press("main", "Refresh").await.expect("a button");
        window.read("main [role=alert]", wrong).await.expect("what is wrong");
        window.see("#project-moss-garden-kit").await.expect("they are still there");

        story.opens_project("harbor-sync").await;
        window.see("tr[id^='publisher-']:nth-child(11)").await.expect("its publishers");
        window.read("main", "Read ").await.expect("and when they were read");
        window.press("main", "Refresh").await.expect("a button");
        window.read("main [role=alert]", wrong).await.expect("what is wrong");
        window.see("tr[id^='publisher-']:nth-child(11)").await.expect("they are still there");

        story.goes_to("Changes", "changes").await;
        window.read("main", "No changes").await.expect("nothing waits");
        story.goes_to("Settings", "settings").await;
        let kept = if bus.is_some() { "not signed in" } else { "In this computer’s keyring" };
        // A session that was not needed yet was not looked for.
        window.read("#session-kept", kept).await.expect("where the session is");
        story.is_killed();
    }
}

#[tokio::test]
async fn a_session_without_a_keyring_lasts_for_this_run_and_is_said_to() {
    let Some(mut story) = Story::begins(0).await else { return };
    story.is_killed();
    story.opens(&[NO_BUS]).await;
    let window = story.window();
    window.click("#choose-demo").await.expect("a choice");
    window.press("main", "Use the demo account").await.expect("one button");
    window.see(&format!("#project-{PROJECT}")).await.expect("signed in without a keyring");
    window.read("header", "no keyring").await.expect("it is said at once");
    story.is_killed();
    story.opens(&[NO_BUS]).await;
    story.window().read("#connection", "Signed out").await.expect("it lasted for one run");
    story.window().see(&format!("#project-{PROJECT}")).await.expect("the cache is still there");
}

#[tokio::test]
async fn reading_everything_shows_how_far_it_is_and_can_be_stopped() {
    let Some(story) = Story::signed_in_with(400).await else { return };
    let window = story.window();
    window.click("#read-all").await.expect("a button");
    window.read("#work-progress", "projects read").await.expect("how far it is");
    window.click("#stop-work").await.expect("a button");
    window.read("#work-result", "Stopped:").await.expect("what came of it");
    window.gone("#work-progress").await.expect("nothing goes on");
    window.see(&format!("#project-{PROJECT}")).await.expect("the list is there");
}
