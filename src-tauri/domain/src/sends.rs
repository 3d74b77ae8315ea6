//! How often one change may be sent while the index's list does not show it, and how long it is left
//! alone in between. An index that accepts every request and stores none must not be asked for ever.

use serde::{Deserialize, Serialize};

use super::IndexTime;

/// How long the index may still be at work on a request whose answer was lost: its own limits end
/// before.
pub const SERVER_MAY_WORK_MS: i64 = MINUTE_MS;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// The time from one request for a change to the next. The last one is also that of all later ones.
const WAITS_MS: [i64; 4] = [SERVER_MAY_WORK_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS];
/// After so many requests in 24 hours without effect a person decides.
const MOST_IN_A_DAY: usize = 3;

/// The requests for one change that may have reached the index since a person last decided to send it,
/// the oldest first: the index's time of each, or none where it told no time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sends(pub Vec<Option<IndexTime>>);

impl Sends {
    /// The index's time of the last request.
    #[must_use]
    pub fn last(&self) -> Option<IndexTime> {
        self.0.last().copied().flatten()
    }

    /// How long the change is left alone after its last request; none: it was not sent.
    #[must_use]
    pub fn wait_ms(&self) -> Option<i64> {
        let before = self.0.len().checked_sub(1)?;
        WAITS_MS.get(before).or(WAITS_MS.last()).copied()
    }

    /// How many of them are of the 24 hours up to the last one. A request of which nobody knows the time
    /// counts, and so does one from before the index's clock was put back.
    #[must_use]
    pub fn in_a_day(&self) -> usize {
        let is_of_the_day = |at: &&Option<IndexTime>| match (at, self.last()) {
            (Some(at), Some(last)) => last.ms_since(*at) < DAY_MS,
            _ => true,
        };
        self.0.iter().filter(is_of_the_day).count()
    }

    /// Whether a person has to decide before there is another one.
    #[must_use]
    pub fn are_used_up(&self) -> bool {
        self.in_a_day() >= MOST_IN_A_DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = 60 * MINUTE_MS;

    fn at(times_ms: &[i64]) -> Sends {
        Sends(times_ms.iter().map(|ms| Some(IndexTime(*ms))).collect())
    }

    #[test]
    fn waits_between_requests_grow_from_a_minute_to_an_hour() {
        let waits = |requests| at(&vec![0; requests]).wait_ms().map(|ms| ms / MINUTE_MS);
        assert_eq!(
            [0, 1, 2, 3, 4, 5, 50].map(waits),
            [None, Some(1), Some(5), Some(30), Some(60), Some(60), Some(60)]
        );
    }

    #[test]
    fn third_request_in_a_day_is_the_last_before_a_decision() {
        assert!(!at(&[0, HOUR_MS]).are_used_up());
        assert!(at(&[0, HOUR_MS, DAY_MS - 1]).are_used_up());
        assert!(!at(&[0, HOUR_MS, DAY_MS]).are_used_up(), "the first of them is a day old");
        assert!(at(&[0, DAY_MS, DAY_MS + 1, DAY_MS + 2]).are_used_up());
    }

    #[test]
    fn request_without_a_time_counts_as_one_of_the_day() {
        assert!(Sends(vec![None; 3]).are_used_up());
        assert!(!Sends(vec![None; 2]).are_used_up());
        let mixed = Sends(vec![Some(IndexTime(0)), None, Some(IndexTime(2 * DAY_MS))]);
        assert!(!mixed.are_used_up());
        let after_a_jump_back = at(&[10 * DAY_MS, 10 * DAY_MS + 1, 0]);
        assert!(after_a_jump_back.are_used_up(), "nobody knows how long ago the first two were");
    }
}
