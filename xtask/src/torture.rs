//! `cargo xtask torture`: the simulation of the tests, built to be fast, for as many lives as wanted.

use crate::program::{cargo, run_shown};
use crate::repository::Repository;
use crate::stop::Stop;

/// In memory where the system has such a folder: each life has a database of its own.
const FAST_FOLDER: &str = "/dev/shm";

pub(crate) fn torture(repository: &Repository, sims: u64, seed: u64) -> Result<(), Stop> {
    let mut torture = cargo(repository);
    torture.args(["run", "--profile", "torture", "--locked"]);
    torture.args(["-p", "trustdesk-tests", "--bin", "trustdesk-torture", "--"]);
    torture.args(["--sims", &sims.to_string(), "--seed", &seed.to_string()]);
    if std::path::Path::new(FAST_FOLDER).is_dir() {
        torture.env("TMPDIR", FAST_FOLDER);
    }
    run_shown(&mut torture)
}
