//! `trustdesk-cli changes`: what was confirmed and is not over, and what a person decides of it.

use clap::{Args, Subcommand};
use serde::Serialize;
use trustdesk_core::sync::{Engine, Error};
use trustdesk_domain::{ChangeId, ChangeState, Conflict, ListedPublisher};

use crate::answer::Answer;
use crate::change_view::{ChangeView, changes_table, publisher};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::here::Here;
use crate::shown;

#[derive(Args)]
pub(crate) struct Changes {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// Lists what is not over; so does `changes` alone.
    ///
    /// Example: trustdesk-cli changes list
    List,
    /// Tells all of one change: who changed the project meanwhile, if that is why it needs you.
    ///
    /// Example: trustdesk-cli changes show 01a208a4-e773-700c-b5bf-a21a5d7b987b
    Show(One),
    /// Discards changes that are not being sent, also those whose answer was lost.
    ///
    /// Example: trustdesk-cli changes discard 01a208a4-e773-700c-b5bf-a21a5d7b987b
    Discard(Several),
    /// Lets refused changes, and those that need you, wait again as if they were confirmed now.
    ///
    /// Example: trustdesk-cli changes retry 01a208a4-e773-700c-b5bf-a21a5d7b987b
    Retry(Several),
}

#[derive(Args)]
struct One {
    #[arg(value_name = "ID")]
    id: String,
}

#[derive(Args)]
struct Several {
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

#[derive(Serialize)]
struct List {
    changes: Vec<ChangeView>,
}

#[derive(Serialize)]
struct Shown {
    change: ChangeView,
    /// What others did since it was confirmed; none: nothing that matters.
    conflict: Option<ConflictView>,
}

#[derive(Serialize)]
struct ConflictView {
    /// The list when the change was confirmed.
    base: Vec<ListedPublisher>,
    added: Vec<ListedPublisher>,
    removed: Vec<ListedPublisher>,
}

#[derive(Serialize)]
struct Decided {
    id: ChangeId,
    result: Decision,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Decision {
    Waiting,
    Discarded,
    /// The same, while nobody knows whether the index has done it.
    DiscardedUnknown,
    /// Where it is, that cannot be decided of it.
    NotPossible,
    Unknown,
}

#[derive(Serialize)]
struct Results {
    results: Vec<Decided>,
}

pub(crate) async fn run(here: &Here, changes: Changes) -> Result<Answer, Failure> {
    let engine = here.engine().await?;
    match changes.what.unwrap_or(What::List) {
        What::List => list(engine).await,
        What::Show(One { id }) => show(engine, ChangeId(id)).await,
        What::Discard(Several { ids }) => decide(engine, ids, false).await,
        What::Retry(Several { ids }) => decide(engine, ids, true).await,
    }
}

async fn list(engine: &Engine) -> Result<Answer, Failure> {
    let account = engine.account().await?.id;
    let open = engine.store().open_changes(account).await?;
    let changes: Vec<ChangeView> = open.into_iter().map(ChangeView::from).collect();
    let text =
        if changes.is_empty() { "Nothing waits.".to_owned() } else { changes_table(&changes) };
    Answer::new(&List { changes }, text)
}

async fn show(engine: &Engine, id: ChangeId) -> Result<Answer, Failure> {
    let account = engine.account().await?.id;
    let change = engine.store().change(account, &id).await?.ok_or(Error::NoSuchChange)?;
    let conflict = engine.conflict(&change).await?;
    let conflict =
        conflict.map(|Conflict { base, added, removed }| ConflictView { base, added, removed });
    let shown = Shown { change: change.into(), conflict };
    let mut lines = shown.change.lines();
    if let Some(conflict) = &shown.conflict {
        let named = |what: &str, listed: &[ListedPublisher]| {
            let line = |one: &ListedPublisher| format!("{what:<12}{}", publisher(&one.publisher));
            listed.iter().map(line).collect::<Vec<_>>()
        };
        lines.extend(named("Was there", &conflict.base));
        lines.extend(named("They added", &conflict.added));
        lines.extend(named("Took away", &conflict.removed));
        lines.push(
            "Send it all the same: trustdesk-cli changes retry ID. Or take it back: discard ID."
                .to_owned(),
        );
    }
    Answer::new(&shown, lines.join("\n"))
}

async fn decide(engine: &Engine, ids: Vec<String>, again: bool) -> Result<Answer, Failure> {
    let account = engine.account().await?.id;
    let mut results = Vec::new();
    for id in ids.into_iter().map(ChangeId) {
        let before = engine.store().change(account, &id).await?;
        let is_unknown = before.is_some_and(|change| change.state == ChangeState::Checking);
        let decided =
            if again { engine.retry_change(&id).await } else { engine.discard_change(&id).await };
        let result = match decided {
            Ok(true) if again => Decision::Waiting,
            Ok(true) if is_unknown => Decision::DiscardedUnknown,
            Ok(true) => Decision::Discarded,
            Ok(false) => Decision::NotPossible,
            Err(Error::NoSuchChange) => Decision::Unknown,
            Err(error) => return Err(error.into()),
        };
        results.push(Decided { id, result });
    }
    let is_so = |it: &Decided| {
        matches!(it.result, Decision::Waiting | Decision::Discarded | Decision::DiscardedUnknown)
    };
    let ok = results.iter().all(is_so);
    let text: Vec<String> = results.iter().map(|decided| line(decided, again)).collect();
    Ok(Answer::new(&Results { results }, text.join("\n"))?.ending(Exit::if_all(ok)))
}

fn line(decided: &Decided, again: bool) -> String {
    let words = match (decided.result, again) {
        (Decision::Waiting, _) => "waits to be sent again",
        (Decision::Discarded, _) => "discarded",
        (Decision::DiscardedUnknown, _) => {
            "discarded; the index may still carry it out, then its list shows it and it counts as \
             your change"
        }
        (Decision::Unknown, _) => "there is no such change",
        (Decision::NotPossible, true) => {
            "it waits already, is on its way or is over; see `trustdesk-cli changes`"
        }
        (Decision::NotPossible, false) => {
            "it is being sent or over, so it cannot be discarded any more"
        }
    };
    format!("{}: {words}", shown::text(&decided.id.0))
}
