//! The index's limit on registrations: what is left of it as far as is known here, and until when the
//! index has closed it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::store::{ATTEMPT_COUNTS_FOR_MS, Account, AccountId};
use trustdesk_domain::IndexTime;

use super::in_flight::Moment;
use super::{Engine, Error};

/// Registrations that an index takes in 24 hours (protocol, section 6).
const ADDS_A_DAY: usize = 100;
/// For a limit whose end the index did not tell.
const UNKNOWN_LIMIT_MS: i64 = 60 * 60 * 1000;

/// What is known here of an account's limit. The index may count more: what was sent from elsewhere,
/// and by others from the same address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// When the registrations of the last 24 hours were sent from here, the oldest first.
    pub attempts: Vec<i64>,
    /// Registrations that the index takes in 24 hours.
    pub limit: usize,
}

impl Quota {
    /// When the first of these adds that do not fit any more can go; none: all of them fit.
    #[must_use]
    pub fn rest_from_ms(&self, adds: usize) -> Option<i64> {
        let left = self.limit.saturating_sub(self.attempts.len());
        // Nothing counts yet: what does not fit follows a day after the first of them.
        let oldest = self.attempts.first().filter(|_| adds > left);
        oldest.map(|at_ms| at_ms + ATTEMPT_COUNTS_FOR_MS)
    }
}

impl Engine {
    /// What is left of the limit on registrations.
    ///
    /// # Errors
    /// Nobody has signed in, or the database could not be read.
    pub async fn quota(&self) -> Result<Quota, Error> {
        let account = self.account().await?.id;
        let attempts = self.store.attempts(account, self.clock.now_ms()).await?;
        Ok(Quota { attempts, limit: ADDS_A_DAY })
    }
}

/// A time to wait, for whoever waits and for whoever reads of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// For so long from now.
    pub left_ms: i64,
    /// When that is over, by this computer's clock: for people only.
    pub until_ms: i64,
}

impl Wait {
    pub(super) const fn from(now_ms: i64, left_ms: i64) -> Self {
        Self { left_ms, until_ms: now_ms.saturating_add(left_ms) }
    }
}

/// The limits that were met in this process, by its steady clock: for an index that does not tell its
/// time, where a limit is forgotten with the process.
#[derive(Default)]
pub(super) struct LimitsMet(Mutex<HashMap<AccountId, i64>>);

impl LimitsMet {
    pub(super) fn closes(&self, account: AccountId, until_steady_ms: i64) {
        let mut met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        met.insert(account, until_steady_ms);
    }

    /// For how long the index takes no more registrations; none: it takes them, as far as is known.
    pub(super) fn left_ms(&self, account: &Account, now: Moment) -> Option<i64> {
        match (account.quota_closed_until, now.index) {
            (Some(until), Some(index_now)) => closed_for_ms(until, index_now),
            _ => {
                let met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                let left_ms = met.get(&account.id)? - now.steady_ms;
                Some(left_ms).filter(|left_ms| *left_ms > 0)
            }
        }
    }
}

/// How long a limit is closed that the index says to last so many seconds. It counts registrations for
/// a day, so that it cannot mean more.
pub(super) fn closes_for_ms(seconds: Option<u64>) -> i64 {
    seconds.map_or(UNKNOWN_LIMIT_MS, |seconds| {
        let asked_ms = i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000);
        asked_ms.min(ATTEMPT_COUNTS_FOR_MS)
    })
}

/// A limit never closes for more than a day, so that a later time comes from an index whose clock was
/// wrong, then or now.
fn closed_for_ms(until: IndexTime, now: IndexTime) -> Option<i64> {
    let left_ms = until.ms_since(now);
    (0 < left_ms && left_ms <= ATTEMPT_COUNTS_FOR_MS).then_some(left_ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use trustdesk_domain::IndexKey;

    const DAY_MS: i64 = ATTEMPT_COUNTS_FOR_MS;

    #[test]
    fn what_does_not_fit_can_go_when_the_oldest_attempt_is_a_day_old() {
        let quota = Quota { attempts: vec![1_000, 2_000, 3_000], limit: 5 };
        assert_eq!(quota.rest_from_ms(2), None, "two are left");
        assert_eq!(quota.rest_from_ms(3), Some(1_000 + DAY_MS));
    }

    #[test]
    fn a_limit_closes_for_as_long_as_the_index_says_and_never_for_more_than_a_day() {
        assert_eq!(closes_for_ms(Some(0)), 0);
        assert_eq!(closes_for_ms(Some(30)), 30_000);
        assert_eq!(closes_for_ms(Some(86_400)), DAY_MS);
        assert_eq!(closes_for_ms(None), 60 * 60 * 1000);
        for too_long in [86_401, u64::MAX / 1000, u64::MAX] {
            assert_eq!(closes_for_ms(Some(too_long)), DAY_MS, "{too_long}");
        }
    }

    fn account(until_ms: Option<i64>) -> Account {
        Account {
            id: AccountId(1),
            index_key: IndexKey("pypi".to_owned()),
            username: "alice".to_owned(),
            projects_read_at_ms: None,
            quota_closed_until: until_ms.map(IndexTime),
            password_entered_at_ms: None,
        }
    }

    #[test]
    fn a_limit_holds_until_its_time_and_never_longer_than_a_day() {
        let now_ms = 10 * DAY_MS;
        let now = Moment { steady_ms: 0, index: Some(IndexTime(now_ms)) };
        let left_ms = |until_ms| LimitsMet::default().left_ms(&account(until_ms), now);
        assert_eq!(left_ms(None), None);
        assert_eq!(left_ms(Some(now_ms)), None, "it is over");
        assert_eq!(left_ms(Some(now_ms + DAY_MS)), Some(DAY_MS));
        let after_a_jump = left_ms(Some(now_ms + DAY_MS + 1));
        assert_eq!(after_a_jump, None, "a clock that was put back must not close it for years");
    }

    #[test]
    fn a_limit_of_an_index_without_a_clock_is_counted_by_the_time_that_passes_here() {
        let met = LimitsMet::default();
        let left_ms = |steady_ms| met.left_ms(&account(None), Moment { steady_ms, index: None });
        assert_eq!(left_ms(0), None);
        met.closes(AccountId(1), 1_000);
        assert_eq!((left_ms(0), left_ms(999), left_ms(1_000)), (Some(1_000), Some(1), None));
    }
}
