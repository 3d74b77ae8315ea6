//! `trustdesk-cli remove`: confirms that a publisher is trusted no longer. Nothing is sent.

use clap::Args;
use serde::Serialize;
use trustdesk_core::sync::{Engine, Error};
use trustdesk_domain::{PublisherId, normalize_project_name};

use crate::answer::Answer;
use crate::change_view::{ChangeView, publisher};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::here::Here;
use crate::shown;

#[derive(Args)]
pub(crate) struct Remove {
    /// The projects that it is to release no longer.
    #[arg(value_name = "PROJECT", required = true)]
    projects: Vec<String>,
    /// The publisher, as `trustdesk-cli publishers PROJECT` names it; the same on every project.
    #[arg(long, value_name = "UUID")]
    id: String,
}

#[derive(Serialize)]
struct Removed {
    project: String,
    #[serde(flatten)]
    result: Outcome,
}

#[derive(Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
enum Outcome {
    /// It waits to be sent.
    Queued { change: Box<ChangeView> },
    /// It is not in the list that was read last.
    NotListed,
}

#[derive(Serialize)]
struct Results {
    results: Vec<Removed>,
}

pub(crate) async fn run(here: &Here, remove: Remove) -> Result<Answer, Failure> {
    let engine = here.engine().await?;
    let id = PublisherId(remove.id);
    let mut results = Vec::new();
    for name in &remove.projects {
        results.push(one(engine, &normalize_project_name(name), &id).await?);
    }
    let ok = results.iter().all(|removed| matches!(removed.result, Outcome::Queued { .. }));
    let text: Vec<String> = results.iter().map(line).collect();
    Ok(Answer::new(&Results { results }, text.join("\n"))?.ending(Exit::if_all(ok)))
}

async fn one(engine: &Engine, project: &str, id: &PublisherId) -> Result<Removed, Error> {
    let result = match engine.queue_remove(project, id).await {
        Ok(change) => Outcome::Queued { change: Box::new(change.into()) },
        Err(Error::NoSuchPublisher) => Outcome::NotListed,
        Err(error) => return Err(error),
    };
    Ok(Removed { project: project.to_owned(), result })
}

fn line(removed: &Removed) -> String {
    let project = shown::text(&removed.project);
    match &removed.result {
        Outcome::Queued { change } => {
            format!("{project}: removal waits to be sent: {}", publisher(&change.publisher))
        }
        Outcome::NotListed => format!(
            "{project}: no such publisher in the list that was read last; read it with \
             `trustdesk-cli publishers {project} --refresh`"
        ),
    }
}
