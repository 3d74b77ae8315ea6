//! What the next start finds in the database.

use std::path::Path;

use trustdesk_core::domain::{Change, Draft};
use trustdesk_core::store::{Error, Store};

use super::script::PROJECTS;
use crate::broken::Broken;

/// All that was typed and asked for. Before anybody has signed in there is nothing.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) changes: Vec<Change>,
}

impl Kept {
    /// Opens the database as the app does, which looks for damage (`pragma integrity_check`).
    ///
    /// # Errors
    /// It does not open, it is damaged, or it cannot be read.
    pub(crate) async fn in_folder(folder: &Path) -> Result<Self, Broken> {
        let lost = |error: Error| Broken::Lost(format!("the database: {error:?}"));
        let store = Store::open(folder).await.map_err(lost)?;
        let kept = Self::of(&store).await.map_err(lost);
        let recovery = store.recovery().cloned();
        store.close().await;
        match recovery {
            Some(recovery) => Err(Broken::Lost(format!("the database is damaged: {recovery:?}"))),
            None => kept,
        }
    }

    async fn of(store: &Store) -> Result<Self, Error> {
        let Some(index) = store.current_index().await? else {
            return Ok(Self::default());
        };
        let Some(account) = store.current_account(&index.key).await? else {
            return Ok(Self::default());
        };
        let drafts = store.drafts(account.id, None).await?;
        let mut changes = store.open_changes(account.id).await?;
        for project in PROJECTS {
            changes.extend(store.changes_from_here(account.id, project).await?);
        }
        Ok(Self { drafts, changes })
    }
}
