//! Several accounts on several indexes: which there are, and which is on screen. Nothing of one is
//! ever shown under another.

use crate::store::{Account, AccountId};
use trustdesk_domain::Index;

use super::{Engine, Error};

/// An account that was signed in to at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAccount {
    /// The account.
    pub account: Account,
    /// Its index.
    pub index: Index,
    /// Whether it is the one on screen.
    pub on_screen: bool,
}

impl Engine {
    /// Every account that is known here. Reads nothing but the database: whether a session is kept
    /// for it may be a question to the person's keyring.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn known_accounts(&self) -> Result<Vec<KnownAccount>, Error> {
        let on_screen = self.account().await.ok().map(|account| account.id);
        let known = self.store.accounts(None).await?.into_iter();
        let known = known.filter_map(|(account, index)| {
            Some(KnownAccount { on_screen: Some(account.id) == on_screen, account, index: index? })
        });
        Ok(known.collect())
    }

    /// Puts an account on screen. Its session is looked for when something is asked of its index.
    ///
    /// # Errors
    /// There is no such account, or the database could not be written.
    pub async fn select_account(&self, id: AccountId) -> Result<(), Error> {
        if !self.store.select_account(id).await? {
            return Err(Error::NoAccount);
        }
        self.forget_connection().await;
        Ok(())
    }
}
