//! The time. Nothing else in the core reads a clock or waits, so that tests can hold it still.

use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;

/// Where the time comes from.
#[async_trait]
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970, UTC. A person or a time server may put it forward or back.
    fn now_ms(&self) -> i64;

    /// Milliseconds since some moment of this run. Nobody can put it forward or back; it may stand
    /// still while the computer sleeps.
    fn steady_ms(&self) -> i64;

    /// Ends when so many milliseconds have passed by [`Self::steady_ms`].
    async fn sleep(&self, for_ms: i64);
}

/// The computer's clocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[expect(clippy::disallowed_methods, reason = "these are the clocks that all else takes")]
#[async_trait]
impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    fn steady_ms(&self) -> i64 {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        i64::try_from(START.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    async fn sleep(&self, for_ms: i64) {
        tokio::time::sleep(Duration::from_millis(u64::try_from(for_ms).unwrap_or(0))).await;
    }
}
