//! Node and the packages of `ui`.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::program::{answer, npm, program};
use crate::repository::Repository;
use crate::stop::Stop;

/// Returns when Node is there and new enough for Vite.
pub(crate) fn ensure(repository: &Repository) -> Result<(), Stop> {
    let version = answer(program(repository, "node").arg("--version")).ok_or(Stop::NodeMissing)?;
    let found = version.trim();
    if is_enough(found) { Ok(()) } else { Err(Stop::NodeTooOld { found: found.to_owned() }) }
}

/// What Vite 8 says of itself: ^20.19 or from 22.12 on.
fn is_enough(version: &str) -> bool {
    let mut parts = version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().ok());
    match (parts.next().flatten(), parts.next().flatten()) {
        (Some(20), Some(minor)) => minor >= 19,
        (Some(22), Some(minor)) => minor >= 12,
        (Some(major), Some(_)) => major > 22,
        (_, _) => false,
    }
}

/// The command that brings `ui/node_modules` to the state of the lock file, or none where it is in it. No script of any
/// package is run: a package that is only unpacked cannot touch the machine.
pub(crate) fn install(repository: &Repository) -> Option<Command> {
    // npm writes this file last, so an installation that was cut short counts as none.
    let installed = changed_at(&repository.ui().join("node_modules/.package-lock.json"));
    let locked = changed_at(&repository.ui().join("package-lock.json"));
    if installed.is_some() && installed >= locked {
        return None;
    }
    let mut command = npm(repository);
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    Some(command)
}

fn changed_at(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_must_be_a_version_that_vite_runs_on() {
        for good in ["v20.19.0", "v20.20.2", "v22.12.0", "v24.1.0"] {
            assert!(is_enough(good), "{good} runs Vite");
        }
        for bad in ["v18.20.4", "v20.18.3", "v21.7.0", "v22.11.0", "", "nonsense"] {
            assert!(!is_enough(bad), "{bad} does not run Vite");
        }
    }
}
