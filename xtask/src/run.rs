//! `cargo xtask run`: the app for real use.

use crate::packages::Purpose;
use crate::program::{program, run_shown};
use crate::repository::Repository;
use crate::stop::Stop;
use crate::{build, desktop};

pub(crate) fn run(repository: &Repository, release: bool) -> Result<(), Stop> {
    // Asked before the build, which takes minutes: GTK itself would only panic.
    if !desktop::has_display() {
        return Err(Stop::NoDisplay);
    }
    let profile = if release {
        build::release(repository)?;
        "release"
    } else {
        build::programs(repository, Purpose::Build)?;
        "debug"
    };
    run_shown(&mut program(repository, repository.built(profile, "trustdesk")))
}
