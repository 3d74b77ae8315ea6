//! The index's limit on registrations: what is left of it as far as is known here, and until when the
//! index has closed it.

use crate::store::{ATTEMPT_COUNTS_FOR_MS, Account};

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

/// Until when a limit is closed that the index says to last so many seconds. It counts registrations
/// for a day, so that it cannot mean more.
pub(super) fn closes_until(now_ms: i64, seconds: Option<u64>) -> i64 {
    let wait_ms = seconds.map_or(UNKNOWN_LIMIT_MS, |seconds| {
        let asked_ms = i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000);
        asked_ms.min(ATTEMPT_COUNTS_FOR_MS)
    });
    now_ms.saturating_add(wait_ms)
}

/// Until when the index takes no more registrations; none: it takes them, as far as is known. It never
/// closes for more than a day, so that a later time comes from a clock that was wrong, then or now.
pub(super) fn closed_until(account: &Account, now_ms: i64) -> Option<i64> {
    let until_ms = account.quota_closed_until_ms?;
    let is_closed = now_ms < until_ms && until_ms <= now_ms + ATTEMPT_COUNTS_FOR_MS;
    is_closed.then_some(until_ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::IndexKey;
    use crate::store::AccountId;

    const DAY_MS: i64 = ATTEMPT_COUNTS_FOR_MS;

    #[test]
    fn what_does_not_fit_can_go_when_the_oldest_attempt_is_a_day_old() {
        let quota = Quota { attempts: vec![1_000, 2_000, 3_000], limit: 5 };
        assert_eq!(quota.rest_from_ms(2), None, "two are left");
        assert_eq!(quota.rest_from_ms(3), Some(1_000 + DAY_MS));
    }

    #[test]
    fn a_limit_closes_for_as_long_as_the_index_says_and_never_for_more_than_a_day() {
        let waits = |seconds| closes_until(1_000, seconds) - 1_000;
        assert_eq!(waits(Some(0)), 0);
        assert_eq!(waits(Some(30)), 30_000);
        assert_eq!(waits(Some(86_400)), DAY_MS);
        assert_eq!(waits(None), 60 * 60 * 1000);
        for too_long in [86_401, u64::MAX / 1000, u64::MAX] {
            assert_eq!(waits(Some(too_long)), DAY_MS, "{too_long}");
        }
    }

    #[test]
    fn a_limit_holds_until_its_time_and_never_longer_than_a_day() {
        let account = |until_ms| Account {
            id: AccountId(1),
            index_key: IndexKey("pypi".to_owned()),
            username: "alice".to_owned(),
            projects_read_at_ms: None,
            quota_closed_until_ms: until_ms,
        };
        let now_ms = 10 * DAY_MS;
        assert_eq!(closed_until(&account(None), now_ms), None);
        assert_eq!(closed_until(&account(Some(now_ms)), now_ms), None, "it is over");
        let later = now_ms + DAY_MS;
        assert_eq!(closed_until(&account(Some(later)), now_ms), Some(later));
        let after_a_jump = closed_until(&account(Some(later + 1)), now_ms);
        assert_eq!(after_a_jump, None, "a clock that was put back must not close it for years");
    }
}
