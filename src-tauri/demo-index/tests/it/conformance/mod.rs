//! The index against recordings of a real Warehouse: each row of a table is one recorded exchange, sent
//! again to a fresh index in the same situation. Status, redirect, hooks and words must be the same.
//!
//! The recordings are not part of the project: `TRUSTDESK_CAPTURES` names their folder. Set and
//! missing is a failure; unset, the test says so and passes.

mod compare;
mod given;
mod recording;
mod rows;

use std::env;
use std::path::PathBuf;

use compare::differences;
use given::prepare;
use recording::Recording;
use rows::{PUBLISHING, REFUSED, Row, SIGN_IN};

#[tokio::test]
async fn signing_in_is_answered_as_warehouse_answered_it() {
    hold(SIGN_IN).await;
}

#[tokio::test]
async fn projects_and_publishers_are_answered_as_warehouse_answered_them() {
    hold(PUBLISHING).await;
}

#[tokio::test]
async fn what_is_refused_is_answered_as_warehouse_answered_it() {
    hold(REFUSED).await;
}

#[expect(clippy::print_stdout, reason = "a test that did not run says so")]
async fn hold(rows: &[Row]) {
    let Some(folder) = env::var_os("TRUSTDESK_CAPTURES").map(PathBuf::from) else {
        println!("skipped: TRUSTDESK_CAPTURES does not name a folder with recordings");
        return;
    };
    let mut failures = Vec::new();
    for row in rows {
        let recording = Recording::read(&folder, row.recording);
        let (mut scene, mut address) = prepare(&folder, row).await;
        let answer = recording.replay(&mut scene, row, &mut address).await;
        for difference in differences(&recording.answer, &answer, row) {
            failures.push(format!("{}: {difference}", row.recording));
        }
    }
    assert!(failures.is_empty(), "{} differences:\n{}", failures.len(), failures.join("\n"));
    println!("{} recorded exchanges answered as recorded", rows.len());
}
