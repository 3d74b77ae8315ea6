//! Another program at the same data while the window is open.

use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use trustdesk_core::clock::{Clock, SystemClock};
use trustdesk_core::secrets::MemorySecrets;
use trustdesk_tests::built::built;
use trustdesk_tests::desk::{Desk, release_workflow};
use trustdesk_tests::time::Time;

use super::story::{PROJECT, Story};

/// It is on screen within a second, and the slowest machine that runs this is not to fail it. Without
/// being told, the window would never look again.
const SOON: Duration = Duration::from_secs(10);

#[tokio::test]
async fn what_another_program_does_is_on_screen_soon() {
    let Some(story) = Story::signed_in().await else { return };
    story.goes_to("Changes", "changes").await;
    let window = story.window();
    window.read("main", "No changes").await.expect("nothing yet");

    let now = Time::at(SystemClock.now_ms());
    let other = Desk::open(&story.data(), MemorySecrets::default().into(), &now).await;
    let change = other.queue_add(PROJECT, &release_workflow()).await;
    let since = Instant::now();
    window.read("main [id^='change-']", "release.yml").await.expect("it was noticed");
    println!("on screen after {:?}", since.elapsed());
    assert!(since.elapsed() < SOON, "{:?}", since.elapsed());
    window.read("nav", "1").await.expect("and counted");

    other.engine.discard_change(&change.id).await.expect("taken back");
    window.read("main", "No changes").await.expect("that as well");
}

impl Story {
    /// The command line at the app's data, with the app's session from the keyring.
    fn cli(&self, words: &[&str]) -> Child {
        let mut command = Command::new(built("trustdesk-cli"));
        command.env("TRUSTDESK_DATA", self.data()).env_remove("CI").arg("--json").args(words);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("it runs")
    }
}

/// What it answered, which ended well.
async fn answered(running: Child) -> Value {
    let ended = tokio::task::spawn_blocking(|| running.wait_with_output());
    let Output { status, stdout, stderr } = ended.await.expect("waited").expect("it ends");
    let (said, why) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{status}: {said}{why}");
    serde_json::from_str(&said).expect("one JSON document")
}

#[tokio::test]
async fn the_app_and_the_command_line_see_what_the_other_one_does() {
    let Some(story) = Story::signed_in().await else { return };
    story.goes_to("Changes", "changes").await;
    let add = ["add", "google", PROJECT, "--email", "builder@demo.iam.gserviceaccount.com"];
    answered(story.cli(&add)).await;
    let window = story.window();
    let (row, since) = ("main [id^='change-']", Instant::now());
    window.read(row, "builder@demo.iam").await.expect("the app shows it");
    println!("on screen after {:?}", since.elapsed());
    assert!(since.elapsed() < SOON, "{:?}", since.elapsed());

    window.press(row, "Discard").await.expect("a button");
    window.read("main", "No changes").await.expect("taken back");
    let listed = answered(story.cli(&["changes"])).await;
    assert_eq!(listed["changes"], Value::Array(Vec::new()), "nor does the command line show it");
}

#[tokio::test]
async fn the_app_and_the_command_line_send_each_change_once_between_them() {
    let Some(mut story) = Story::signed_in().await else { return };
    let proxy = story.keeps_three_adds().await;
    let held = story.sends_up_to_the_second(&proxy).await;
    let sending = story.cli(&["sync", "--yes", "--wait", "120"]);
    let busy = story.cli(&["sync", "--yes"]);
    // The wire between them and the index is served by this thread.
    let busy = tokio::task::spawn_blocking(|| busy.wait_with_output()).await;
    let busy = busy.expect("waited").expect("it ends");
    let said = String::from_utf8_lossy(&busy.stdout);
    assert!(said.contains("another Trustdesk is sending"), "it keeps out of the app's way: {said}");
    held.pass_on().await;
    let sent = answered(sending).await;
    let states = sent["changes"].as_array().expect("its list").iter();
    assert!(states.clone().all(|change| change["state"] == "done"), "whoever sent them: {sent}");
    story.window().read("#work-result", "All 3 changes are done").await.expect("and the app knows");
    story.has_each_once();
}
