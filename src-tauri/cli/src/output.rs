//! What goes to the terminal. Standard output has the answer and nothing else: with `--json` one JSON
//! document, a failure too. Colours are left out where nobody sees them (`anstream` looks).

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use serde_json::json;

use crate::answer::Answer;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::shown;

const WRONG: Style = AnsiColor::Red.on_default().bold();

/// What a command ends with.
pub(crate) enum Ended {
    Answered(Answer),
    /// It has written all that there was to write itself.
    Written(Exit),
}

/// Whether a program or a person reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) json: bool,
}

impl Output {
    pub(crate) const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Says how it ended, which tells the status of the program.
    pub(crate) fn end(self, ended: Result<Ended, Failure>) -> Exit {
        let (said, exit) = match &ended {
            Ok(Ended::Written(exit)) => (Ok(()), *exit),
            Ok(Ended::Answered(answer)) => (self.answer(answer), answer.exit),
            Err(failure) => (self.failure(failure), failure.exit()),
        };
        match said {
            // Whoever closed the output has read enough.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                complain(&format!("the output failed: {error}"));
                exit.max(Exit::SomeFailed)
            }
            Ok(()) | Err(_) => exit,
        }
    }

    fn answer(self, answer: &Answer) -> io::Result<()> {
        if self.json {
            return document(&answer.json);
        }
        let mut out = anstream::stdout().lock();
        out.write_all(answer.text.as_bytes())?;
        if !answer.text.is_empty() && !answer.text.ends_with('\n') {
            out.write_all(b"\n")?;
        }
        out.flush()
    }

    fn failure(self, failure: &Failure) -> io::Result<()> {
        complain(&failure.message);
        if self.json { document(&json!({ "error": failure })) } else { Ok(()) }
    }
}

/// One JSON document on a line of its own.
pub(crate) fn document(value: &impl Serialize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Says what is wrong. Nothing is left to do if that cannot be said either.
pub(crate) fn complain(message: &str) {
    let lines: Vec<String> = message.lines().map(shown::text).collect();
    let message = lines.join("\n");
    let mut out = anstream::stderr().lock();
    let _ = writeln!(out, "{WRONG}trustdesk-cli:{WRONG:#} {message}");
}

/// Tells a person something that is no part of the answer.
pub(crate) fn remark(message: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{}", shown::text(message));
}
