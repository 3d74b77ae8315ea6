//! How long ago the requests were on their way whose answers were lost. Until the index must be through
//! with one, a list that does not show it proves nothing. Counted from when this run last knew of it, by
//! a clock that nobody puts forward or back: a corrected time would free a request too early, and send
//! it twice, or keep it for years.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::{Change, ChangeId};

/// How long the index may still be at work on a request whose answer was lost: its own limits end
/// before (quality bars, section 5).
const SERVER_MAY_WORK_MS: i64 = 60_000;

/// When a request may last have been on its way.
struct Claim {
    /// Which request: another process may have sent another one for the same change since.
    claimed_at_ms: i64,
    steady_ms: i64,
}

/// The requests that this run knows of.
#[derive(Default)]
pub(super) struct Claims(Mutex<HashMap<ChangeId, Claim>>);

impl Claims {
    /// The request of a change that was claimed then may be on its way at this moment.
    pub(super) fn on_its_way(&self, id: &ChangeId, claimed_at_ms: i64, steady_ms: i64) {
        let claim = Claim { claimed_at_ms, steady_ms };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), claim);
    }

    /// Whether the index must have been through with a change's request when a list was asked for. The
    /// request of another process is counted from when it was first met here: nobody knows when it
    /// left, for its time was told by a clock that may have been wrong.
    pub(super) fn index_is_through(&self, change: &Change, asked_steady_ms: i64) -> bool {
        let Some(claimed_at_ms) = change.claimed_at_ms else {
            return true;
        };
        let mut claims = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match claims.get(&change.id).filter(|claim| claim.claimed_at_ms == claimed_at_ms) {
            Some(claim) => asked_steady_ms - claim.steady_ms >= SERVER_MAY_WORK_MS,
            None => {
                let claim = Claim { claimed_at_ms, steady_ms: asked_steady_ms };
                claims.insert(change.id.clone(), claim);
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ChangeState, Github, Intent, Publisher, Reasons};

    fn claimed(claimed_at_ms: Option<i64>) -> Change {
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
            settled_at_ms: None,
        }
    }

    #[test]
    fn a_request_of_this_run_is_counted_from_when_it_was_given_up() {
        let (claims, change) = (Claims::default(), claimed(Some(1_000)));
        claims.on_its_way(&change.id, 1_000, 500);
        assert!(!claims.index_is_through(&change, 500 + SERVER_MAY_WORK_MS - 1));
        assert!(claims.index_is_through(&change, 500 + SERVER_MAY_WORK_MS));
    }

    #[test]
    fn a_request_of_somebody_else_is_counted_from_when_it_was_met() {
        for claimed_at_ms in [i64::MIN, 1_000, i64::MAX] {
            let (claims, change) = (Claims::default(), claimed(Some(claimed_at_ms)));
            assert!(!claims.index_is_through(&change, 7), "nobody knows when it left");
            assert!(!claims.index_is_through(&change, 7 + SERVER_MAY_WORK_MS - 1));
            assert!(claims.index_is_through(&change, 7 + SERVER_MAY_WORK_MS));
        }
    }

    #[test]
    fn a_later_request_of_somebody_else_is_another_one() {
        let (claims, change) = (Claims::default(), claimed(Some(2_000)));
        claims.on_its_way(&change.id, 1_000, 0);
        assert!(!claims.index_is_through(&change, SERVER_MAY_WORK_MS));
        assert!(claims.index_is_through(&change, 2 * SERVER_MAY_WORK_MS));
    }

    #[test]
    fn what_was_never_claimed_waits_for_nothing() {
        assert!(Claims::default().index_is_through(&claimed(None), 0));
    }
}
