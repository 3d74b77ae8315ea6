//! The steps of `cargo xtask test`, cheapest first: what fails in a second is said before what takes minutes begins.

use std::collections::BTreeSet;
use std::process::Command;

use super::tally::{Tally, reasons_to_skip};
use super::{Ending, licences};
use crate::desktop::Desktop;
use crate::packages::{self, Purpose};
use crate::program::{answer, cargo, npm, run_logged, spoken};
use crate::repository::Repository;
use crate::stop::Stop;
use crate::{house_rules, node, screen};

pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    /// Steps without whose success this one says nothing.
    pub(super) needs: &'static [&'static str],
    pub(super) act: fn(&Repository) -> Result<Ending, Stop>,
}

pub(super) const STEPS: &[Step] = &[
    Step { name: "packages", what: "system packages", needs: &[], act: system_packages },
    Step { name: "house-rules", what: "the repository's own rules", needs: &[], act: own_rules },
    Step {
        name: "rust-format",
        what: "rustfmt",
        needs: &[],
        act: |at| cargo_step(at, "rust-format", &["fmt", "--all", "--check"]),
    },
    Step { name: "node-modules", what: "Node and npm packages", needs: &[], act: node_modules },
    Step {
        name: "ui-format",
        what: "Prettier",
        needs: &["node-modules"],
        act: |at| npm_step(at, "ui-format", "format:check"),
    },
    Step {
        name: "ui-lint",
        what: "ESLint",
        needs: &["node-modules"],
        act: |at| npm_step(at, "ui-lint", "lint"),
    },
    Step {
        name: "ui-types",
        what: "svelte-check",
        needs: &["node-modules"],
        act: |at| npm_step(at, "ui-types", "check"),
    },
    Step { name: "ui-tests", what: "vitest", needs: &["node-modules"], act: ui_tests },
    Step {
        name: "ui-build",
        what: "the pages that the shell embeds",
        needs: &["node-modules"],
        act: |at| npm_step(at, "ui-build", "build"),
    },
    Step {
        name: "rust-build",
        what: "every program and test",
        needs: &["packages", "ui-build"],
        act: |at| {
            cargo_step(at, "rust-build", &["build", "--workspace", "--all-targets", "--locked"])
        },
    },
    Step { name: "clippy", what: "Rust lints", needs: &["rust-build"], act: clippy },
    Step {
        name: "rust-tests",
        what: "tests, journeys and windows, under a virtual display",
        needs: &["rust-build"],
        act: rust_tests,
    },
    Step {
        name: "rust-doc",
        what: "rustdoc, warnings as errors",
        needs: &["rust-build"],
        act: rust_doc,
    },
    Step {
        name: "doc-tests",
        what: "examples in the documentation",
        needs: &["rust-build"],
        act: doc_tests,
    },
    Step {
        name: "licences",
        what: "cargo-deny: bans, licences, sources",
        needs: &[],
        act: licences::licences,
    },
];

fn system_packages(repository: &Repository) -> Result<Ending, Stop> {
    packages::ensure(repository, Purpose::Window)?;
    Ok(Ending::Passed(Tally::default()))
}

fn own_rules(repository: &Repository) -> Result<Ending, Stop> {
    let breaches = house_rules::breaches(repository)?;
    if breaches.is_empty() {
        return Ok(Ending::Passed(Tally::default()));
    }
    let lines: Vec<String> = breaches.iter().map(ToString::to_string).collect();
    Ok(Ending::Failed(Tally::default(), lines.join("\n")))
}

fn node_modules(repository: &Repository) -> Result<Ending, Stop> {
    node::ensure(repository)?;
    match node::install(repository) {
        Some(mut install) => checked(repository, "node-modules", &mut install),
        None => Ok(Ending::Passed(Tally::default())),
    }
}

fn ui_tests(repository: &Repository) -> Result<Ending, Stop> {
    let mut vitest = npm(repository);
    vitest.args(["run", "--silent", "test"]);
    Ok(not_empty(counted(repository, "ui-tests", &mut vitest, Tally::of_vitest)?))
}

fn clippy(repository: &Repository) -> Result<Ending, Stop> {
    let arguments = &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    cargo_step(repository, "clippy", arguments)
}

/// The output of tests that pass is kept too: a test that had to skip itself says so there.
fn rust_tests(repository: &Repository) -> Result<Ending, Stop> {
    let mut tests = cargo(repository);
    let has_nextest = answer(cargo(repository).args(["nextest", "--version"])).is_some();
    let tally = if has_nextest {
        tests.args(["nextest", "run", "--workspace", "--locked", "--no-fail-fast"]);
        tests.args(["--success-output", "immediate"]);
        Tally::of_nextest
    } else {
        screen::line("        cargo-nextest is not installed: `cargo test` runs the same tests");
        tests.args(["test", "--workspace", "--lib", "--bins", "--tests", "--locked"]);
        tests.args(["--no-fail-fast", "--", "--show-output"]);
        Tally::of_cargo_test
    };
    let desktop = Desktop::new()?;
    let ending = counted(repository, "rust-tests", &mut desktop.wrap(repository, &tests), tally)?;
    Ok(not_empty(ending))
}

/// A runner that succeeds without a test has tested nothing, or speaks in words that we no longer understand.
fn not_empty(ending: Ending) -> Ending {
    match ending {
        Ending::Passed(tally) if tally == Tally::default() => {
            Ending::Failed(tally, "The runner succeeded, but no test was counted.".to_owned())
        }
        ending => ending,
    }
}

fn doc_tests(repository: &Repository) -> Result<Ending, Stop> {
    let mut tests = cargo(repository);
    tests.args(["test", "--workspace", "--doc", "--locked"]);
    counted(repository, "doc-tests", &mut tests, Tally::of_cargo_test)
}

fn rust_doc(repository: &Repository) -> Result<Ending, Stop> {
    let mut doc = cargo(repository);
    doc.args(["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"]);
    checked(repository, "rust-doc", doc.env("RUSTDOCFLAGS", "-D warnings"))
}

fn cargo_step(repository: &Repository, step: &str, arguments: &[&str]) -> Result<Ending, Stop> {
    checked(repository, step, cargo(repository).args(arguments))
}

fn npm_step(repository: &Repository, step: &str, script: &str) -> Result<Ending, Stop> {
    checked(repository, step, npm(repository).args(["run", "--silent", script]))
}

/// A command that holds no tests of its own: it passes or fails.
pub(super) fn checked(
    repository: &Repository,
    step: &str,
    command: &mut Command,
) -> Result<Ending, Stop> {
    counted(repository, step, command, |_| Tally::default())
}

/// A test runner. What it counts as failed fails the step, whatever its exit code says.
fn counted(
    repository: &Repository,
    step: &str,
    command: &mut Command,
    tally: fn(&str) -> Tally,
) -> Result<Ending, Stop> {
    let logged = run_logged(command, &repository.log(step))?;
    let tally = tally(&logged.output);
    for reason in reasons_to_skip(&logged.output).collect::<BTreeSet<_>>() {
        screen::line(&format!("        tests skipped: {reason}"));
    }
    if logged.ok && tally.failed == 0 {
        return Ok(Ending::Passed(tally));
    }
    Ok(Ending::Failed(tally, format!("$ {}\n{}", spoken(command), logged.output)))
}
