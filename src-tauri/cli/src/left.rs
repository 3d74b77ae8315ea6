//! What is left of a sending, and why: for each change the reason that the core found, in a word for
//! scripts and in a sentence for people. Nothing is guessed here.

use std::collections::HashSet;
use std::time::Duration;

use serde::Serialize;
use trustdesk_core::sync::{Engine, Error, HeldBack, Wait};
use trustdesk_domain::{Change, ChangeId, ChangeState};

use crate::progress::Failed;
use crate::send::Job;
use crate::shown;

/// A change that is not done, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Left {
    pub(crate) id: ChangeId,
    project: String,
    #[serde(flatten)]
    why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
enum Why {
    /// The index takes no new publishers of this provider.
    ProviderOff { provider: String },
    /// The publisher that is to take the place of this one is not listed yet.
    ReplacementNotListed { change: ChangeId },
    /// Another change asks for the same, and is not over.
    AskedAlready { change: ChangeId },
    /// It was sent without effect, and is not sent again before that time.
    SentBefore {
        until_ms: i64,
        #[serde(skip)]
        left: Duration,
    },
    /// The index takes no more registrations before that time.
    Limit {
        until_ms: i64,
        #[serde(skip)]
        left: Duration,
    },
    /// Its answer was lost. Only the index's list tells, at the latest then.
    OutcomeUnknown { until_ms: i64 },
    /// Another process is sending it.
    BeingSent,
    /// Its project's list was not read yet.
    ListNotRead,
    /// Its project could not be done, which is said of the project.
    ProjectFailed,
    /// What is said of the whole sending stands in its way.
    Blocked,
    /// It was found to be without effect, and was not in the list that was confirmed.
    NotReviewed,
    /// Nothing stands in its way any more.
    Free,
}

/// When another turn can move a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Nobody knows: the index is asked again after a while.
    Look,
    /// Not before so long from now.
    In(Duration),
}

/// What is left of a job, once the projects that failed and whether anything stands in the way of all
/// the rest are known.
pub(crate) async fn left(
    engine: &Engine,
    job: &Job,
    failed: &[Failed],
    is_blocked: bool,
) -> Result<Vec<Left>, Error> {
    let account = engine.account().await?.id;
    let mut open = engine.store().open_changes(account).await?;
    open.retain(|change| job.sends(&change.id) || job.check.contains(&change.id));
    let ids: Vec<ChangeId> = open.iter().map(|change| change.id.clone()).collect();
    let held_back = engine.held_back(&ids).await?;
    let why = |change: &Change| {
        let held = held_back.iter().find(|(id, _)| *id == change.id).map(|(_, held)| held);
        match (change.state, held) {
            (ChangeState::Waiting | ChangeState::Checking, Some(held)) => Some(Why::from(held)),
            (ChangeState::Sending, _) => Some(Why::BeingSent),
            (ChangeState::Waiting, None) if !job.sends(&change.id) => Some(Why::NotReviewed),
            (ChangeState::Waiting, None) => {
                Some(if failed.iter().any(|failed| failed.project == change.project) {
                    Why::ProjectFailed
                } else if is_blocked {
                    Why::Blocked
                } else {
                    Why::Free
                })
            }
            _ => None,
        }
    };
    let left = open.iter().filter_map(|change| {
        Some(Left { id: change.id.clone(), project: change.project.clone(), why: why(change)? })
    });
    Ok(left.collect())
}

impl Left {
    #[cfg(test)]
    pub(crate) fn of(id: ChangeId, project: &str, held: &HeldBack) -> Self {
        Self { id, project: project.to_owned(), why: Why::from(held) }
    }

    #[cfg(test)]
    pub(crate) fn free(id: ChangeId, project: &str, is_blocked: bool) -> Self {
        let why = if is_blocked { Why::Blocked } else { Why::Free };
        Self { id, project: project.to_owned(), why }
    }

    /// Whether the sending that left it is over with it.
    pub(crate) const fn is_over(&self) -> bool {
        matches!(self.why, Why::NotReviewed | Why::ProjectFailed)
    }

    /// Whether only the index's list tells what came of it.
    pub(crate) const fn is_unknown(&self) -> bool {
        matches!(self.why, Why::OutcomeUnknown { .. } | Why::BeingSent)
    }

    /// When another turn can move it; none: waiting does not help. `left` has all that is left.
    pub(crate) fn next(&self, left: &HashSet<&ChangeId>) -> Option<Next> {
        match &self.why {
            Why::SentBefore { left, .. } | Why::Limit { left, .. } => Some(Next::In(*left)),
            Why::OutcomeUnknown { .. } | Why::BeingSent => Some(Next::Look),
            // What held it back ended during the turn.
            Why::Free | Why::Blocked => Some(Next::Look),
            // If the other one is left too, its own reason sets the time.
            Why::AskedAlready { change } => (!left.contains(change)).then_some(Next::Look),
            Why::ProviderOff { .. }
            | Why::ReplacementNotListed { .. }
            | Why::ListNotRead
            | Why::ProjectFailed
            | Why::NotReviewed => None,
        }
    }

    /// Why, in a sentence; none: that is said of the sending as a whole.
    pub(crate) fn words(&self, index: &str) -> Option<String> {
        let why = match &self.why {
            Why::ProviderOff { provider } => {
                format!("{index} takes no new publishers of {provider} now")
            }
            Why::ReplacementNotListed { change } => {
                format!(
                    "the publisher that takes its place is not listed yet (change {})",
                    change.0
                )
            }
            Why::AskedAlready { change } => {
                format!("change {} asks for the same and is not settled yet", change.0)
            }
            Why::SentBefore { until_ms, .. } => format!(
                "it was sent and {index} shows no effect; it is not sent again before {}",
                shown::time(*until_ms)
            ),
            Why::Limit { until_ms, .. } => {
                format!("{index} takes no more registrations before {}", shown::time(*until_ms))
            }
            Why::OutcomeUnknown { until_ms } => format!(
                "its answer was lost; the list of {index} shows what came of it, usually by {}: run \
                 `trustdesk-cli sync --wait 120`, or discard it",
                shown::moment(*until_ms)
            ),
            Why::BeingSent => "another process is sending it".to_owned(),
            Why::ListNotRead => "the list of its project has not been read".to_owned(),
            Why::NotReviewed => "it was sent before without effect, and was not in the list that \
                 was confirmed: `trustdesk-cli sync` shows it and sends it again"
                .to_owned(),
            Why::Free => "it can be sent now: run `trustdesk-cli sync` again".to_owned(),
            Why::ProjectFailed | Why::Blocked => return None,
        };
        Some(format!("{}: {why}.", shown::text(&self.project)))
    }
}

impl From<&HeldBack> for Why {
    fn from(held: &HeldBack) -> Self {
        match held {
            HeldBack::ProviderOff(provider) => Self::ProviderOff { provider: provider.clone() },
            HeldBack::ReplacementNotListed(change) => {
                Self::ReplacementNotListed { change: change.clone() }
            }
            HeldBack::AskedAlready(change) => Self::AskedAlready { change: change.clone() },
            HeldBack::SentBefore(wait) => {
                Self::SentBefore { until_ms: wait.until_ms, left: duration(*wait) }
            }
            HeldBack::Limit(wait) => Self::Limit { until_ms: wait.until_ms, left: duration(*wait) },
            HeldBack::OutcomeUnknown(wait) => Self::OutcomeUnknown { until_ms: wait.until_ms },
            HeldBack::ListNotRead => Self::ListNotRead,
        }
    }
}

pub(crate) fn duration(wait: Wait) -> Duration {
    Duration::from_millis(u64::try_from(wait.left_ms).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(why: Why) -> Left {
        Left { id: ChangeId("1".to_owned()), project: "demo".to_owned(), why }
    }

    fn held(held: &HeldBack) -> Left {
        left(Why::from(held))
    }

    #[test]
    fn each_reason_is_said_in_its_own_words_with_the_name_of_the_index() {
        let wait = Wait { left_ms: 300_000, until_ms: 1_795_338_000_000 };
        let other = || ChangeId("2".to_owned());
        for (left, words) in [
            (
                held(&HeldBack::ProviderOff("GitHub".to_owned())),
                "PyPI takes no new publishers of GitHub",
            ),
            (held(&HeldBack::ReplacementNotListed(other())), "is not listed yet (change 2)"),
            (held(&HeldBack::AskedAlready(other())), "change 2 asks for the same"),
            (held(&HeldBack::SentBefore(wait)), "not sent again before 2026-11-22 09:00 UTC"),
            (held(&HeldBack::Limit(wait)), "no more registrations before 2026-11-22 09:00 UTC"),
            (
                held(&HeldBack::OutcomeUnknown(wait)),
                "usually by 2026-11-22 09:00:00 UTC: run `trustdesk-cli sync --wait 120`",
            ),
            (held(&HeldBack::ListNotRead), "has not been read"),
            (left(Why::BeingSent), "another process"),
            (left(Why::NotReviewed), "was not in the list that was confirmed"),
            (left(Why::Free), "can be sent now"),
        ] {
            let said = left.words("PyPI").unwrap_or_default();
            assert!(said.starts_with("demo: ") && said.contains(words), "{said}");
        }
        assert_eq!(left(Why::Blocked).words("PyPI"), None, "that is said once for all");
    }

    #[test]
    fn reason_is_a_word_for_scripts_with_its_time() {
        let wait = Wait { left_ms: 300_000, until_ms: 7 };
        let json = serde_json::to_value(held(&HeldBack::SentBefore(wait))).expect("written");
        let expected = serde_json::json!({
            "id": "1", "project": "demo", "reason": "sent_before", "until_ms": 7,
        });
        assert_eq!(json, expected);
        let next = held(&HeldBack::SentBefore(wait)).next(&HashSet::new());
        assert_eq!(next, Some(Next::In(Duration::from_secs(300))));
    }
}
