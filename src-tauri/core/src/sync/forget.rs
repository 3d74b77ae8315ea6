//! Forgetting on purpose: the session when the program ends, or what is kept of one index or of all.

use std::sync::PoisonError;
use std::time::Duration;

use crate::index::{PackageIndex, Session, Warehouse};
use crate::secrets::{SecretName, Secrets};
use crate::store::{Account, AccountId, SenderLock};
use tokio::sync::MutexGuard;
use tokio::time::timeout;
use trustdesk_domain::{Index, IndexKey};

use super::engine::secret_name;
use super::{Connection, Engine, Error};

/// How long an index may take to end a session: deleting goes on without it.
const PATIENCE: Duration = Duration::from_secs(5);

type Accounts = [(Account, Option<Index>)];

/// While it is held, neither this process nor another one sends for the accounts, and nobody opens a
/// session that is about to be forgotten.
struct Quiet<'a> {
    _sending: MutexGuard<'a, ()>,
    _connecting: Option<MutexGuard<'a, ()>>,
    _senders: Vec<SenderLock>,
}

impl Engine {
    /// Whether sessions are forgotten when the program ends; none: what was chosen cannot be read, so
    /// that they are.
    #[must_use]
    pub fn forgets_sessions(&self) -> Option<bool> {
        *self.forgets_sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember_forgets_sessions(&self, on: bool) {
        *self.forgets_sessions.lock().unwrap_or_else(PoisonError::into_inner) = Some(on);
    }

    /// From now on sessions are forgotten when the program ends, or are kept. The choice is kept first:
    /// a crash before the sessions have gone where it wants them leaves none that is used again.
    ///
    /// # Errors
    /// The database could not be read or written. The choice counts only if it could be.
    pub async fn set_forgets_sessions(&self, on: bool) -> Result<(), Error> {
        self.store.set_forgets_sessions(on).await?;
        self.remember_forgets_sessions(on);
        let accounts = self.store.accounts(None).await?;
        let names: Vec<SecretName> =
            accounts.iter().map(|(account, _)| secret_name(account)).collect();
        let moved = self.secrets.choose(on, &names).await;
        if let Some(connected) = self.connected.lock().await.as_mut() {
            let name = secret_name(&connected.account);
            let found = moved.into_iter().find(|(moved, _)| *moved == name);
            connected.kept = match found {
                Some((_, kept)) => kept,
                // A keyring that does not give it is to delete it, and gets no new one.
                None if on => self.secrets.save(&name, &connected.cookies).await,
                None => connected.kept,
            };
        }
        Ok(())
    }

    /// Deletes everything that is kept here, sessions included, and ends these on their indexes as far
    /// as they can be reached. Nothing else changes there.
    ///
    /// # Errors
    /// Something is being sent, or the data folder cannot be written: then nothing was deleted. Or
    /// the deleting failed half-way; a second call does the rest.
    pub async fn forget_everything(&self) -> Result<(), Error> {
        let accounts = self.store.accounts(None).await?;
        let _quiet = self.quiet(&accounts).await?;
        self.forget_connection().await;
        self.forget_sessions(&accounts).await;
        self.store.forget_everything().await?;
        self.remember_forgets_sessions(false);
        self.secrets.choose(false, &[]).await;
        Ok(())
    }

    /// Deletes the accounts of one index in the same way; the index itself stays chosen.
    ///
    /// # Errors
    /// As for [`Self::forget_everything`].
    pub async fn forget_accounts(&self, index: &IndexKey) -> Result<(), Error> {
        let accounts = self.store.accounts(Some(index)).await?;
        let _quiet = self.quiet(&accounts).await?;
        let on_screen = self.selected_index().await?;
        if on_screen.is_some_and(|on_screen| on_screen.key == *index) {
            self.forget_connection().await;
        }
        self.forget_sessions(&accounts).await;
        Ok(self.store.forget_accounts(index).await?)
    }

    /// Deletes the session of one account, and if it is wanted all that is kept of it here. Without
    /// that its drafts and changes stay, and it can be signed in to again.
    ///
    /// # Errors
    /// There is no such account; else as for [`Self::forget_everything`].
    pub async fn forget_account(&self, id: AccountId, with_data: bool) -> Result<(), Error> {
        let mut accounts = self.store.accounts(None).await?;
        accounts.retain(|(account, _)| account.id == id);
        if accounts.is_empty() {
            return Err(Error::NoAccount);
        }
        let _quiet = self.quiet(&accounts).await?;
        if self.account().await.is_ok_and(|on_screen| on_screen.id == id) {
            self.forget_connection().await;
            self.set_connection(Connection::SignedOut);
        }
        self.forget_sessions(&accounts).await;
        self.store.set_password_entered(id, None).await?;
        if with_data {
            self.store.forget_account(id).await?;
        }
        Ok(())
    }

    async fn quiet(&self, accounts: &Accounts) -> Result<Quiet<'_>, Error> {
        let sending = self.sending.try_lock().map_err(|_| Error::StillSending)?;
        let mut senders = Vec::new();
        for (account, _) in accounts {
            senders.push(self.store.sender_lock(account.id)?.ok_or(Error::StillSending)?);
        }
        // Whoever waits for a keyring that asks something is given nothing that was forgotten.
        let connecting = tokio::select! {
            biased;
            connecting = self.connecting.lock() => Some(connecting),
            () = self.secrets.waits() => None,
        };
        Ok(Quiet { _sending: sending, _connecting: connecting, _senders: senders })
    }

    /// Before the rows go: an entry of the keyring is found by its account's row only.
    async fn forget_sessions(&self, accounts: &Accounts) {
        for (account, index) in accounts {
            let name = secret_name(account);
            // One that the keyring does not give now is deleted there later, and ends by itself.
            if let (Some(index), Some((cookies, _))) = (index, self.secrets.at_hand(&name).await)
                && let session = Session::kept(cookies.session, None)
                && let Ok(index) = Warehouse::new(index.origin.clone(), session, self.reach())
            {
                // An index that cannot be reached keeps nobody from deleting what is here.
                let _ = timeout(PATIENCE, index.sign_out()).await;
            }
            self.secrets.delete(&name).await;
        }
    }
}
