//! After the last kill: everything that waits is sent through the window, and the index's own books
//! are held against what was confirmed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use serde_json::Value;
use tokio::time::{interval, timeout};

use super::PROJECT;
use super::ledger::Ledger;
use super::round::open_project;
use crate::window::Window;

/// A change whose answer was lost is free again after one minute.
const SETTLE_LIMIT: Duration = Duration::from_secs(100);
const ASK_EVERY: Duration = Duration::from_secs(1);

const CHANGES: &str = "const all = (css) => [...document.querySelectorAll(css)];
    arguments[0]({
        changes: all('main [id^=change-]').map((row) => row.textContent),
        running: document.querySelector('#work-progress') !== null,
    });";
const DRAFTS: &str = "arguments[0]([...document.querySelectorAll('li[id^=draft-]')].map(
    (row) => row.textContent));";

/// Does what a person would do on the page of changes until nothing is left there.
pub(super) async fn settle(window: &Window) -> Result<()> {
    window.screen("projects").await?;
    window.press("nav", "Changes").await?;
    window.screen("changes").await?;
    let settled = timeout(SETTLE_LIMIT, async {
        let mut again = interval(ASK_EVERY);
        loop {
            again.tick().await;
            let screen = window.ask_later(CHANGES).await?;
            let changes: Vec<&str> = texts(&screen["changes"]).collect();
            if screen["running"] == true {
                continue;
            }
            if changes.is_empty() {
                return Ok(());
            }
            if let Some(stuck) =
                changes.iter().find(|it| !it.contains("Waiting to be") && !it.contains("Checking"))
            {
                bail!("a change is neither waiting nor checked: {stuck}");
            }
            if changes.iter().any(|change| change.contains("Waiting to be")) {
                window.click("#review-changes").await?;
                window.click("#send-reviewed").await?;
            } else {
                window.press("main [id^='change-']", "Read the list again").await?;
            }
            window.screen("changes").await?;
        }
    });
    settled.await?
}

/// Every draft is in the list of all drafts.
pub(super) async fn finds_every_draft(window: &Window, ledger: &Ledger) -> Result<()> {
    let rows = window.ask_later(DRAFTS).await?;
    let rows: Vec<&str> = texts(&rows).collect();
    let drafts = ledger.open.values().chain(ledger.parked.iter().map(|(_, text)| text));
    for draft in drafts.clone() {
        let has_all = |row: &&&str| draft.values().all(|value| row.contains(value));
        ensure!(rows.iter().any(|row| has_all(&row)), "{draft:?} is not on screen: {rows:?}");
    }
    ensure!(rows.len() == drafts.count(), "drafts that nobody typed: {rows:?}");
    window.press("nav", "Your projects").await?;
    open_project(window).await
}

/// What the index has done, by its own file: once for each that was confirmed, and nothing else.
pub(super) fn holds(ledger: &Ledger, state: &Path) {
    let state = fs::read(state).expect("the index keeps its state");
    let state: Value = serde_json::from_slice(&state).expect("JSON");
    let mut added = BTreeMap::new();
    let mut removed = BTreeMap::new();
    for event in state["database"]["events"].as_array().expect("events") {
        let marker = event["specifier"].as_str().unwrap_or_default().trim_end_matches(".yml");
        if event["project"] == PROJECT && marker.starts_with('r') {
            let book = if event["kind"] == "publisher_added" { &mut added } else { &mut removed };
            *book.entry(marker.to_owned()).or_insert(0_usize) += 1;
        }
    }
    let once = |markers: &std::collections::BTreeSet<String>| -> BTreeMap<String, usize> {
        markers.iter().map(|marker| (marker.clone(), 1)).collect()
    };
    assert_eq!(added, once(&ledger.adds), "the index has added each once, and nothing else");
    assert_eq!(removed, once(&ledger.removals), "and removed each once");
    let tries = state["attempts"]["user.oidc.publisher.register:demo"].as_array();
    let tries = tries.map_or(0, Vec::len);
    assert_eq!(tries, ledger.adds.len(), "the index was asked for each add exactly once");
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}
