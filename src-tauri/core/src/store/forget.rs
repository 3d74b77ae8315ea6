//! Deleting what is kept, on purpose: of one index or of all, so that nothing of it can be read from
//! the files' free pages either. How much there is to lose is counted here too.

use sqlx::FromRow;

use trustdesk_domain::IndexKey;

use super::{AccountId, Error, Store, aside, backup, holder};

/// What is kept, of every account of every index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Holdings {
    /// Accounts that were signed in to at some time.
    pub accounts: u32,
    /// Projects as they were last listed.
    pub projects: u32,
    /// Drafts that can still be opened.
    pub drafts: u32,
    /// Changes whose life is not over.
    pub open_changes: u32,
}

impl Store {
    /// What would be lost.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn holdings(&self) -> Result<Holdings, Error> {
        let holdings = sqlx::query_as(
            "SELECT (SELECT COUNT(*) FROM accounts) AS accounts,
                 (SELECT COUNT(*) FROM projects) AS projects,
                 (SELECT COUNT(*) FROM drafts WHERE state IN ('open', 'parked')) AS drafts,
                 (SELECT COUNT(*) FROM changes
                  WHERE state NOT IN ('done', 'discarded')) AS open_changes",
        );
        Ok(holdings.fetch_one(&self.readers).await?)
    }

    /// Deletes everything that was read, typed and asked for, copies and damaged files included.
    /// Whoever calls it sees to it that nothing is being sent.
    ///
    /// # Errors
    /// The database could not be written, then everything is still there; or its deleted pages could
    /// not be wiped because another process is reading, then a second call does it.
    pub async fn forget_everything(&self) -> Result<(), Error> {
        self.forget(None, None).await?;
        for name in [backup::FOLDER, aside::KEPT_ASIDE, aside::WORKSHOP] {
            let folder = self.folder.join(name);
            aside::clear(&folder).map_err(|error| Error::at(&folder, error))?;
        }
        Ok(())
    }

    /// Deletes the accounts of one index with all that belongs to them. The index itself stays chosen.
    ///
    /// # Errors
    /// As for [`Self::forget_everything`].
    pub async fn forget_accounts(&self, index: &IndexKey) -> Result<(), Error> {
        self.forget(Some(index), None).await
    }

    /// Deletes one account with all that belongs to it.
    ///
    /// # Errors
    /// As for [`Self::forget_everything`].
    pub async fn forget_account(&self, account: AccountId) -> Result<(), Error> {
        self.forget(None, Some(account)).await
    }

    /// Of all accounts, those of an index, or one.
    async fn forget(
        &self,
        index: Option<&IndexKey>,
        account: Option<AccountId>,
    ) -> Result<(), Error> {
        let index = index.map(|index| &index.0);
        let account = account.map(|account| account.0);
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        // What was read goes with its account by itself.
        for delete in [
            "DELETE FROM changes WHERE account_id IN (SELECT account_id FROM accounts
                 WHERE (?1 IS NULL OR index_key = ?1) AND (?2 IS NULL OR account_id = ?2))",
            "DELETE FROM drafts WHERE account_id IN (SELECT account_id FROM accounts
                 WHERE (?1 IS NULL OR index_key = ?1) AND (?2 IS NULL OR account_id = ?2))",
            "DELETE FROM accounts
                 WHERE (?1 IS NULL OR index_key = ?1) AND (?2 IS NULL OR account_id = ?2)",
            "DELETE FROM indexes WHERE ?1 IS NULL AND ?2 IS NULL",
            "DELETE FROM session_settings WHERE ?1 IS NULL AND ?2 IS NULL",
        ] {
            sqlx::query(delete).bind(index).bind(account).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        self.wipe().await
    }

    /// Writes the file anew without its free pages, and empties the log, which has the old ones.
    async fn wipe(&self) -> Result<(), Error> {
        sqlx::query("VACUUM").execute(&self.writer).await?;
        let (is_busy, _, _): (bool, i64, i64) =
            sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.writer).await?;
        if is_busy {
            let by = holder::read(&self.folder).filter(|by| by.process != std::process::id());
            return Err(Error::InUse { folder: self.folder.clone(), by });
        }
        Ok(())
    }
}
