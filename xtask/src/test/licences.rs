//! cargo-deny: which crates, licences and sources may come in (`deny.toml` says). Built from source where it is missing.

use super::{Ending, steps};
use crate::program::{answer, cargo, program, run_logged};
use crate::repository::Repository;
use crate::stop::Stop;

const VERSION: &str = "0.20.2";

pub(super) fn licences(repository: &Repository) -> Result<Ending, Stop> {
    let tools = repository.target().join("tools");
    let own = tools.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    let deny =
        if is_the_version(repository, "cargo-deny".as_ref()) { "cargo-deny".into() } else { own };
    if !is_the_version(repository, &deny) {
        let log = repository.log("cargo-deny-install");
        let mut install = cargo(repository);
        // The dev profile: built in half the time, and the check itself takes seconds either way.
        install.args([
            "install",
            &format!("cargo-deny@{VERSION}"),
            "--locked",
            "--debug",
            "--force",
        ]);
        if !run_logged(install.arg("--root").arg(&tools), &log)?.ok {
            let reason = format!("cargo-deny {VERSION} could not be built, see {}", log.display());
            return Ok(Ending::Skipped(reason));
        }
    }
    let mut check = program(repository, deny);
    check.args(["--all-features", "--locked", "check", "bans", "licenses", "sources"]);
    steps::checked(repository, "licences", &mut check)
}

fn is_the_version(repository: &Repository, path: &std::path::Path) -> bool {
    answer(program(repository, path).arg("--version"))
        .is_some_and(|said| said.trim() == format!("cargo-deny {VERSION}"))
}
