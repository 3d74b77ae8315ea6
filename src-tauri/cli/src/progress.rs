//! Long work as whoever started it sees it, on standard error: one line that is written anew on a
//! terminal, a line every now and then in a log. Ctrl-C stops it between two requests.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use serde::Serialize;
use trustdesk_core::sync::{Error, LongWork};

use crate::failure::{Failure, Kind};
use crate::here::Here;
use crate::output::{complain, remark};
use crate::shown;
use crate::stop::Stop;

/// Lines that long work leaves in a log.
const LINES: usize = 10;

/// A project that could not be done while the others went on.
#[derive(Debug, Serialize)]
pub(crate) struct Failed {
    pub(crate) project: String,
    pub(crate) error: Failure,
}

/// Watches one piece of long work.
pub(crate) struct Progress<'a> {
    stop: &'a Stop,
    is_terminal: bool,
    failed: Mutex<Vec<Failed>>,
}

impl<'a> Progress<'a> {
    pub(crate) fn of(here: &'a Here) -> Self {
        here.stop().listen();
        let is_terminal = io::stderr().is_terminal();
        Self { stop: here.stop(), is_terminal, failed: Mutex::default() }
    }

    /// How the work ended: what could not be done of it, unless all of it was stopped.
    pub(crate) fn end(&self, result: Result<(), Error>) -> Result<Vec<Failed>, Failure> {
        let failed = self.failed();
        result?;
        if self.stop.is_wanted() {
            let words = "stopped; what was done before that is kept";
            return Err(Failure::new(Kind::Stopped, words));
        }
        for Failed { project, error } in &failed {
            complain(&format!("{project}: {}", error.message));
        }
        Ok(failed)
    }

    /// Clears its line, and hands over what could not be done.
    pub(crate) fn failed(&self) -> Vec<Failed> {
        if self.is_terminal {
            self.write("\r\u{1b}[2K");
        }
        std::mem::take(&mut *self.failures())
    }

    fn failures(&self) -> MutexGuard<'_, Vec<Failed>> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The work goes on whether or not anybody sees how far it is.
    fn write(&self, text: &str) {
        let mut out = io::stderr().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }
}

#[async_trait]
impl LongWork for Progress<'_> {
    fn next(&self, done: usize, total: usize, project: &str) {
        let line = format!("[{}/{total}] {}", done + 1, shown::text(project));
        if self.is_terminal {
            self.write(&format!("\r\u{1b}[2K{line}"));
        } else if total > 1 && done.is_multiple_of(total.div_ceil(LINES)) {
            remark(&line);
        }
    }

    fn failed(&self, project: &str, error: Error) {
        self.failures().push(Failed { project: project.to_owned(), error: error.into() });
    }

    fn is_held(&self) -> bool {
        self.stop.is_wanted()
    }

    async fn goes_on(&self) -> bool {
        !self.stop.is_wanted()
    }

    async fn stopped(&self) {
        self.stop.wanted_at_once().await;
    }
}
