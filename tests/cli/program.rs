//! The program on a data folder, and what it said.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use trustdesk_tests::built::built;

/// The program with its data folder.
pub(crate) struct Program {
    folder: TempDir,
}

/// What a run said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) exit: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Program {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// Where the data lies.
    pub(crate) fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The program as it is started: without a terminal, a keyring or a colour's wish of whoever runs
    /// the tests, and not in CI.
    pub(crate) fn command<W: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = W>) -> Command {
        let mut command = Command::new(built("trustdesk-cli"));
        for name in ["CI", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        command.env("TRUSTDESK_DATA", self.data());
        command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs these words, split at their spaces.
    pub(crate) fn run(&self, words: &str) -> Said {
        let words = words.split(' ').filter(|word| !word.is_empty());
        self.command(words).output().expect("the program runs").into()
    }

    /// The one JSON document that these words are answered with, and how that ended.
    pub(crate) fn json(&self, words: &str) -> (i32, Value) {
        let said = self.run(&format!("--json {words}"));
        let exit = said.exit;
        (exit, said.document())
    }
}

impl Said {
    /// Standard output as the one JSON document that it has to be.
    pub(crate) fn document(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the output is text");
        let exit = output.status.code().expect("it ended by itself");
        Self { exit, out: text(output.stdout), err: text(output.stderr) }
    }
}
