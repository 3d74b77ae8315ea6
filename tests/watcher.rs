//! A person before long work: sees each project go by, and has it wait, go on or end.

use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::watch;
use tokio::time::timeout;
use trustdesk_core::sync::{Error, LongWork};

/// Work that does not rest by then never will: the test fails instead of hanging.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What the person wants, and whether the work rests because of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Wish {
    paused: bool,
    stopped: bool,
    at_rest: bool,
}

/// Remembers what it saw.
#[derive(Default)]
pub struct Watcher {
    seen: Mutex<Vec<(usize, usize, String)>>,
    failed: Mutex<Vec<String>>,
    gates: Mutex<Vec<String>>,
    stops_after: Option<usize>,
    opens_gates: bool,
    wish: watch::Sender<Wish>,
}

impl Watcher {
    /// Stops when it has seen so many projects begin.
    #[must_use]
    pub fn stopping_after(projects: usize) -> Self {
        Self { stops_after: Some(projects), ..Self::default() }
    }

    /// Has the work wait at a closed gate instead of ending there.
    #[must_use]
    pub fn opening_gates() -> Self {
        Self { opens_gates: true, ..Self::default() }
    }

    /// So many of so many were done when this project began.
    #[must_use]
    pub fn seen(&self) -> Vec<(usize, usize, String)> {
        self.seen.lock().expect("not poisoned").clone()
    }

    /// The projects that could not be done.
    #[must_use]
    pub fn failed(&self) -> Vec<String> {
        self.failed.lock().expect("not poisoned").clone()
    }

    /// The words of the gates that were met.
    #[must_use]
    pub fn gates(&self) -> Vec<String> {
        self.gates.lock().expect("not poisoned").clone()
    }

    /// Wants no further request.
    pub fn pause(&self) {
        self.wish.send_modify(|wish| wish.paused = true);
    }

    /// Wants it to go on.
    pub fn resume(&self) {
        self.wish.send_modify(|wish| wish.paused = false);
    }

    /// Wants the end at once.
    pub fn stop(&self) {
        self.wish.send_modify(|wish| wish.stopped = true);
    }

    /// Waits until the work rests in its pause.
    pub async fn at_rest(&self) {
        timeout(PATIENCE, self.until(|wish| wish.at_rest)).await.expect("the work never rests");
    }

    async fn until(&self, is_so: impl FnMut(&Wish) -> bool) {
        self.wish.subscribe().wait_for(is_so).await.expect("the sender is in here");
    }
}

#[async_trait]
impl LongWork for Watcher {
    fn next(&self, done: usize, total: usize, project: &str) {
        let mut seen = self.seen.lock().expect("not poisoned");
        seen.push((done, total, project.to_owned()));
        if self.stops_after == Some(seen.len()) {
            self.stop();
        }
    }

    fn failed(&self, project: &str, _error: Error) {
        self.failed.lock().expect("not poisoned").push(project.to_owned());
    }

    fn is_held(&self) -> bool {
        let wish = self.wish.borrow();
        wish.paused || wish.stopped
    }

    async fn goes_on(&self) -> bool {
        if self.is_held() {
            self.wish.send_modify(|wish| wish.at_rest = true);
            self.until(|wish| !wish.paused || wish.stopped).await;
            self.wish.send_modify(|wish| wish.at_rest = false);
        }
        !self.wish.borrow().stopped
    }

    async fn stopped(&self) {
        self.until(|wish| wish.stopped).await;
    }

    fn at_gate(&self, error: Error) -> Result<(), Error> {
        if !self.opens_gates {
            return Err(error);
        }
        self.gates.lock().expect("not poisoned").push(error.to_string());
        self.pause();
        Ok(())
    }
}
