//! `trustdesk-cli sync`: sends what was looked at and confirmed, and nothing else. Only the index's
//! list, read again, tells what came of it.

use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use tokio::task::spawn_blocking;
use tokio::time::Instant;
use trustdesk_core::sync::{Engine, Error};
use trustdesk_domain::{ChangeId, ChangeState};

use super::plan;
use crate::answer::Answer;
use crate::attended;
use crate::change_view::{ChangeView, changes_table};
use crate::exit::Exit;
use crate::failure::{Failure, Kind};
use crate::here::Here;
use crate::left::Left;
use crate::planned::{self, Plan};
use crate::progress::Failed;
use crate::send::{self, Job, Sent};
use crate::shown;

/// More than a yes, in bytes.
const LONGEST_ANSWER: u64 = 1024;

#[derive(Args)]
pub(crate) struct Sync {
    /// Sends exactly the list in this file (`plan --out FILE`), if all of it still waits as it did.
    #[arg(long, value_name = "FILE", conflicts_with = "yes")]
    plan: Option<PathBuf>,
    /// Asks nobody; for an index on this computer only.
    #[arg(long)]
    yes: bool,
    /// Goes on until nothing is waiting, or for so long: for an answer that was lost, a limit, an
    /// index that is down.
    #[arg(long, value_name = "SECONDS")]
    wait: Option<u32>,
}

#[derive(Serialize)]
struct Synced {
    /// Each change of the list, as it is now.
    changes: Vec<ChangeView>,
    /// The projects that could not be done.
    failed: Vec<Failed>,
    /// What stands in the way of the rest.
    error: Option<Failure>,
    /// What is not done, each with its reason.
    left: Vec<Left>,
}

pub(crate) async fn run(here: &Here, sync: Sync) -> Result<Answer, Failure> {
    let engine = here.engine().await?;
    let (index, _) = planned::destination(engine).await?;
    attended::required(&index, "sending")?;
    if sync.yes && !index.is_on_this_computer() {
        return Err(Failure::wrong_use(format!(
            "--yes is for an index on this computer only, and {} is not: look at the list first \
             with `trustdesk-cli plan --out FILE`, and send it with `sync --plan FILE`",
            index.host()
        )));
    }
    let job = match &sync.plan {
        Some(path) => {
            let plan = Plan::read(path)?;
            plan.still_fits(engine).await?;
            Job { send: plan.reviewed(), check: Vec::new() }
        }
        None => {
            let check = on_their_way(engine).await?;
            let view = plan::of(engine).await?;
            if !sync.yes && !view.plan.changes.is_empty() {
                confirmed(here, plan::text(&view)).await?;
            }
            Job { send: view.plan.reviewed(), check }
        }
    };
    let wait = Duration::from_secs(sync.wait.unwrap_or(0).into());
    let sent = send::until(here, &job, Instant::now() + wait).await?;
    answer(engine, job, sent).await
}

/// What was sent before and is not known to be done.
async fn on_their_way(engine: &Engine) -> Result<Vec<ChangeId>, Error> {
    let account = engine.account().await?.id;
    let mut open = engine.store().open_changes(account).await?;
    open.retain(|it| matches!(it.state, ChangeState::Sending | ChangeState::Checking));
    Ok(open.into_iter().map(|change| change.id).collect())
}

/// Shows the list and asks. Only a clear yes is one.
async fn confirmed(here: &Here, list: String) -> Result<(), Failure> {
    if here.is_batch() || !io::stdin().is_terminal() {
        return Err(Failure::wrong_use(
            "there is no terminal to ask on: name a list with --plan FILE (`trustdesk-cli plan \
             --out FILE`), or for an index on this computer write --yes",
        ));
    }
    let typed = spawn_blocking(move || -> io::Result<String> {
        let mut out = anstream::stderr().lock();
        write!(out, "{list}\nSend this? [y/N] ")?;
        out.flush()?;
        let mut typed = String::new();
        io::stdin().lock().take(LONGEST_ANSWER).read_line(&mut typed)?;
        Ok(typed)
    });
    let typed = typed.await.map_err(io::Error::from)??;
    if ["y", "yes"].contains(&typed.trim().to_lowercase().as_str()) {
        return Ok(());
    }
    Err(Failure::new(Kind::Stopped, "nothing was sent; it goes on waiting"))
}

async fn answer(engine: &Engine, job: Job, sent: Sent) -> Result<Answer, Failure> {
    let (index, account) = planned::destination(engine).await?;
    let mut changes = Vec::new();
    for id in job.send.iter().map(|one| &one.id).chain(&job.check) {
        changes.extend(engine.store().change(account.id, id).await?.map(ChangeView::from));
    }
    let exit = exit(&changes, &sent);
    let text = text(&changes, &sent, &index.name);
    let Sent { failed, error, left } = sent;
    let synced = Synced { changes, failed, error, left };
    Ok(Answer::new(&synced, text)?.ending(exit))
}

/// What waits only because of what stands in the way has not failed.
fn exit(changes: &[ChangeView], sent: &Sent) -> Exit {
    let is_done = |change: &ChangeView| change.state == ChangeState::Done;
    let has_failed =
        |change: &ChangeView| matches!(change.state, ChangeState::Rejected | ChangeState::NeedsYou);
    let none_failed = sent.failed.is_empty() && !changes.iter().any(has_failed);
    match &sent.error {
        Some(error) => error.exit().max(Exit::if_all(none_failed)),
        None => Exit::if_all(none_failed && changes.iter().all(is_done)),
    }
}

fn text(changes: &[ChangeView], sent: &Sent, index: &str) -> String {
    let mut lines = Vec::new();
    if changes.is_empty() {
        lines.push("Nothing waits to be sent.".to_owned());
    } else {
        lines.push(changes_table(changes));
    }
    for Failed { project, error } in &sent.failed {
        lines.push(format!("{}: {}", shown::text(project), error.message));
    }
    if let Some(error) = &sent.error {
        lines.push(format!("The rest waits: {}", error.message));
    }
    lines.extend(sent.left.iter().filter_map(|left| left.words(index)));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use trustdesk_domain::{Change, Google, Intent, Publisher, Reasons, Sends};

    use super::*;

    fn change(state: ChangeState) -> ChangeView {
        let email = "a@sea.example".to_owned();
        Change {
            id: ChangeId("1".to_owned()),
            project: "demo".to_owned(),
            intent: Intent::Add {
                publisher: Publisher::Google(Google { email, sub: None }),
                listed_as: None,
            },
            base: None,
            state,
            reasons: Reasons::default(),
            confirmed_at_ms: 1,
            claimed_at_ms: None,
            sends: Sends::default(),
            settled_at_ms: None,
        }
        .into()
    }

    fn sent(error: Option<Kind>, fails: bool) -> Sent {
        let failure = |kind| Failure::new(kind, "why");
        let failed = Failed { project: "other".to_owned(), error: failure(Kind::Forbidden) };
        let failed = fails.then_some(failed).into_iter().collect();
        Sent { failed, error: error.map(failure), left: Vec::new() }
    }

    #[test]
    fn what_only_waits_for_what_stands_in_the_way_is_no_failure_and_anything_else_is() {
        use ChangeState::{Checking, Done, NeedsYou, Rejected, Waiting};
        let quota = Some(Kind::WaitingForQuota);
        for (states, error, fails, ends) in [
            (vec![], None, false, Exit::Done),
            (vec![Done], None, false, Exit::Done),
            (vec![Done], None, true, Exit::SomeFailed),
            (vec![Done, Waiting], None, false, Exit::SomeFailed),
            (vec![Checking], None, false, Exit::SomeFailed),
            (vec![Done, Waiting], quota, false, Exit::WaitingForQuota),
            (vec![Rejected, Waiting], quota, false, Exit::SomeFailed),
            (vec![NeedsYou, Waiting], quota, false, Exit::SomeFailed),
            (vec![Waiting], quota, true, Exit::SomeFailed),
            (vec![Rejected, Waiting], Some(Kind::Offline), true, Exit::Unreachable),
        ] {
            let changes: Vec<ChangeView> = states.iter().copied().map(change).collect();
            let ended = exit(&changes, &sent(error, fails));
            assert_eq!(ended, ends, "{states:?} {error:?} {fails}");
        }
    }

    #[test]
    fn what_stands_in_the_way_is_said_once_and_nothing_is_guessed() {
        use ChangeState::{Done, Waiting};
        let told = |states: &[ChangeState], error| {
            let changes: Vec<ChangeView> = states.iter().copied().map(change).collect();
            text(&changes, &sent(error, false), "PyPI")
        };
        assert_eq!(told(&[Done, Waiting], None).lines().count(), 3, "the table, and no guess");
        let limited = told(&[Waiting], Some(Kind::WaitingForQuota));
        assert_eq!(limited.matches("The rest waits: why").count(), 1, "{limited}");
    }
}
