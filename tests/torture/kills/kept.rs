//! What the next start finds in the database.

use std::path::Path;

use trustdesk_core::store::{Error, Store};
use trustdesk_domain::{Change, ChangeId, Draft};

use crate::broken::Broken;
use crate::other_connection::read_texts;

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
        let kept = Self::of(&store, folder).await.map_err(lost);
        let recovery = store.recovery().cloned();
        store.close().await;
        match recovery {
            Some(recovery) => Err(Broken::Lost(format!("the database is damaged: {recovery:?}"))),
            None => kept,
        }
    }

    async fn of(store: &Store, folder: &Path) -> Result<Self, Error> {
        let Some(index) = store.selected_index().await? else {
            return Ok(Self::default());
        };
        let Some(account) = store.selected_account(&index.key).await? else {
            return Ok(Self::default());
        };
        let drafts = store.drafts(account.id, None).await?;
        let mut changes = store.open_changes(account.id).await?;
        // No screen shows all that is over.
        for id in read_texts(folder, "SELECT change_id FROM changes WHERE state = 'done'").await {
            changes.extend(store.change(account.id, &ChangeId(id)).await?);
        }
        Ok(Self { drafts, changes })
    }
}
