//! The index against recordings of a real Warehouse: each row of a table is one recorded exchange, sent
//! again to a fresh index in the same situation. Status, redirect, hooks and words must be the same,
//! and what the core's own parsers read from the page.
//!
//! The recordings are not part of the project: `TRUSTDESK_CAPTURES` names their folder, and later ones
//! lie beside it. Set and missing is a failure; unset, the test says so and passes.

mod compare;
mod differences;
mod forms;
mod given;
mod models;
mod recording;
mod replay;
mod rows;

use std::collections::BTreeSet;
use std::env;
use std::path::PathBuf;

use compare::differences;
use given::prepare;
use recording::{Recording, names};
use rows::{
    ACCOUNT_STATES, LATER, OTHER, PENDING, PROJECTS, PUBLISHING, REFUSED, Row, SECOND_FACTOR,
    SIGN_IN, SWITCHED, TABLES, UNSUPPORTED,
};

#[tokio::test]
async fn signing_in_is_answered_as_warehouse_answered_it() {
    hold(SIGN_IN).await;
}

#[tokio::test]
async fn second_factors_and_devices_are_answered_as_warehouse_answered_them() {
    hold(SECOND_FACTOR).await;
}

#[tokio::test]
async fn accounts_that_are_not_in_order_are_answered_as_warehouse_answered_them() {
    hold(ACCOUNT_STATES).await;
}

#[tokio::test]
async fn projects_are_answered_as_warehouse_answered_them() {
    hold(PROJECTS).await;
}

#[tokio::test]
async fn publishers_are_answered_as_warehouse_answered_them() {
    hold(PUBLISHING).await;
}

#[tokio::test]
async fn what_is_refused_is_answered_as_warehouse_answered_it() {
    hold(REFUSED).await;
}

#[tokio::test]
async fn what_is_switched_off_is_answered_as_warehouse_answered_it() {
    hold(SWITCHED).await;
}

#[tokio::test]
async fn pending_publishers_are_answered_as_warehouse_answered_them() {
    hold(PENDING).await;
}

#[tokio::test]
async fn later_recordings_are_answered_as_warehouse_answered_them() {
    hold(LATER).await;
}

#[tokio::test]
async fn what_is_missing_limited_or_broken_is_answered_as_warehouse_answered_it() {
    hold(OTHER).await;
}

#[test]
#[expect(clippy::print_stdout, reason = "a count that somebody asked for")]
fn every_recording_is_sent_again_or_has_a_reason_not_to_be() {
    let rows: Vec<_> = TABLES.iter().copied().flatten().map(|row| row.recording).collect();
    let reasons: Vec<_> = UNSUPPORTED.iter().map(|(recording, _)| *recording).collect();
    let known: BTreeSet<_> = rows.iter().chain(&reasons).copied().map(str::to_owned).collect();
    let count = rows.len() + reasons.len();
    assert_eq!(known.len(), count, "no recording stands in two tables");
    println!("{} rows, {} recordings with a reason, {count} in all", rows.len(), reasons.len());
    if let Some(folder) = folder() {
        let recorded: BTreeSet<_> = names(&folder).into_iter().collect();
        let difference: Vec<_> = recorded.symmetric_difference(&known).collect();
        assert!(difference.is_empty(), "{difference:?}");
    }
}

fn folder() -> Option<PathBuf> {
    env::var_os("TRUSTDESK_CAPTURES").map(PathBuf::from)
}

#[expect(clippy::print_stdout, reason = "a test that did not run says so")]
async fn hold(rows: &[Row]) {
    let Some(folder) = folder() else {
        println!("skipped: TRUSTDESK_CAPTURES does not name a folder with recordings");
        return;
    };
    let mut failures = Vec::new();
    for row in rows {
        let recording = Recording::read(&folder, row.recording);
        let mut prepared = prepare(&folder, row).await;
        let answer = recording.replay(&mut prepared.scene, row, &mut prepared.address).await;
        for difference in differences(&recording.answer, &answer, row) {
            failures.push(format!("{}: {difference}", row.recording));
        }
    }
    assert!(failures.is_empty(), "{} differences:\n{}", failures.len(), failures.join("\n"));
    println!("{} recorded exchanges answered as recorded", rows.len());
}
