//! The progress of long work on standard error: one line that is written over on a terminal, and a
//! line now and then elsewhere, so that a log does not fill with it.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use serde::Serialize;
use trustdesk_core::sync::{Error, LongWork};

use crate::failure::Failure;
use crate::shown;
use crate::stop::Stop;

/// Between two lines where nobody sees them pass.
const NOW_AND_THEN: Duration = Duration::from_secs(5);

/// Shows what is done, collects what could not be, and ends it when a person wants that.
pub(crate) struct Progress {
    stop: Stop,
    last_line: Mutex<Option<Instant>>,
    failed: Mutex<Vec<FailedProject>>,
}

/// A project that could not be done; the others went on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FailedProject {
    pub(crate) project: String,
    #[serde(flatten)]
    pub(crate) why: Failure,
}

impl Progress {
    pub(crate) fn new(stop: Stop) -> Self {
        Self { stop, last_line: Mutex::default(), failed: Mutex::default() }
    }

    /// Clears its line, and hands over what could not be done.
    pub(crate) fn end(self) -> Vec<FailedProject> {
        if io::stderr().is_terminal() {
            let _ = write!(io::stderr().lock(), "\r\x1b[2K");
        }
        self.failed.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl LongWork for Progress {
    fn next(&self, done: usize, total: usize, project: &str) {
        let text = format!("{} of {total}: {}", done + 1, shown::text(project));
        // Nothing is left to do where it cannot be said.
        if io::stderr().is_terminal() {
            let _ = write!(io::stderr().lock(), "\r\x1b[2K{text}");
            return;
        }
        let mut last = self.last_line.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() >= NOW_AND_THEN) {
            *last = Some(Instant::now());
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    fn failed(&self, project: &str, error: Error) {
        let failed = FailedProject { project: project.to_owned(), why: error.into() };
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).push(failed);
    }

    fn is_held(&self) -> bool {
        self.stop.is_wanted()
    }

    async fn goes_on(&self) -> bool {
        !self.stop.is_wanted()
    }

    async fn stopped(&self) {
        self.stop.at_once().await;
    }
}
