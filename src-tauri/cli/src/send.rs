//! Sending a list of changes until nothing of it waits, something stands in the way, or time is over.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::{Instant, sleep};
use trustdesk_core::domain::{Change, ChangeId, ChangeState, Reviewed};
use trustdesk_core::sync::{Engine, Error, IndexError, LongWork};

use crate::failure::{Failure, Kind};
use crate::here::Here;
use crate::output::remark;
use crate::progress::{Failed, Progress};

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

/// What came of it, besides the changes' own states.
pub(crate) struct Sent {
    pub(crate) failed: Vec<Failed>,
    /// What stands in the way of what is left.
    pub(crate) error: Option<Failure>,
}

/// Does it, and goes on until the deadline where waiting can help.
///
/// # Errors
/// The database failed.
pub(crate) async fn until(here: &Here, job: &Job, deadline: Instant) -> Result<Sent, Failure> {
    let (engine, stop) = (here.engine().await?, here.stop());
    let mut look_again = FIRST_PAUSE;
    loop {
        let progress = Progress::of(here);
        let ended = once(engine, job, &progress).await;
        let failed = progress.failed();
        let left = left(engine, job).await?;
        let error = match ended {
            Err(error @ Error::Store(_)) => return Err(error.into()),
            // A lost answer that the list has told since stands in nobody's way.
            ended => ended.err().filter(|_| !left.is_empty()),
        };
        if stop.is_wanted() {
            let error = (!left.is_empty()).then(|| Failure::new(Kind::Stopped, stopped(&left)));
            return Ok(Sent { failed, error });
        }
        let Some(pause) = pause(error.as_ref(), &left, look_again) else {
            return Ok(Sent { failed, error: error.map(Failure::from) });
        };
        if pause > deadline.saturating_duration_since(Instant::now()) {
            return Ok(Sent { failed, error: error.map(Failure::from) });
        }
        let why = error.map(|error| Failure::from(error).message);
        let why = why.as_deref().unwrap_or("an answer was lost, and the index's list will tell");
        remark(&format!("Waiting {} s: {why}", pause.as_secs()));
        look_again = LONGEST_PAUSE.min(look_again * 2);
        tokio::select! {
            () = sleep(pause) => {}
            () = stop.wanted() => {}
        }
    }
}

/// One turn: sends what waits, and reads the lists that tell of lost answers.
async fn once(engine: &Engine, job: &Job, progress: &Progress<'_>) -> Result<(), Error> {
    if !job.send.is_empty() {
        engine.sync_changes(&job.send, progress).await?;
    }
    let projects: BTreeSet<String> = left(engine, job)
        .await?
        .into_iter()
        .filter(|change| job.check.contains(&change.id))
        .map(|change| change.project)
        .collect();
    for project in projects {
        if progress.is_held() {
            break;
        }
        engine.refresh_publishing(&project).await?;
    }
    Ok(())
}

/// Those that may still be sent, or be found to be done.
async fn left(engine: &Engine, job: &Job) -> Result<Vec<Change>, Error> {
    let account = engine.account().await?.id;
    let mut open = engine.store().open_changes(account).await?;
    let is_sent = |id: &ChangeId| job.send.iter().any(|one| one.id == *id);
    open.retain(|change| match change.state {
        ChangeState::Sending | ChangeState::Checking => {
            is_sent(&change.id) || job.check.contains(&change.id)
        }
        ChangeState::Waiting => is_sent(&change.id),
        _ => false,
    });
    Ok(open)
}

/// What a stop left behind.
fn stopped(left: &[Change]) -> &'static str {
    if left.iter().any(|change| change.state == ChangeState::Checking) {
        "stopped before an answer was known; the next sync looks for what came of it"
    } else {
        "stopped between two requests; what is left is kept"
    }
}

/// How long to wait before the next turn; none: waiting does not help.
fn pause(error: Option<&Error>, left: &[Change], look_again: Duration) -> Option<Duration> {
    if left.is_empty() {
        return None;
    }
    let told = match error {
        None => {
            let checking = |change: &Change| change.state == ChangeState::Checking;
            left.iter().any(checking).then_some(Duration::ZERO)
        }
        Some(Error::WaitingForQuota(wait)) => {
            Some(Duration::from_millis(u64::try_from(wait.left_ms).unwrap_or(0)))
        }
        Some(Error::Index(IndexError::TooMany(seconds))) => {
            Some(Duration::from_secs(seconds.unwrap_or(0)))
        }
        Some(
            Error::AnotherSends
            | Error::Index(
                IndexError::Offline(_)
                | IndexError::AnswerLost(_)
                | IndexError::IndexDown(_)
                | IndexError::ReadOnly
                | IndexError::PublishingDisabled(_),
            ),
        ) => Some(Duration::ZERO),
        Some(_) => None,
    };
    told.map(|told| told.max(look_again))
}
