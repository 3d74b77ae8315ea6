//! Whole lives of a process that is ended in the middle or has a disk that fails, on a folder of their
//! own each. `cargo xtask torture` lives more of them.

use std::path::Path;

use trustdesk_tests::torture::{
    Report, can_choose_calls, disk_errors, kills_at_calls, random_kills, terminations,
};

const SEED: u64 = 1;

fn torture() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_trustdesk-torture"))
}

/// Whoever runs the tests is told what was not tested.
fn has_strace() -> bool {
    let there = can_choose_calls();
    if !there {
        eprintln!("skipped: strace is not here");
    }
    there
}

#[tokio::test]
async fn killed_at_any_moment_nothing_is_lost_or_doubled() {
    let mut report = Report::of_seed(SEED);
    random_kills(&mut report, torture(), 3).await;
    assert!(report.is_clean() && report.kills > 0, "{report:?}");
}

#[tokio::test]
async fn killed_at_a_system_call_nothing_is_lost_or_doubled() {
    if !has_strace() {
        return;
    }
    let mut report = Report::of_seed(SEED);
    kills_at_calls(&mut report, torture(), 4).await;
    assert!(report.is_clean() && report.kills > 0, "{report:?}");
}

#[tokio::test]
async fn told_to_end_in_the_middle_nothing_is_lost_or_doubled() {
    let mut report = Report::of_seed(SEED);
    terminations(&mut report, torture(), 2).await;
    assert!(report.is_clean() && report.kills > 0, "{report:?}");
}

#[tokio::test]
async fn nothing_is_called_kept_that_a_failing_disk_did_not_take() {
    if !has_strace() {
        return;
    }
    let mut report = Report::of_seed(SEED);
    disk_errors(&mut report, torture(), 3).await;
    assert!(report.is_clean() && report.disk_errors > 0, "{report:?}");
}
