//! Sending a list of changes until nothing of it waits, something stands in the way, or time is over.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use tokio::time::{Instant, sleep};
use trustdesk_core::clock::{Clock as _, SystemClock};
use trustdesk_core::sync::{Engine, Error, IndexError};
use trustdesk_domain::{ChangeId, ChangeState, Reviewed};

use crate::failure::{Failure, Kind};
use crate::here::Here;
use crate::left::{Left, Next, left};
use crate::output::remark;
use crate::planned;
use crate::progress::{Failed, Progress};
use crate::shown;

/// Between the first two looks at the index while it cannot be reached, or may be at work on a request
/// whose answer was lost. Each pause is twice as long as the one before, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What is sent, and what is only looked for.
pub(crate) struct Job {
    /// What was looked at and confirmed, as it was then.
    pub(crate) send: Vec<Reviewed>,
    /// Sent before, with an answer that was lost: the index's list tells, and nothing is sent again
    /// that was not looked at again.
    pub(crate) check: Vec<ChangeId>,
}

impl Job {
    /// Whether it was looked at and confirmed.
    pub(crate) fn sends(&self, id: &ChangeId) -> bool {
        self.send.iter().any(|one| one.id == *id)
    }
}

/// What came of it, besides the changes' own states.
pub(crate) struct Sent {
    pub(crate) failed: Vec<Failed>,
    /// What stands in the way of what is left.
    pub(crate) error: Option<Failure>,
    /// What is left, each with its reason.
    pub(crate) left: Vec<Left>,
}

/// Does it, and goes on until the deadline where waiting can help.
///
/// # Errors
/// The database failed.
pub(crate) async fn until(here: &Here, job: &Job, deadline: Instant) -> Result<Sent, Failure> {
    let (engine, stop) = (here.engine().await?, here.stop());
    let index = planned::destination(engine).await?.0.name;
    let mut look_again = FIRST_PAUSE;
    loop {
        let progress = Progress::of(here);
        let ended = once(engine, job, &progress).await;
        let failed = progress.failed();
        let left = left(engine, job, &failed, ended.is_err()).await?;
        let error = match ended {
            Err(error @ Error::Store(_)) => return Err(error.into()),
            // A lost answer that the list has told since stands in nobody's way.
            ended => ended.err().filter(|_| left.iter().any(|left| !left.is_over())),
        };
        if stop.is_wanted() {
            let error = (!left.is_empty()).then(|| Failure::new(Kind::Stopped, stopped(&left)));
            return Ok(Sent { failed, error, left });
        }
        let time_left = deadline.saturating_duration_since(Instant::now());
        let next = next_turn(error.as_ref(), &left, look_again, time_left);
        let error = error.map(Failure::from);
        let Some((pause, why)) = next else {
            return Ok(Sent { failed, error, left });
        };
        let why = why.and_then(|left| left.words(&index));
        let why = why.or_else(|| Some(error.as_ref()?.message.clone()));
        remark(&waiting(pause, &why.unwrap_or_default()));
        look_again = LONGEST_PAUSE.min(look_again * 2);
        tokio::select! {
            () = sleep(pause) => {}
            () = stop.wanted() => {}
        }
    }
}

/// One turn: sends what waits, and reads the lists that tell of lost answers. A limit or whatever else
/// keeps something from being sent does not keep the lists from being read.
async fn once(engine: &Engine, job: &Job, progress: &Progress<'_>) -> Result<(), Error> {
    let sent =
        if job.send.is_empty() { Ok(()) } else { engine.sync_changes(&job.send, progress).await };
    if matches!(sent, Err(Error::Store(_))) {
        return sent;
    }
    match read(engine, job, progress).await {
        Err(error @ Error::Store(_)) => Err(error),
        read => sent.and(read),
    }
}

/// Reads the lists of the projects whose changes were sent before, and sends nothing.
async fn read(engine: &Engine, job: &Job, progress: &Progress<'_>) -> Result<(), Error> {
    let account = engine.account().await?.id;
    let open = engine.store().open_changes(account).await?.into_iter();
    let unknown = open.filter(|change| {
        job.check.contains(&change.id)
            && matches!(change.state, ChangeState::Sending | ChangeState::Checking)
    });
    let projects: BTreeSet<String> = unknown.map(|change| change.project).collect();
    let projects: Vec<String> = projects.into_iter().collect();
    engine.refresh_publishers(&projects, progress).await
}

/// What a stop left behind.
fn stopped(left: &[Left]) -> &'static str {
    if left.iter().any(Left::is_unknown) {
        "stopped before an answer was known; the next sync looks for what came of it"
    } else {
        "stopped between two requests; what is left is kept"
    }
}

/// How long to wait before the next turn, and for which of what is left; none: waiting does not help.
/// The last turn begins when the time is over.
fn next_turn<'a>(
    error: Option<&Error>,
    left: &'a [Left],
    look_again: Duration,
    time_left: Duration,
) -> Option<(Duration, Option<&'a Left>)> {
    if time_left.is_zero() || left.iter().all(Left::is_over) {
        return None;
    }
    let look = look_again.min(time_left);
    let (pause, why) = match error {
        // It holds back adds only, each of which says for how long.
        None | Some(Error::WaitingForQuota(_)) => {
            let others: HashSet<&ChangeId> = left.iter().map(|left| &left.id).collect();
            let next = left.iter().filter_map(|one| match one.next(&others)? {
                Next::Look => Some((look, Some(one))),
                Next::In(pause) => Some((pause.max(FIRST_PAUSE), Some(one))),
            });
            next.min_by_key(|(pause, _)| *pause)?
        }
        Some(Error::Index(IndexError::TooMany(Some(seconds)))) => {
            (Duration::from_secs(*seconds).max(look), None)
        }
        Some(
            Error::AnotherSends
            | Error::Index(
                IndexError::Offline(_)
                | IndexError::AnswerLost(_)
                | IndexError::OutcomeUnknown(_)
                | IndexError::IndexDown(_)
                | IndexError::TooMany(None),
            ),
        ) => (look, None),
        Some(_) => return None,
    };
    (pause <= time_left).then_some((pause, why))
}

/// Until when it waits, and why.
fn waiting(pause: Duration, why: &str) -> String {
    let pause_ms = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
    let until = shown::moment(SystemClock.now_ms().saturating_add(pause_ms));
    format!("Waiting until {until}: {}", why.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use std::slice;

    use trustdesk_core::sync::{HeldBack, Wait};

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn left(held: &HeldBack) -> Left {
        Left::of(ChangeId("1".to_owned()), "demo", held)
    }

    fn wait(seconds: i64) -> Wait {
        Wait { left_ms: seconds * 1000, until_ms: 1_795_338_000_000 }
    }

    #[test]
    fn next_turn_is_when_the_soonest_of_what_is_left_can_change() {
        let after = |error: Option<Error>, held: &[HeldBack]| {
            let left: Vec<Left> = held.iter().map(left).collect();
            let next = next_turn(error.as_ref(), &left, 30 * SECOND, 86_400 * SECOND);
            next.map(|(pause, _)| pause.as_secs())
        };
        let limit = || Some(Error::WaitingForQuota(wait(3600)));
        let (unknown, limited) = (HeldBack::OutcomeUnknown(wait(0)), HeldBack::Limit(wait(3600)));
        assert_eq!(after(None, &[]), None);
        assert_eq!(after(None, slice::from_ref(&unknown)), Some(30), "the list is read again");
        assert_eq!(after(None, &[HeldBack::SentBefore(wait(300))]), Some(300));
        assert_eq!(after(limit(), slice::from_ref(&limited)), Some(3600));
        assert_eq!(after(limit(), &[limited, unknown]), Some(30), "a limit keeps no list unread");
        assert_eq!(after(None, &[HeldBack::ProviderOff("GitHub".to_owned())]), None);
        let too_many = || Some(Error::Index(IndexError::TooMany(Some(86_400))));
        assert_eq!(after(too_many(), &[HeldBack::ListNotRead]), Some(86_400));
        let unreadable = || Some(Error::Index(IndexError::OutcomeUnknown("its status")));
        assert_eq!(after(unreadable(), &[HeldBack::ListNotRead]), Some(30));
        let signed_out = || Some(Error::Index(IndexError::SignedOut));
        assert_eq!(
            after(signed_out(), &[HeldBack::ListNotRead]),
            None,
            "a person must do something"
        );
    }

    #[test]
    fn what_can_be_sent_by_now_is_sent_in_the_next_turn() {
        let next = |error: Option<Error>, why| {
            let left = [Left::free(ChangeId("1".to_owned()), "demo", why)];
            next_turn(error.as_ref(), &left, 30 * SECOND, 60 * SECOND).map(|(pause, _)| pause)
        };
        assert_eq!(next(None, false), Some(30 * SECOND), "a wait was over during the turn");
        let limit = || Some(Error::WaitingForQuota(wait(0)));
        assert_eq!(next(limit(), true), Some(30 * SECOND), "the limit was over during the turn");
    }

    #[test]
    fn change_behind_another_one_waits_for_what_that_one_waits_for() {
        let behind = || left(&HeldBack::AskedAlready(ChangeId("0".to_owned())));
        let pause = |left: &[Left]| {
            next_turn(None, left, 30 * SECOND, 600 * SECOND).map(|(pause, _)| pause)
        };
        assert_eq!(pause(&[behind()]), Some(30 * SECOND), "a discarded one: only the list tells");
        let first = Left::of(ChangeId("0".to_owned()), "demo", &HeldBack::SentBefore(wait(300)));
        assert_eq!(pause(&[first, behind()]), Some(300 * SECOND));
    }

    #[test]
    fn last_look_is_when_the_time_is_over_and_no_later() {
        let unknown = [left(&HeldBack::OutcomeUnknown(wait(0)))];
        let pause = |left: &[Left], time_left| {
            next_turn(None, left, 30 * SECOND, time_left).map(|(pause, _)| pause)
        };
        assert_eq!(pause(&unknown, 10 * SECOND), Some(10 * SECOND));
        assert_eq!(pause(&unknown, Duration::ZERO), None);
        let limited = [left(&HeldBack::Limit(wait(3600)))];
        assert_eq!(pause(&limited, 10 * SECOND), None, "it is certain that nothing can be sent");
    }

    #[test]
    fn wait_is_told_with_its_end_and_the_reason_that_sets_it() {
        let said = waiting(300 * SECOND, "why.");
        assert!(said.starts_with("Waiting until 20") && said.ends_with(" UTC: why"), "{said}");
        let left = [
            left(&HeldBack::ProviderOff("GitHub".to_owned())),
            left(&HeldBack::Limit(wait(3600))),
            left(&HeldBack::SentBefore(wait(300))),
        ];
        let next = next_turn(None, &left, 30 * SECOND, 3600 * SECOND);
        let why = next.and_then(|(_, why)| why?.words("PyPI")).unwrap_or_default();
        assert!(why.contains("not sent again before 2026-11-22 09:00 UTC"), "{why}");
    }
}
