//! Another program at the same data while the window is open.

use std::time::{Duration, Instant};

use trustdesk_core::clock::{Clock, SystemClock};
use trustdesk_core::secrets::MemorySecrets;
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
