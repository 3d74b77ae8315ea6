//! How often an index is asked: a few requests at once for what a person waits for, one a second for
//! what takes long. An index on this computer is asked as often as anybody likes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use url::{Origin, Url};

use crate::clock::Clock;

/// What a request costs: one a second on average.
const INTERVAL_MS: i64 = 1_000;
/// Requests that may leave at once after a rest. A sign-in with its first list takes five.
const BURST: i64 = 5;

/// Counts the requests to each index. One for all conversations of a process: signing in anew, or going
/// back and forth between accounts, does not begin a new count.
#[derive(Debug, Default)]
pub struct Pace {
    /// Also towards an index on this computer.
    everywhere: bool,
    /// By the steady clock: until then the past requests of an index count.
    counts_until_ms: Mutex<HashMap<Origin, i64>>,
}

impl Pace {
    /// Paces the requests to every index, also to one on this computer, which may pass them on to
    /// another one.
    #[must_use]
    pub fn everywhere() -> Self {
        Self { everywhere: true, ..Self::default() }
    }

    /// Waits until a request may leave, and counts it. Dropped while it waits, it has counted nothing.
    pub(super) async fn turn(&self, index: &Url, clock: &dyn Clock) {
        while let Some(wait_ms) = self.wait_ms(index, clock, true) {
            clock.sleep(wait_ms).await;
        }
    }

    /// Waits until a request may leave.
    pub(super) async fn until_free(&self, index: &Url, clock: &dyn Clock) {
        while let Some(wait_ms) = self.wait_ms(index, clock, false) {
            clock.sleep(wait_ms).await;
        }
    }

    /// How long to wait; none: a request may leave now, which is counted if it is to.
    fn wait_ms(&self, index: &Url, clock: &dyn Clock, count: bool) -> Option<i64> {
        if !self.everywhere && trustdesk_domain::is_on_this_computer(index) {
            return None;
        }
        let now_ms = clock.steady_ms();
        let mut counts = self.counts_until_ms.lock().unwrap_or_else(PoisonError::into_inner);
        let until_ms = counts.entry(index.origin()).or_insert(now_ms);
        *until_ms = (*until_ms).max(now_ms);
        let wait_ms = *until_ms - now_ms - (BURST - 1) * INTERVAL_MS;
        if wait_ms > 0 {
            return Some(wait_ms);
        }
        if count {
            *until_ms += INTERVAL_MS;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use async_trait::async_trait;

    use super::*;

    /// Time passes only while somebody waits for it.
    #[derive(Default)]
    struct Waited(AtomicI64);

    #[async_trait]
    impl Clock for Waited {
        fn now_ms(&self) -> i64 {
            self.steady_ms()
        }

        fn steady_ms(&self) -> i64 {
            self.0.load(Ordering::SeqCst)
        }

        async fn sleep(&self, for_ms: i64) {
            self.0.fetch_add(for_ms, Ordering::SeqCst);
        }
    }

    fn index(address: &str) -> Url {
        Url::parse(address).expect("an address")
    }

    async fn leaves_at(pace: &Pace, address: &str, clock: &Waited, requests: usize) -> Vec<i64> {
        let mut times = Vec::new();
        for _ in 0..requests {
            pace.turn(&index(address), clock).await;
            times.push(clock.steady_ms());
        }
        times
    }

    #[tokio::test]
    async fn five_requests_leave_at_once_and_then_one_a_second() {
        let (pace, clock) = (Pace::default(), Waited::default());
        let times = leaves_at(&pace, "https://pypi.org/", &clock, 8).await;
        assert_eq!(times, [0, 0, 0, 0, 0, 1_000, 2_000, 3_000]);
        clock.sleep(2_000).await;
        let times = leaves_at(&pace, "https://pypi.org/manage/", &clock, 3).await;
        assert_eq!(times, [5_000, 5_000, 6_000], "a rest of two seconds is worth two requests");
        clock.sleep(3_600_000).await;
        let times = leaves_at(&pace, "https://pypi.org/", &clock, 6).await;
        assert_eq!(times[5] - times[0], 1_000, "an hour's rest is worth five, not thousands");
    }

    #[tokio::test]
    async fn an_index_on_this_computer_is_not_paced() {
        let (pace, clock) = (Pace::default(), Waited::default());
        for address in ["http://127.0.0.1:8035/", "http://[::1]:8035/", "https://127.9.9.9/"] {
            assert_eq!(leaves_at(&pace, address, &clock, 100).await, [0; 100], "{address}");
        }
    }

    #[tokio::test]
    async fn each_index_has_a_count_of_its_own() {
        let (pace, clock) = (Pace::default(), Waited::default());
        leaves_at(&pace, "https://pypi.org/", &clock, 5).await;
        assert_eq!(leaves_at(&pace, "https://test.pypi.org/", &clock, 5).await, [0; 5]);
        assert_eq!(leaves_at(&pace, "https://pypi.org/", &clock, 1).await, [1_000]);
    }

    #[tokio::test]
    async fn waiting_until_a_request_may_leave_counts_none() {
        let (pace, clock, pypi) = (Pace::default(), Waited::default(), index("https://pypi.org/"));
        leaves_at(&pace, pypi.as_str(), &clock, 5).await;
        pace.until_free(&pypi, &clock).await;
        assert_eq!(clock.steady_ms(), 1_000);
        assert_eq!(leaves_at(&pace, pypi.as_str(), &clock, 2).await, [1_000, 2_000]);
    }
}
