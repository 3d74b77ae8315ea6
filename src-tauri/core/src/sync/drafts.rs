//! Drafts of the account on screen. None of it touches the network.

use trustdesk_domain::{Draft, DraftId, Typed};

use super::{Engine, Error};

impl Engine {
    /// Saves what stands in a provider's form. Returns when it was saved (milliseconds since 1970).
    ///
    /// # Errors
    /// Nobody has signed in, the draft became a change meanwhile, it is too long, or the database
    /// could not be written.
    pub async fn save_draft(&self, id: &DraftId, typed: &Typed) -> Result<i64, Error> {
        let account = self.account().await?.id;
        let now_ms = self.clock.now_ms();
        let saved = self.store.save_draft(account, id, typed, now_ms).await?;
        if saved { Ok(now_ms) } else { Err(Error::NoSuchDraft) }
    }

    /// Puts a draft back into its form.
    ///
    /// # Errors
    /// There is no such draft, or the database could not be written.
    pub async fn open_draft(&self, id: &DraftId) -> Result<(), Error> {
        there(self.store.open_draft(self.account().await?.id, id).await?)
    }

    /// Puts the draft in a form aside.
    ///
    /// # Errors
    /// There is no such draft in a form, or the database could not be written.
    pub async fn park_draft(&self, id: &DraftId) -> Result<(), Error> {
        there(self.store.park_draft(self.account().await?.id, id).await?)
    }

    /// Discards a draft; [`Self::restore_draft`] takes it back until the program ends.
    ///
    /// # Errors
    /// There is no such draft, or the database could not be written.
    pub async fn discard_draft(&self, id: &DraftId) -> Result<(), Error> {
        there(self.store.discard_draft(self.account().await?.id, id).await?)
    }

    /// Takes a discarded draft back.
    ///
    /// # Errors
    /// It is not there any more, or the database could not be written.
    pub async fn restore_draft(&self, id: &DraftId) -> Result<(), Error> {
        there(self.store.restore_draft(self.account().await?.id, id).await?)
    }

    /// The drafts of a project, or of all.
    ///
    /// # Errors
    /// Nobody has signed in, or the database could not be read.
    pub async fn drafts(&self, project: Option<&str>) -> Result<Vec<Draft>, Error> {
        Ok(self.store.drafts(self.account().await?.id, project).await?)
    }
}

fn there(found: bool) -> Result<(), Error> {
    if found { Ok(()) } else { Err(Error::NoSuchDraft) }
}
