//! The time. Nothing else in the core reads a clock or waits, so that tests can hold it still.

#[cfg(not(unix))]
use std::sync::LazyLock;
#[cfg(not(unix))]
use std::time::Instant;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
#[cfg(unix)]
use rustix::time::{ClockId, clock_gettime};

/// Where the time comes from.
#[async_trait]
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970, UTC. A person or a time server may put it forward or back.
    fn now_ms(&self) -> i64;

    /// Milliseconds since a fixed moment. It cannot be set, and it includes the time that the computer was
    /// asleep, because an index goes on working then.
    fn steady_ms(&self) -> i64;

    /// Waits for so many milliseconds. The time that the computer is asleep may not count.
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

    #[cfg(unix)]
    fn steady_ms(&self) -> i64 {
        // `Instant` leaves out the time asleep on Linux and macOS; these clocks include it.
        #[cfg(any(target_os = "linux", target_os = "android"))]
        const CLOCK: ClockId = ClockId::Boottime;
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        const CLOCK: ClockId = ClockId::Monotonic;
        let now = clock_gettime(CLOCK);
        now.tv_sec.saturating_mul(1000).saturating_add(now.tv_nsec / 1_000_000)
    }

    #[cfg(not(unix))]
    fn steady_ms(&self) -> i64 {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        i64::try_from(START.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    async fn sleep(&self, for_ms: i64) {
        tokio::time::sleep(Duration::from_millis(u64::try_from(for_ms).unwrap_or(0))).await;
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn steady_clock_counts_from_the_start_of_the_computer_with_the_time_asleep() {
        let uptime = std::fs::read_to_string("/proc/uptime").expect("Linux has it");
        let seconds: f64 = uptime.split(' ').next().expect("a field").parse().expect("a number");
        let steady_s = SystemClock.steady_ms() as f64 / 1000.0;
        assert!((steady_s - seconds).abs() < 60.0, "{steady_s} s, up for {seconds} s");
    }
}
