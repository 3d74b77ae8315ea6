//! An index and an account for one run only. The app and the command line share a database, and what
//! the one is told to look at must not change what the other one shows.

use std::sync::{Mutex, PoisonError};

use crate::store::Account;
use trustdesk_domain::Index;

use super::{Engine, Error};

/// What this run is about where that is not what is on screen.
#[derive(Debug, Default)]
pub(super) struct ThisRun {
    index: Option<Index>,
    /// Also whoever signs in under such a choice: the next step is about them.
    username: Mutex<Option<String>>,
}

impl ThisRun {
    fn username(&self) -> Option<String> {
        self.username.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn is_a_choice(&self) -> bool {
        self.index.is_some() || self.username().is_some()
    }
}

impl Engine {
    /// The same engine with an index, an account or both for this run. What is not chosen is as it is
    /// on screen; an account is one of the index's. Nothing that is on screen changes, unless it is
    /// asked for by [`Engine::select_index`] or [`Engine::select_account`].
    #[must_use]
    pub fn only_for_this_run(mut self, index: Option<Index>, username: Option<String>) -> Self {
        self.this_run = ThisRun { index, username: Mutex::new(username) };
        self
    }

    /// Remembers an index without putting it on screen.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn know_index(&self, index: &Index) -> Result<(), Error> {
        Ok(self.store.know_index(index).await?)
    }

    pub(super) async fn selected_index(&self) -> Result<Option<Index>, Error> {
        match &self.this_run.index {
            Some(index) => Ok(Some(index.clone())),
            None => Ok(self.store.selected_index().await?),
        }
    }

    pub(super) async fn account_on(&self, index: &Index) -> Result<Option<Account>, Error> {
        Ok(match self.this_run.username() {
            Some(username) => self.store.account_named(&index.key, &username).await?,
            None => self.store.selected_account(&index.key).await?,
        })
    }

    /// The row of an account that has just been signed in to, which comes on screen unless this run
    /// is about something else.
    pub(super) async fn opened(&self, index: &Index, username: &str) -> Result<Account, Error> {
        if !self.this_run.is_a_choice() {
            return Ok(self.store.select_account_named(&index.key, username).await?);
        }
        self.store.know_index(index).await?;
        let account = self.store.know_account(&index.key, username).await?;
        let mut chosen = self.this_run.username.lock().unwrap_or_else(PoisonError::into_inner);
        *chosen = Some(account.username.clone());
        Ok(account)
    }
}
