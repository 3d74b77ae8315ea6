//! The app built in sight, for those who want to use it: packages, pages, programs.

use crate::node;
use crate::packages::{self, Purpose};
use crate::program::{cargo, npm, run_shown};
use crate::repository::Repository;
use crate::stop::Stop;

/// What the shell embeds, so it comes before the shell.
pub(crate) fn pages(repository: &Repository) -> Result<(), Stop> {
    node::ensure(repository)?;
    if let Some(mut install) = node::install(repository) {
        run_shown(&mut install)?;
    }
    run_shown(npm(repository).args(["run", "--silent", "build"]))
}

/// Every program of the workspace in the dev profile: taken one by one, cargo would compile what they share once for each.
pub(crate) fn programs(repository: &Repository, purpose: Purpose) -> Result<(), Stop> {
    packages::ensure(repository, purpose)?;
    pages(repository)?;
    run_shown(cargo(repository).args(["build", "--workspace", "--bins", "--locked"]))
}

/// The app alone, in the release profile.
pub(crate) fn release(repository: &Repository) -> Result<(), Stop> {
    packages::ensure(repository, Purpose::Build)?;
    pages(repository)?;
    run_shown(cargo(repository).args(["build", "--package", "trustdesk", "--release", "--locked"]))
}
