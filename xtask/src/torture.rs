//! `cargo xtask torture`: the torture of the tests, built to be fast, as often as wanted.

use std::ffi::OsString;
use std::path::Path;

use crate::program::{cargo, run_shown};
use crate::repository::Repository;
use crate::stop::Stop;

/// In memory where the system has such a folder: thousands of databases are made and thrown away.
const FAST_FOLDER: &str = "/dev/shm";

/// The arguments are those of the torture itself, which knows them and tells of them.
pub(crate) fn torture(repository: &Repository, arguments: &[OsString]) -> Result<(), Stop> {
    let mut torture = cargo(repository);
    torture.args(["run", "--profile", "torture", "--locked"]);
    torture.args(["-p", "trustdesk-tests", "--bin", "trustdesk-torture", "--"]);
    torture.args(arguments);
    if Path::new(FAST_FOLDER).is_dir() {
        torture.env("TMPDIR", FAST_FOLDER);
    }
    run_shown(&mut torture)
}
