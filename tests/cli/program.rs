//! The program on a data folder, and what it said.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use trustdesk_demo_index::PASSWORD;
use trustdesk_tests::built::built;

use crate::demo::Demo;

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
        let mut builder = tempfile::Builder::new();
        // As the program makes one, or it would warn.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        Self { folder: builder.tempdir().expect("a folder") }
    }

    /// Where the data lies.
    pub(crate) fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The program as it is started: without a terminal, a keyring or a colour's wish of whoever runs
    /// the tests, and not in CI. The variable `PASSWORD` has that of every account of a demo index.
    pub(crate) fn command<W: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = W>) -> Command {
        let mut command = Command::new(built("trustdesk-cli"));
        for name in ["CI", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command.env("TRUSTDESK_KEYRING", "none");
        command.env("TRUSTDESK_DATA", self.data());
        command.env("PASSWORD", PASSWORD);
        command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// A shell with the same environment.
    #[cfg(unix)]
    pub(crate) fn shell(&self, script: &str) -> Command {
        let environment = self.command([""; 0]);
        let mut shell = Command::new("sh");
        shell
            .args(["-c", script])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for (name, value) in environment.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        shell
    }

    /// The program with this index chosen.
    pub(crate) fn on(demo: &Demo) -> Self {
        let program = Self::new();
        assert_eq!(program.run(&format!("index use {}", demo.address())).exit, 0);
        program
    }

    /// Runs these words, split at their spaces.
    pub(crate) fn run(&self, words: &str) -> Said {
        let words = words.split(' ').filter(|word| !word.is_empty());
        self.command(words).output().expect("the program runs").into()
    }

    /// Runs a command with this on its standard input.
    pub(crate) fn fed(&self, words: &str, input: &[u8]) -> Said {
        let mut running =
            self.command(words.split(' ')).stdin(Stdio::piped()).spawn().expect("runs");
        let mut writing = running.stdin.take().expect("its input");
        let input = input.to_vec();
        // Whoever has read enough closes the input, which is no error of the test.
        let fed = std::thread::spawn(move || drop(writing.write_all(&input)));
        let said = running.wait_with_output().expect("it ends").into();
        fed.join().expect("fed");
        said
    }

    /// Runs these commands in one batch, the first of which signs in: what the others came to, each
    /// with 0.
    pub(crate) fn signed_in(&self, demo: &Demo, commands: &[&str]) -> Vec<Value> {
        let sign_in = format!("sign-in demo --password-env PASSWORD --code {}", demo.code());
        let mut lines = vec![sign_in.as_str()];
        lines.extend(commands);
        let said = self.fed("batch", lines.join("\n").as_bytes());
        let outcomes = said.documents();
        assert_eq!((said.exit, outcomes.len()), (0, lines.len()), "{said:?}");
        outcomes.into_iter().skip(1).map(|mut outcome| outcome["result"].take()).collect()
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

    /// Standard output as the JSON lines that it has to be.
    pub(crate) fn documents(&self) -> Vec<Value> {
        let document =
            |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.out.lines().map(document).collect()
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the output is text");
        let exit = output.status.code().expect("it ended by itself");
        Self { exit, out: text(output.stdout), err: text(output.stderr) }
    }
}
