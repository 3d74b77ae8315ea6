//! The long work of this run: one at a time, in the background, watched by the page. It is never
//! dropped half-way: a stop is heeded between two requests.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use trustdesk_core::sync::{self, LongWork};
use ts_rs::TS;

use crate::error::IpcError;
use crate::events::Changed;
use crate::state::AppState;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WorkKind {
    Refresh,
    Send,
}

/// What is to be done.
pub(crate) enum Job {
    Refresh,
    /// The ids of the changes that were reviewed.
    Send(Vec<String>),
}

#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct FailedProject {
    project: String,
    message: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct WorkView {
    kind: WorkKind,
    /// Projects; 0: not known yet.
    total: usize,
    done: usize,
    /// The project at hand.
    now: Option<String>,
    running: bool,
    /// Whether a person wanted it to stop.
    stopped: bool,
    failed: Vec<FailedProject>,
    /// The changes that were asked for, when sending.
    sent: Vec<String>,
    /// The gate that ended it.
    error: Option<IpcError>,
}

/// The running or last work of this run.
#[derive(Default)]
pub(crate) struct Work(Mutex<Option<WorkView>>);

impl Work {
    pub(crate) fn view(&self) -> Option<WorkView> {
        self.lock().clone()
    }

    pub(crate) fn stop(&self) {
        if let Some(work) = self.lock().as_mut().filter(|work| work.running) {
            work.stopped = true;
        }
    }

    pub(crate) fn is_running(&self) -> bool {
        self.lock().as_ref().is_some_and(|work| work.running)
    }

    /// Forgets what the last work was about; one that is running goes on.
    pub(crate) fn forget(&self) {
        self.lock().take_if(|work| !work.running);
    }

    /// False: other work is running.
    pub(crate) fn begin(&self, job: &Job) -> bool {
        let (kind, sent) = match job {
            Job::Refresh => (WorkKind::Refresh, Vec::new()),
            Job::Send(ids) => (WorkKind::Send, ids.clone()),
        };
        let mut current = self.lock();
        if current.as_ref().is_some_and(|work| work.running) {
            return false;
        }
        *current = Some(WorkView {
            kind,
            total: 0,
            done: 0,
            now: None,
            running: true,
            stopped: false,
            failed: Vec::new(),
            sent,
            error: None,
        });
        true
    }

    fn end(&self, result: Result<(), IpcError>) {
        if let Some(work) = self.lock().as_mut() {
            work.running = false;
            work.now = None;
            work.error = result.err();
            if work.error.is_none() && !work.stopped {
                work.done = work.total;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<WorkView>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the page what the core is at.
pub(crate) struct Watch(pub(crate) AppState);

impl Watch {
    pub(crate) fn end(&self, result: Result<(), IpcError>) {
        let last = self.0.work().view().and_then(|work| work.now);
        self.0.work().end(result);
        self.0.announce(Changed::App);
        self.0.announce(Changed::Projects);
        self.announce(last);
    }

    /// One project is done: whatever shows it reads again. The list of all projects is read at the
    /// end only: to read hundreds of rows after each of hundreds of projects helps nobody.
    fn announce(&self, done: Option<String>) {
        if let Some(project) = done {
            self.0.announce(Changed::Publishing { project });
        }
        self.0.announce(Changed::Changes);
        self.0.announce(Changed::Work);
    }
}

#[cfg(test)]
impl WorkView {
    pub(crate) const fn is_running(&self) -> bool {
        self.running
    }
}

impl LongWork for Watch {
    fn next(&self, done: usize, total: usize, project: &str) {
        let mut last = None;
        if let Some(work) = self.0.work().lock().as_mut() {
            last = work.now.replace(project.to_owned());
            (work.done, work.total) = (done, total);
        }
        self.announce(last);
    }

    fn failed(&self, project: &str, error: sync::Error) {
        let message = IpcError::from(error).message().to_owned();
        if let Some(work) = self.0.work().lock().as_mut() {
            work.failed.push(FailedProject { project: project.to_owned(), message });
        }
    }

    fn is_stopped(&self) -> bool {
        self.0.work().lock().as_ref().is_some_and(|work| work.stopped)
    }
}
