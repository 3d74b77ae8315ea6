//! cargo-deny: which crates, licences and sources may come in (`deny.toml` says). It judges the manifests and the lock
//! file alone, so it runs only when these are not what it passed last: where it is missing it is built from source,
//! which takes minutes.

use std::fs;

use sha2::{Digest, Sha256};

use super::tally::Tally;
use super::{Ending, steps};
use crate::house_rules;
use crate::program::{answer, cargo, program, run_logged};
use crate::repository::Repository;
use crate::stop::Stop;

const VERSION: &str = "0.20.2";

/// Part of the repository: the hash of what cargo-deny has passed, written by a run that passes.
const PASSED: &str = "deny.passed";

pub(super) fn licences(repository: &Repository) -> Result<Ending, Stop> {
    let passed = repository.root.join(PASSED);
    let judged = judged(repository)?;
    if fs::read_to_string(&passed).is_ok_and(|known| known.trim() == judged) {
        return Ok(Ending::Passed(Tally::default()));
    }
    let ending = check(repository)?;
    if matches!(ending, Ending::Passed(_)) {
        fs::write(&passed, judged + "\n")
            .map_err(|source| Stop::File { path: passed.clone(), source })?;
    }
    Ok(ending)
}

/// The hash of everything that decides what cargo-deny says.
fn judged(repository: &Repository) -> Result<String, Stop> {
    let decides = |path: &str| {
        path.ends_with("Cargo.toml") || path.ends_with("Cargo.lock") || path == "deny.toml"
    };
    let mut hash = Sha256::new_with_prefix(VERSION);
    for file in house_rules::files(repository)?.iter().filter(|file| decides(&file.path)) {
        // Git may have given it the line ends of this system.
        let text = file.text.replace("\r\n", "\n");
        for part in [&file.path, &text] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn check(repository: &Repository) -> Result<Ending, Stop> {
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
