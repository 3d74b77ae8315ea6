//! Why a task stops: every case that ends `cargo xtask` with a message and a failing exit code.

use std::path::PathBuf;
use std::process::ExitStatus;
use std::{error, fmt, io};

#[derive(Debug)]
pub(crate) enum Stop {
    /// A program could not be started, most often because it is not installed.
    NotStarted {
        program: String,
        source: io::Error,
    },
    /// A program ran and said no; its own output has been shown.
    Failed {
        program: String,
        status: ExitStatus,
    },
    /// A file or folder of ours could not be read or made.
    File {
        path: PathBuf,
        source: io::Error,
    },
    /// System packages are missing here and cannot be installed by us.
    PackagesMissing {
        missing: Vec<String>,
        command: Option<String>,
    },
    /// The windows of this system cannot be driven by WebDriver.
    NoWindowTests,
    NodeMissing,
    NodeTooOld {
        found: String,
    },
    NoDisplay,
    UnknownStep {
        name: String,
        known: Vec<&'static str>,
    },
    /// At least one step of `cargo xtask test` failed; the table has said which.
    ChecksFailed,
}

impl fmt::Display for Stop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted { program, source } => {
                write!(out, "`{program}` could not be started: {source}.")
            }
            Self::Failed { program, status } => write!(out, "`{program}` failed ({status})."),
            Self::File { path, source } => write!(out, "{}: {source}.", path.display()),
            Self::PackagesMissing { missing, command } => {
                write!(out, "System packages are missing: {}.", missing.join(" "))?;
                match command {
                    Some(command) => {
                        write!(out, "\nInstall them as root, then start again:\n  {command}")
                    }
                    None => write!(
                        out,
                        "\nInstall them with your system's package manager (these are Debian's names), then start again."
                    ),
                }
            }
            Self::NoWindowTests => write!(
                out,
                "The window can be driven on Linux only (WebKitWebDriver under a virtual display). \
                 On this system use `cargo xtask run`, `cargo xtask demo`, or single steps of `cargo xtask test`."
            ),
            Self::NodeMissing => write!(
                out,
                "Node is not installed: version 20.19 or newer, with npm, is needed (https://nodejs.org)."
            ),
            Self::NodeTooOld { found } => write!(
                out,
                "Node {found} is too old: 20.19 or newer, or 22.12 or newer, is needed (https://nodejs.org)."
            ),
            Self::NoDisplay => write!(
                out,
                "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened. \
                 `cargo xtask demo --tour` drives the app under a virtual display."
            ),
            Self::UnknownStep { name, known } => {
                write!(out, "There is no step `{name}`. The steps are: {}.", known.join(", "))
            }
            Self::ChecksFailed => write!(out, "A step failed."),
        }
    }
}

impl error::Error for Stop {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::NotStarted { source, .. } | Self::File { source, .. } => Some(source),
            Self::Failed { .. }
            | Self::PackagesMissing { .. }
            | Self::NoWindowTests
            | Self::NodeMissing
            | Self::NodeTooOld { .. }
            | Self::NoDisplay
            | Self::UnknownStep { .. }
            | Self::ChecksFailed => None,
        }
    }
}
