//! `trustdesk-cli index`: which package indexes are known, and which one is on screen.

use clap::Subcommand;
use serde::Serialize;
use trustdesk_core::{store, sync};

use crate::answer::Answer;
use crate::failure::Failure;
use crate::here::Here;
use crate::index_name::IndexName;
use crate::output::remark;
use crate::table::table;

#[derive(Subcommand)]
pub(crate) enum Index {
    /// Lists them.
    ///
    /// Example: trustdesk-cli index list
    List,
    /// Remembers an index without choosing it.
    ///
    /// Example: trustdesk-cli index add testpypi
    Add(Named),
    /// Chooses the index for what is asked without --index. The app shows it too.
    ///
    /// Example: trustdesk-cli index use testpypi
    Use(Named),
}

#[derive(clap::Args)]
pub(crate) struct Named {
    /// pypi, testpypi, demo or an address: https, or http on this computer (127.0.0.1).
    #[arg(value_name = "INDEX")]
    index: IndexName,
}

/// An index in an answer.
#[derive(Debug, Serialize)]
pub(crate) struct IndexView {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) address: String,
}

#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    index: IndexView,
    /// Whether this run is about it.
    in_use: bool,
}

#[derive(Serialize)]
struct Indexes {
    indexes: Vec<Listed>,
}

#[derive(Serialize)]
struct One {
    index: IndexView,
}

impl From<trustdesk_domain::Index> for IndexView {
    fn from(index: trustdesk_domain::Index) -> Self {
        let address = index.origin.as_str().trim_end_matches('/').to_owned();
        Self { key: index.key.0, name: index.name, address }
    }
}

pub(crate) async fn run(here: &Here, index: Index) -> Result<Answer, Failure> {
    match index {
        Index::List => list(here).await,
        Index::Add(Named { index }) => {
            let engine = here.engine().await?;
            let index = index.find(engine.store()).await?;
            engine.know_index(&index).await?;
            one("Known here", index)
        }
        Index::Use(Named { index }) => {
            let engine = here.engine().await?;
            let index = index.find(engine.store()).await?;
            engine.select_index(&index).await?;
            one("Chosen", index)
        }
    }
}

async fn list(here: &Here) -> Result<Answer, Failure> {
    let engine = here.engine().await?;
    // One whose stored address is not its own is told of below, with the others.
    let in_use = match engine.screen().await {
        Err(sync::Error::Store(store::Error::WrongAddress { .. })) => None,
        screen => screen?.index,
    };
    let mut indexes = Vec::new();
    for known in engine.store().indexes().await? {
        match known {
            Ok(index) => indexes
                .push(Listed { in_use: in_use.as_ref() == Some(&index), index: index.into() }),
            Err(error) => remark(&format!("{error}.")),
        }
    }
    let text = if indexes.is_empty() {
        "No index is known yet. Choose one: trustdesk-cli index use pypi".to_owned()
    } else {
        let row = |listed: &Listed| {
            let mark = if listed.in_use { "*" } else { "" };
            [mark.to_owned(), listed.index.name.clone(), listed.index.address.clone()]
        };
        table(["", "INDEX", "ADDRESS"], indexes.iter().map(row).collect())
    };
    Answer::new(&Indexes { indexes }, text)
}

fn one(what: &str, index: trustdesk_domain::Index) -> Result<Answer, Failure> {
    let index = IndexView::from(index);
    let text = format!("{what}: {} ({})", index.name, index.address);
    Answer::new(&One { index }, text)
}
