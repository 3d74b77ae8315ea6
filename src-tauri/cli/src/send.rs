//! Sending a list of changes until nothing of it waits, something stands in the way, or time is over.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::{Instant, sleep};
use trustdesk_core::clock::{Clock as _, SystemClock};
use trustdesk_core::domain::{ChangeId, ChangeState, Reviewed};
use trustdesk_core::sync::{Engine, Error, IndexError, LongWork};

use crate::failure::{Failure, Kind};
use crate::here::Here;
use crate::left::{Left, left};
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
        let pause = pause(error.as_ref(), &left, look_again)
            .filter(|pause| *pause <= deadline.saturating_duration_since(Instant::now()));
        let error = error.map(Failure::from);
        let Some(pause) = pause else {
            return Ok(Sent { failed, error, left });
        };
        remark(&waiting(pause, error.as_ref(), &left, &index));
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
    sent.and(read(engine, job, progress).await)
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
    for project in projects {
        if progress.is_held() {
            break;
        }
        match engine.refresh_publishing(&project).await {
            // One project that may not be read does not keep the others from being read.
            Err(error) if !error.is_gate() && !matches!(error, Error::Store(_)) => {
                LongWork::failed(progress, &project, error);
            }
            read => read?,
        }
    }
    Ok(())
}

/// What a stop left behind.
fn stopped(left: &[Left]) -> &'static str {
    if left.iter().any(Left::is_unknown) {
        "stopped before an answer was known; the next sync looks for what came of it"
    } else {
        "stopped between two requests; what is left is kept"
    }
}

/// How long to wait before the next turn; none: waiting does not help.
fn pause(error: Option<&Error>, left: &[Left], look_again: Duration) -> Option<Duration> {
    let mut left = left.iter().filter(|left| !left.is_over()).peekable();
    left.peek()?;
    match error {
        // It holds back adds only, each of which says for how long.
        None | Some(Error::WaitingForQuota(_)) => {
            let next = |left: &Left| {
                if left.is_unknown() { Some(look_again) } else { left.waits() }
            };
            left.filter_map(next).min().map(|pause| pause.max(FIRST_PAUSE))
        }
        Some(Error::Index(IndexError::TooMany(seconds))) => {
            Some(Duration::from_secs(seconds.unwrap_or(0)).max(look_again))
        }
        Some(
            Error::AnotherSends
            | Error::Index(
                IndexError::Offline(_) | IndexError::AnswerLost(_) | IndexError::IndexDown(_),
            ),
        ) => Some(look_again),
        Some(_) => None,
    }
}

/// Until when it waits, and why.
fn waiting(pause: Duration, error: Option<&Failure>, left: &[Left], index: &str) -> String {
    let pause_ms = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
    let until = shown::moment(SystemClock.now_ms().saturating_add(pause_ms));
    let soonest = left.iter().min_by_key(|left| left.waits().unwrap_or_default());
    let why = match error {
        Some(error) => error.message.clone(),
        None => soonest.and_then(|left| left.words(index)).unwrap_or_default(),
    };
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
        let look_again = 30 * SECOND;
        let after = |error: Option<Error>, held: &[HeldBack]| {
            let left: Vec<Left> = held.iter().map(left).collect();
            pause(error.as_ref(), &left, look_again).map(|pause| pause.as_secs())
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
        let signed_out = || Some(Error::Index(IndexError::SignedOut));
        assert_eq!(
            after(signed_out(), &[HeldBack::ListNotRead]),
            None,
            "a person must do something"
        );
    }

    #[test]
    fn wait_is_told_with_its_end_and_its_reason() {
        let sent = [left(&HeldBack::SentBefore(wait(300)))];
        let said = waiting(300 * SECOND, None, &sent, "PyPI");
        assert!(said.starts_with("Waiting until 20") && said.contains(" UTC: demo: "), "{said}");
        assert!(said.contains("not sent again before 2026-11-22 09:00 UTC"), "{said}");
        let error = Failure::new(Kind::Offline, "why");
        assert!(waiting(SECOND, Some(&error), &sent, "PyPI").ends_with(" UTC: why"));
    }
}
