//! Requests that may still be at work on the index, or were without effect: until when each change is
//! left alone. Counted by the index's own time, which every process can compare, or by the time that
//! has passed in this one; never by this computer's clock, which a person can set.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use trustdesk_domain::{Change, ChangeId, IndexTime, SERVER_MAY_WORK_MS};

/// A moment by the two clocks that count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// Of this process.
    pub(super) steady_ms: i64,
    /// None: the index has not told its time.
    pub(super) index: Option<IndexTime>,
}

/// When a request may last have been on its way.
struct Request {
    /// Which one: another process may have sent another one for the same change since.
    claimed_at_ms: i64,
    steady_ms: i64,
    /// Whether this process sent it, and not only met it at that time.
    sent_here: bool,
}

/// The requests that this process knows of.
#[derive(Default)]
pub(super) struct InFlight(Mutex<HashMap<ChangeId, Request>>);

impl InFlight {
    /// This process is sending the request of a change that was claimed then, or gives it up.
    pub(super) fn sent(&self, id: &ChangeId, claimed_at_ms: i64, steady_ms: i64) {
        let request = Request { claimed_at_ms, steady_ms, sent_here: true };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), request);
    }

    /// Whether the index must have been through with a change's request when a list was asked for, so
    /// that a list without it proves something. The process that sent it knows best how long ago that
    /// was. Any other one believes the index's time, or has left it alone for as long itself.
    pub(super) fn index_is_through(&self, change: &Change, asked: Moment) -> bool {
        self.through_in_ms(change, asked) == 0
    }

    /// How long the index may still be at work on a change's request.
    pub(super) fn through_in_ms(&self, change: &Change, now: Moment) -> i64 {
        if change.claimed_at_ms.is_none() {
            return 0;
        }
        let passed_ms = match self.passed_here(change, now) {
            (passed_ms, true) => passed_ms,
            (passed_ms, false) => {
                passed_on_index(change, now).map_or(passed_ms, |ms| ms.max(passed_ms))
            }
        };
        (SERVER_MAY_WORK_MS - passed_ms).max(0)
    }

    /// How long a change is still to be left alone before it may be sent once more; none: it may.
    pub(super) fn wait_ms(&self, change: &Change, now: Moment) -> Option<i64> {
        let wait_ms = change.sends.wait_ms()?;
        let (passed_ms, _) = self.passed_here(change, now);
        let passed_ms = passed_on_index(change, now).map_or(passed_ms, |ms| ms.max(passed_ms));
        Some(wait_ms - passed_ms).filter(|left_ms| *left_ms > 0)
    }

    /// How much time has passed in this process since the last request of a change, or since it was
    /// first met here; and whether it was sent here.
    fn passed_here(&self, change: &Change, now: Moment) -> (i64, bool) {
        let claimed_at_ms = change.claimed_at_ms.unwrap_or_default();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(&change.id).filter(|request| request.claimed_at_ms == claimed_at_ms) {
            Some(request) => (now.steady_ms - request.steady_ms, request.sent_here),
            None => {
                let met = Request { claimed_at_ms, steady_ms: now.steady_ms, sent_here: false };
                known.insert(change.id.clone(), met);
                (0, false)
            }
        }
    }
}

/// How much time has passed on the index since the last request of a change; none: it did not tell.
fn passed_on_index(change: &Change, now: Moment) -> Option<i64> {
    Some(now.index?.ms_since(change.sends.last()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use trustdesk_domain::{ChangeState, Github, Intent, Publisher, Reasons, Sends};

    const MINUTE_MS: i64 = SERVER_MAY_WORK_MS;

    /// A change whose last request was claimed then, by the clock here and by the index's.
    fn claimed(claimed_at_ms: Option<i64>, index_ms: Option<i64>) -> Change {
        Change {
            id: ChangeId("1".to_owned()),
            project: "demo".to_owned(),
            intent: Intent::Add {
                publisher: Publisher::Github(Github {
                    owner: "octo-org".to_owned(),
                    repository: "demo".to_owned(),
                    workflow_filename: "release.yml".to_owned(),
                    environment: None,
                }),
                listed_as: None,
            },
            base: None,
            state: ChangeState::Checking,
            reasons: Reasons::default(),
            confirmed_at_ms: 0,
            claimed_at_ms,
            sends: Sends(claimed_at_ms.map(|_| index_ms.map(IndexTime)).into_iter().collect()),
            settled_at_ms: None,
        }
    }

    fn at(steady_ms: i64, index_ms: Option<i64>) -> Moment {
        Moment { steady_ms, index: index_ms.map(IndexTime) }
    }

    #[test]
    fn request_of_another_process_is_through_a_minute_later_by_the_index() {
        let change = claimed(Some(5), Some(1_000));
        let through = |index_ms| InFlight::default().index_is_through(&change, at(7, index_ms));
        assert!(!through(Some(1_000 + MINUTE_MS - 1)));
        assert!(through(Some(1_000 + MINUTE_MS)));
        assert!(!through(Some(0)), "a clock that was put back frees nothing");
        assert!(!through(None), "nobody knows when it left");
    }

    #[test]
    fn request_without_an_index_time_is_counted_from_when_it_was_met() {
        for claimed_at_ms in [i64::MIN, 1_000, i64::MAX] {
            for (sent_ms, now_ms) in [(None, None), (None, Some(9)), (Some(9), None)] {
                let (known, change) = (InFlight::default(), claimed(Some(claimed_at_ms), sent_ms));
                let through = |steady_ms| known.index_is_through(&change, at(steady_ms, now_ms));
                assert!(!through(7), "it may just have left");
                assert!(!through(7 + MINUTE_MS - 1));
                assert!(through(7 + MINUTE_MS), "it was left alone for as long here");
            }
        }
    }

    #[test]
    fn request_sent_here_is_counted_from_when_it_was_given_up_whatever_the_index_says() {
        let (known, change) = (InFlight::default(), claimed(Some(1_000), Some(0)));
        known.sent(&change.id, 1_000, 500);
        let through = |steady_ms| known.index_is_through(&change, at(steady_ms, Some(i64::MAX)));
        assert!(!through(500 + MINUTE_MS - 1), "an index's clock may be put forward");
        assert!(through(500 + MINUTE_MS));
    }

    #[test]
    fn later_request_of_another_process_is_another_one() {
        let (known, change) = (InFlight::default(), claimed(Some(2_000), None));
        known.sent(&change.id, 1_000, 0);
        assert!(!known.index_is_through(&change, at(MINUTE_MS, None)));
        assert!(known.index_is_through(&change, at(2 * MINUTE_MS, None)));
    }

    #[test]
    fn what_was_never_claimed_waits_for_nothing() {
        let (known, change) = (InFlight::default(), claimed(None, None));
        assert!(known.index_is_through(&change, at(0, None)));
        assert_eq!(known.wait_ms(&change, at(0, None)), None);
    }

    #[test]
    fn change_waits_for_its_next_request_by_whichever_clock_is_further() {
        let mut change = claimed(Some(5), Some(1_000));
        change.sends.0.push(Some(IndexTime(1_000)));
        let known = InFlight::default();
        let wait_ms = |steady_ms, index_ms| known.wait_ms(&change, at(steady_ms, index_ms));
        assert_eq!(wait_ms(0, Some(1_000)), Some(5 * MINUTE_MS));
        assert_eq!(wait_ms(0, Some(1_000 + 2 * MINUTE_MS)), Some(3 * MINUTE_MS));
        assert_eq!(wait_ms(0, Some(1_000 + 5 * MINUTE_MS)), None);
        assert_eq!(wait_ms(4 * MINUTE_MS, Some(0)), Some(MINUTE_MS), "the index's was put back");
        assert_eq!(wait_ms(5 * MINUTE_MS, None), None);
    }
}
