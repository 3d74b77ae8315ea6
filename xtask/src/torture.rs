//! `cargo xtask torture`: the torture of the tests, built to be fast, as often as wanted.

use std::ffi::OsString;
use std::path::Path;

use crate::build;
use crate::desktop::Desktop;
use crate::packages::Purpose;
use crate::program::{cargo, run_shown};
use crate::repository::Repository;
use crate::stop::Stop;

/// In memory where the system has such a folder: thousands of databases are made and thrown away.
const FAST_FOLDER: &str = "/dev/shm";

/// The part of its name by which the window test is chosen.
const WINDOW_KILLS: &str = "killed_windows";

/// The arguments are those of the torture itself, which knows them and tells of them.
pub(crate) fn torture(
    repository: &Repository,
    window: bool,
    arguments: &[OsString],
) -> Result<(), Stop> {
    if window {
        kill_windows(repository)?;
        if arguments.is_empty() {
            return Ok(());
        }
    }
    let mut torture = cargo(repository);
    torture.args(["run", "--profile", "torture", "--locked"]);
    torture.args(["-p", "trustdesk-tests", "--bin", "trustdesk-torture", "--"]);
    torture.args(arguments);
    if Path::new(FAST_FOLDER).is_dir() {
        torture.env("TMPDIR", FAST_FOLDER);
    }
    run_shown(&mut torture)
}

/// The window test that a usual run shortens, whole.
fn kill_windows(repository: &Repository) -> Result<(), Stop> {
    build::programs(repository, Purpose::Window)?;
    let mut test = cargo(repository);
    test.args(["test", "--workspace", "--locked", "--test", "e2e", "--", "--nocapture"]);
    test.arg(WINDOW_KILLS);
    test.env("TRUSTDESK_TEST_ALL_KILLS", "1");
    run_shown(&mut Desktop::new()?.wrap(repository, &test))
}

#[cfg(test)]
mod tests {
    use super::WINDOW_KILLS;

    #[test]
    fn window_test_is_chosen_by_a_part_of_its_name() {
        let tests = include_str!("../../tests/e2e/killed/mod.rs");
        assert!(tests.contains(&format!("async fn {WINDOW_KILLS}")), "no test would run");
    }
}
