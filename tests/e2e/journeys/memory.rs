//! What the system may keep of the memory of the app and of the processes that it starts.

use std::fs;

use super::story::Story;
use crate::processes;

#[tokio::test]
async fn memory_of_the_app_and_its_pages_is_never_dumped() {
    let Some(mut story) = Story::signed_in().await else { return };
    story.is_killed();
    story.opens(&[("TRUSTDESK_DUMPABLE", "0")]).await;
    story.window().screen("projects").await.expect("it works as ever");
    let app = processes::of(&story.data(), "trustdesk");
    let pages = processes::of(&story.data(), "WebKitWebProces");
    if app.is_empty() {
        println!("skipped: only root finds an app whose environment cannot be read");
        return;
    }
    assert!(!pages.is_empty(), "the page has a process of its own");
    for process in app.into_iter().chain(pages) {
        let limits = fs::read_to_string(format!("/proc/{process}/limits")).expect("there");
        let core = limits.lines().find(|line| line.starts_with("Max core file size"));
        let core: Vec<&str> = core.expect("a limit").split_whitespace().skip(4).take(2).collect();
        assert_eq!(core, ["0", "0"], "{process}");
    }
}
