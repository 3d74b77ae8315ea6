//! The long work of this run: one at a time, in the background, watched by the page, which can pause
//! and stop it. At a gate that a person can open it pauses too, and says which gate that is.

use async_trait::async_trait;
use serde::Serialize;
use tokio::sync::watch;
use trustdesk_core::sync::{self, LongWork};
use trustdesk_domain::Reviewed;
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
    /// The changes as they were reviewed.
    Send(Vec<Reviewed>),
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
    /// Whether it is to begin no further request until it is resumed.
    paused: bool,
    /// Whether what was on its way when it was paused has ended.
    at_rest: bool,
    /// The closed gate because of which it is paused.
    gate: Option<IpcError>,
    failed: Vec<FailedProject>,
    /// The changes that were asked for, when sending.
    sent: Vec<String>,
    /// The gate that ended it.
    error: Option<IpcError>,
}

/// The running or last work of this run.
#[derive(Default)]
pub(crate) struct Work(watch::Sender<Option<WorkView>>);

impl Work {
    pub(crate) fn view(&self) -> Option<WorkView> {
        self.0.borrow().clone()
    }

    pub(crate) fn stop(&self) {
        self.while_running(|work| work.stopped = true);
    }

    pub(crate) fn pause(&self) {
        self.while_running(|work| work.paused = true);
    }

    pub(crate) fn resume(&self) {
        self.while_running(|work| {
            work.paused = false;
            work.gate = None;
        });
    }

    pub(crate) fn is_running(&self) -> bool {
        self.is(|work| work.running)
    }

    /// Whether it goes on as soon as a gate is open.
    pub(crate) fn is_at_gate(&self) -> bool {
        self.is(|work| work.running && work.gate.is_some())
    }

    /// Whether that gate is the index's limit on additions.
    pub(crate) fn is_at_limit(&self) -> bool {
        self.is(|work| matches!(work.gate, Some(IpcError::WaitingForQuota { .. })))
    }

    /// Waits until no work runs.
    #[cfg(unix)]
    pub(crate) async fn ended(&self) {
        self.until(|work| !work.running).await;
    }

    /// Forgets what the last work was about; one that is running goes on.
    pub(crate) fn forget(&self) {
        self.0.send_if_modified(|work| work.take_if(|work| !work.running).is_some());
    }

    /// False: other work is running.
    pub(crate) fn begin(&self, job: &Job) -> bool {
        let (kind, sent) = match job {
            Job::Refresh => (WorkKind::Refresh, Vec::new()),
            Job::Send(reviewed) => {
                (WorkKind::Send, reviewed.iter().map(|one| one.id.0.clone()).collect())
            }
        };
        self.0.send_if_modified(|current| {
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
                paused: false,
                at_rest: false,
                gate: None,
                failed: Vec::new(),
                sent,
                error: None,
            });
            true
        })
    }

    fn end(&self, result: Result<(), IpcError>) {
        self.while_running(|work| {
            work.running = false;
            work.paused = false;
            work.at_rest = false;
            work.gate = None;
            work.now = None;
            work.error = result.err();
            if work.error.is_none() && !work.stopped {
                work.done = work.total;
            }
        });
    }

    fn is(&self, so: impl FnOnce(&WorkView) -> bool) -> bool {
        self.0.borrow().as_ref().is_some_and(so)
    }

    fn while_running(&self, change: impl FnOnce(&mut WorkView)) {
        self.0.send_if_modified(|work| {
            let running = work.as_mut().filter(|work| work.running);
            running.map(change).is_some()
        });
    }

    /// Waits until it is so of the work that runs. Work that is over waits for nothing.
    async fn until(&self, mut so: impl FnMut(&WorkView) -> bool + Send) {
        let mut seen = self.0.subscribe();
        // It only fails when the sender is gone, which is in here.
        let _ = seen.wait_for(|work| work.as_ref().is_none_or(&mut so)).await;
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

    /// One project is done: whatever shows it reads again. The list of all projects is read in a
    /// pause and at the end only: to read hundreds of rows after each of hundreds of projects helps nobody.
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
    pub(crate) const fn is_at_rest(&self) -> bool {
        self.at_rest
    }
}

#[async_trait]
impl LongWork for Watch {
    fn next(&self, done: usize, total: usize, project: &str) {
        let mut last = None;
        self.0.work().while_running(|work| {
            last = work.now.replace(project.to_owned());
            (work.done, work.total) = (done, total);
        });
        self.announce(last);
    }

    fn failed(&self, project: &str, error: sync::Error) {
        let message = IpcError::from(error).message().to_owned();
        self.0.work().while_running(|work| {
            work.failed.push(FailedProject { project: project.to_owned(), message });
        });
    }

    fn is_held(&self) -> bool {
        self.0.work().is(|work| work.paused || work.stopped)
    }

    async fn goes_on(&self) -> bool {
        let work = self.0.work();
        if self.is_held() {
            work.while_running(|work| work.at_rest = true);
            // What was sent before the pause is settled, what was read is listed, a gate is shown.
            self.0.announce(Changed::App);
            self.0.announce(Changed::Projects);
            self.announce(work.view().and_then(|work| work.now));
            work.until(|work| !work.paused || work.stopped).await;
            work.while_running(|work| work.at_rest = false);
        }
        !work.is(|work| work.stopped)
    }

    async fn stopped(&self) {
        self.0.work().until(|work| work.stopped).await;
    }

    fn at_gate(&self, error: sync::Error) -> Result<(), sync::Error> {
        self.0.work().while_running(|work| {
            work.paused = true;
            work.gate = Some(error.into());
        });
        Ok(())
    }
}
