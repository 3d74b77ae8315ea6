//! Child programs: how they are made, run in sight, and run into a log.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, io};

use crate::repository::Repository;
use crate::stop::Stop;

/// What a child left behind that ran into a log.
pub(crate) struct Logged {
    pub(crate) ok: bool,
    /// Standard output and errors, in the order they were written.
    pub(crate) output: String,
}

/// What keeps a program that cargo runs from the keyring (`.cargo/config.toml`).
pub(crate) const KEYRING: &str = "TRUSTDESK_KEYRING";

/// A child in the repository's root, with the keyring that a person's own programs have. `cargo run` gives xtask variables about the package xtask (`CARGO_PKG_…`,
/// `CARGO_MANIFEST_…`); build scripts that watch them would run again on every change between `cargo xtask` and plain cargo.
pub(crate) fn program(repository: &Repository, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(&repository.root).env_remove(KEYRING);
    for (name, _) in env::vars_os() {
        let about_xtask = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        });
        if about_xtask {
            command.env_remove(name);
        }
    }
    command
}

/// The cargo that runs xtask. A machine that builds once and throws away gains nothing from incremental data, which costs
/// time and disk.
pub(crate) fn cargo(repository: &Repository) -> Command {
    let mut command = program(repository, env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    if env::var_os("CI").is_some() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// npm in `ui`.
pub(crate) fn npm(repository: &Repository) -> Command {
    let mut command = program(repository, if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(repository.ui());
    command
}

/// Runs in sight of the person who called, who may type into it.
pub(crate) fn run_shown(command: &mut Command) -> Result<(), Stop> {
    let status = command.status().map_err(|source| not_started(command, source))?;
    if status.success() { Ok(()) } else { Err(Stop::Failed { program: spoken(command), status }) }
}

/// Runs out of sight. The log is a file and not a pipe, so that a daemon which outlives the child cannot hold the run up.
pub(crate) fn run_logged(command: &mut Command, log: &Path) -> Result<Logged, Stop> {
    let failed = |source| Stop::File { path: log.to_path_buf(), source };
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let file = File::create(log).map_err(failed)?;
    let same_file = file.try_clone().map_err(failed)?;
    let status = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(same_file)
        .status()
        .map_err(|source| not_started(command, source))?;
    let output = fs::read(log).map_err(failed)?;
    Ok(Logged { ok: status.success(), output: String::from_utf8_lossy(&output).into_owned() })
}

/// What a program prints, or nothing where it is missing or fails: for questions, where both mean "no".
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

pub(crate) fn is_installed(name: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders).any(|folder| folder.join(name).is_file())
}

/// The command as one would type it.
pub(crate) fn spoken(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn not_started(command: &Command, source: io::Error) -> Stop {
    Stop::NotStarted { program: command.get_program().to_string_lossy().into_owned(), source }
}
