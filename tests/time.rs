//! One time for the core and the demo index. It stands still until a test lets it pass.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use tokio::sync::watch;
use tokio::time::timeout;
use trustdesk_core::clock::Clock;
use trustdesk_demo_index::Now;

use crate::watcher::PATIENCE;

/// 22 November 2026, 09:00 UTC: two days after the newest date on a fresh demo index.
pub const START_MS: i64 = 1_795_338_000_000;
/// How long an authenticator shows one code.
pub const CODE_STEP_MS: i64 = 30_000;
/// How long the core leaves a request alone whose answer was lost.
pub const SERVER_MAY_WORK_MS: i64 = 60_000;
/// The shortest time between two requests for one change.
pub const MINUTE_MS: i64 = 60_000;
/// A session lasts twelve of these after its last renewal.
pub const HOUR_MS: i64 = 60 * 60 * 1000;
/// The window in which the index counts registrations.
pub const DAY_MS: i64 = 24 * HOUR_MS;
/// How wrong a clock can be whose battery is empty.
pub const YEAR_MS: i64 = 365 * DAY_MS;

/// The time, in milliseconds since 1970, UTC, and how much of it has really passed.
#[derive(Debug)]
pub struct Time {
    now_ms: AtomicI64,
    passed_ms: watch::Sender<i64>,
    /// Until when those wait who wait for time to pass.
    waiting_until_ms: watch::Sender<Vec<i64>>,
}

/// Somebody who waits for time to pass, or has given it up.
struct Waiting<'a>(&'a Time, i64);

impl Time {
    /// Stands at this time.
    #[must_use]
    pub fn at(now_ms: i64) -> Arc<Self> {
        Arc::new(Self {
            now_ms: AtomicI64::new(now_ms),
            passed_ms: watch::Sender::new(0),
            waiting_until_ms: watch::Sender::new(Vec::new()),
        })
    }

    /// What time it is.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::SeqCst)
    }

    /// Lets so many milliseconds pass.
    pub fn pass(&self, by_ms: i64) {
        self.is_set(by_ms);
        self.passed_ms.send_modify(|passed_ms| *passed_ms += by_ms);
    }

    /// Waits until somebody waits for time to pass, and tells for how long.
    pub async fn is_waited_for(&self) -> i64 {
        let waited_for = timeout(PATIENCE, self.somebody_waits()).await;
        waited_for.expect("nobody waits for time to pass")
    }

    async fn somebody_waits(&self) -> i64 {
        let mut waiting = self.waiting_until_ms.subscribe();
        let soonest = |waiting: &Vec<i64>| {
            waiting.iter().map(|until_ms| until_ms - self.steady_ms()).filter(|ms| *ms > 0).min()
        };
        let waiting = waiting.wait_for(|waiting| soonest(waiting).is_some()).await;
        soonest(&waiting.expect("the time is there")).expect("somebody waits")
    }

    /// From now on time passes as soon as somebody waits for it.
    pub fn passes_when_it_is_waited_for(self: &Arc<Self>) {
        let time = Arc::clone(self);
        tokio::spawn(async move {
            loop {
                time.pass(time.somebody_waits().await);
            }
        });
    }

    /// Somebody puts the clock forward, or back, by so many milliseconds; no time passes.
    pub fn is_set(&self, by_ms: i64) {
        self.now_ms.fetch_add(by_ms, Ordering::SeqCst);
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting_until_ms.send_modify(|waiting| {
            if let Some(place) = waiting.iter().position(|until_ms| *until_ms == self.1) {
                waiting.swap_remove(place);
            }
        });
    }
}

#[async_trait]
impl Clock for Time {
    fn now_ms(&self) -> i64 {
        Self::now_ms(self)
    }

    fn steady_ms(&self) -> i64 {
        *self.passed_ms.borrow()
    }

    async fn sleep(&self, for_ms: i64) {
        let mut passed = self.passed_ms.subscribe();
        let until_ms = self.steady_ms() + for_ms;
        self.waiting_until_ms.send_modify(|waiting| waiting.push(until_ms));
        let _waiting = Waiting(self, until_ms);
        passed.wait_for(|passed_ms| *passed_ms >= until_ms).await.expect("the time is there");
    }
}

impl Now for Time {
    fn now_ms(&self) -> i64 {
        Self::now_ms(self)
    }
}
