//! A batch that a test talks to: one line, its answer, and then the next line.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Stdio};

use serde_json::Value;
use trustdesk_demo_index::DemoIndex;
use url::Url;

use crate::program::Program;

/// A running batch.
pub(crate) struct Talk {
    process: Child,
    lines: ChildStdin,
    answers: BufReader<ChildStdout>,
    remarks: BufReader<ChildStderr>,
}

impl Talk {
    /// Begins one on an index that may stand behind a wire, and signs in.
    pub(crate) fn signed_in(program: &Program, index: &DemoIndex, origin: &Url) -> Self {
        let mut command = program.command(["--index", origin.as_str(), "batch", "--keep-going"]);
        command.stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("it runs");
        let lines = process.stdin.take().expect("its input");
        let answers = BufReader::new(process.stdout.take().expect("its output"));
        let remarks = BufReader::new(process.stderr.take().expect("its remarks"));
        let mut talk = Self { process, lines, answers, remarks };
        let code = index.account().code.code;
        let sign_in = format!("sign-in demo --password-env PASSWORD --code {code}");
        assert_eq!(talk.ask(&sign_in).0, 0, "a right password and code sign in");
        assert_eq!(talk.ask("projects --refresh").0, 0, "the list is read");
        talk
    }

    /// One command: how it ended, and its result.
    pub(crate) fn ask(&mut self, line: &str) -> (u64, Value) {
        self.say(line);
        self.answer()
    }

    /// A command whose answer is waited for later.
    pub(crate) fn say(&mut self, line: &str) {
        writeln!(self.lines, "{line}").expect("it listens");
    }

    pub(crate) fn answer(&mut self) -> (u64, Value) {
        let mut line = String::new();
        let length = self.answers.read_line(&mut line).expect("it answers");
        assert!(length > 0, "it ended without an answer: {}", self.ended());
        let mut answer: Value = serde_json::from_str(&line).expect("one JSON document");
        (answer["exit"].as_u64().expect("a status"), answer["result"].take())
    }

    /// Waits until it remarks on something in these words.
    #[cfg(unix)]
    pub(crate) fn remarks(&mut self, words: &str) {
        let mut all = String::new();
        while !all.contains(words) {
            let length = self.remarks.read_line(&mut all).expect("it says something");
            assert!(length > 0, "it ended without a word of {words:?}: {all}");
        }
    }

    /// Ends it: what it remarked on since the last look.
    pub(crate) fn ended(&mut self) -> String {
        // It may have ended by itself.
        let _ = self.process.kill();
        let mut all = String::new();
        self.remarks.read_to_string(&mut all).expect("text");
        all
    }

    /// Ctrl-C.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        let id = self.process.id().to_string();
        let sent = std::process::Command::new("kill").args(["-INT", &id]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the signal is sent");
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
