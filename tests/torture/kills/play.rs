//! The process that is ended: the whole core on a folder, which does the steps of a script and says on
//! its standard output what became of each.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use trustdesk_core::secrets::MemorySecrets;
use trustdesk_core::sync::{Error, Queued};
use url::Url;

use super::script::{Step, script};
use crate::desk::Desk;
use crate::sends::ReviewAndSend as _;
use crate::time::Time;

/// Which life on which folder.
#[derive(Args)]
pub struct Play {
    /// The data folder
    folder: PathBuf,
    /// Where the index is
    origin: Url,
    /// Milliseconds since 1970
    now_ms: i64,
    /// What decides the script
    seed: u64,
    /// Which of its scripts
    life: usize,
    /// The step to go on with
    from: usize,
}

/// What became of a step, as the core said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// It survives whatever comes.
    Kept(usize),
    /// It may or may not have been done.
    Refused(usize),
}

impl fmt::Display for Said {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept(step) => write!(formatter, "kept {step}"),
            Self::Refused(step) => write!(formatter, "refused {step}"),
        }
    }
}

impl Said {
    /// None: the line says something else.
    pub(crate) fn of(line: &str) -> Option<Self> {
        let (word, step) = line.trim_end().split_once(' ')?;
        let step = step.parse().ok()?;
        match word {
            "kept" => Some(Self::Kept(step)),
            "refused" => Some(Self::Refused(step)),
            _ => None,
        }
    }
}

impl Play {
    /// Does what is left of the script, then closes the database.
    ///
    /// # Panics
    /// The core does not start, or a step meets what no fault explains.
    pub async fn play(self) {
        let time = Time::at(self.now_ms);
        let desk = Desk::open(&self.folder, MemorySecrets::default().into(), &time).await;
        desk.choose(&self.origin).await;
        desk.sign_in().await;
        desk.engine.refresh_projects().await.expect("the projects are read");
        for (number, step) in script(self.seed, self.life).iter().enumerate().skip(self.from) {
            let said = match take(&desk, step).await {
                Ok(()) => Said::Kept(number),
                Err(error) => {
                    eprintln!("step {number}: {error:?}");
                    Said::Refused(number)
                }
            };
            println!("{said}");
        }
        desk.engine.store().close().await;
    }
}

/// A step that a killed process had done already is as good as done.
async fn take(desk: &Desk, step: &Step) -> Result<(), Error> {
    let engine = &desk.engine;
    match step {
        Step::Save(draft, typed) => engine.save_draft(draft, typed).await.map(drop),
        Step::Discard(draft) => match engine.discard_draft(draft).await {
            Err(Error::NoSuchDraft) => Ok(()),
            discarded => discarded,
        },
        Step::Add(draft, typed) => match engine.queue_add(typed, Some(draft)).await? {
            Queued::Queued(..) | Queued::AlreadyListed | Queued::AlreadyWaiting => Ok(()),
            other => panic!("{typed:?} does not stand: {other:?}"),
        },
        Step::Remove(project, publisher) => {
            let rows = desk.listed(project).await;
            let row = rows.iter().find(|row| row.publisher.identity() == publisher.identity());
            let row = row.ok_or(Error::NoSuchPublisher)?;
            engine.queue_remove(project, &row.id).await.map(drop)
        }
        Step::Sync(project) => engine.sync_project(project).await,
        Step::Read(project) => engine.refresh_publishing(project).await,
    }
}
