//! `cargo xtask bindings`: the TypeScript contract, written anew from the list of commands.
//!
//! A test of the shell compares the file with the list; told so, it writes the file instead.

use crate::packages::{self, Purpose};
use crate::program::{cargo, run_shown};
use crate::repository::Repository;
use crate::stop::Stop;
use crate::{build, screen};

pub(crate) fn bindings(repository: &Repository) -> Result<(), Stop> {
    packages::ensure(repository, Purpose::Build)?;
    // The shell compiles only where there are pages to embed; stale ones do.
    if !repository.ui().join("dist/index.html").is_file() {
        build::pages(repository)?;
    }
    // The whole workspace, though one package is meant: alone it would be compiled with other features, from the start.
    let mut write = cargo(repository);
    write.args(["test", "--workspace", "--lib", "--locked", "--quiet", "--", "bindings"]);
    run_shown(write.env("TRUSTDESK_WRITE_BINDINGS", "1"))?;
    screen::line("ui/src/ipc/bindings.ts follows the list of commands.");
    Ok(())
}
