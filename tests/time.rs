//! One time for the core and the demo index. It stands still until a test lets it pass.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use trustdesk_core::clock::Clock;
use trustdesk_demo_index::Now;

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
    passed_ms: AtomicI64,
}

impl Time {
    /// Stands at this time.
    #[must_use]
    pub fn at(now_ms: i64) -> Arc<Self> {
        Arc::new(Self { now_ms: AtomicI64::new(now_ms), passed_ms: AtomicI64::new(0) })
    }

    /// What time it is.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::SeqCst)
    }

    /// Lets so many milliseconds pass.
    pub fn pass(&self, by_ms: i64) {
        self.passed_ms.fetch_add(by_ms, Ordering::SeqCst);
        self.is_set(by_ms);
    }

    /// Somebody puts the clock forward, or back, by so many milliseconds; no time passes.
    pub fn is_set(&self, by_ms: i64) {
        self.now_ms.fetch_add(by_ms, Ordering::SeqCst);
    }
}

impl Clock for Time {
    fn now_ms(&self) -> i64 {
        Self::now_ms(self)
    }

    fn steady_ms(&self) -> i64 {
        self.passed_ms.load(Ordering::SeqCst)
    }
}

impl Now for Time {
    fn now_ms(&self) -> i64 {
        Self::now_ms(self)
    }
}
