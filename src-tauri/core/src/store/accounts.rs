//! The accounts that were signed in to. The one opened last on an index is the one on screen there.

use sqlx::FromRow;

use crate::domain::{Index, IndexKey, IndexTime};

use super::{Error, Store};

/// Names an account in this database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccountId(pub i64);

/// An account that was signed in to at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its name in this database.
    pub id: AccountId,
    /// Where it lives.
    pub index_key: IndexKey,
    /// As the index spells it.
    pub username: String,
    /// When its list of projects was read; none: not yet.
    pub projects_read_at_ms: Option<i64>,
    /// Until when the index takes no more registrations.
    pub quota_closed_until: Option<IndexTime>,
    /// When the password was last entered for the session in the keyring, by this computer's clock;
    /// none: nobody knows.
    pub password_entered_at_ms: Option<i64>,
}

#[derive(FromRow)]
struct AccountRow {
    account_id: i64,
    index_key: String,
    username: String,
    projects_read_at_ms: Option<i64>,
    quota_closed_until_ms: Option<i64>,
    password_entered_at_ms: Option<i64>,
}

#[derive(FromRow)]
struct AccountOnIndex {
    #[sqlx(flatten)]
    account: AccountRow,
    origin: String,
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        Self {
            id: AccountId(row.account_id),
            index_key: IndexKey(row.index_key),
            username: row.username,
            projects_read_at_ms: row.projects_read_at_ms,
            quota_closed_until: row.quota_closed_until_ms.map(IndexTime),
            password_entered_at_ms: row.password_entered_at_ms,
        }
    }
}

impl Store {
    /// Puts an account on screen, making its row if it is new.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn open_account(
        &self,
        index: &IndexKey,
        username: &str,
        now_ms: i64,
    ) -> Result<Account, Error> {
        let row: AccountRow = sqlx::query_as(
            "INSERT INTO accounts (index_key, username, opened_at_ms) VALUES (?, ?, ?)
             ON CONFLICT (index_key, username) DO UPDATE SET opened_at_ms = excluded.opened_at_ms
             RETURNING *",
        )
        .bind(&index.0)
        .bind(username)
        .bind(now_ms)
        .fetch_one(&self.writer)
        .await?;
        Ok(row.into())
    }

    /// The account on screen for this index, if one was ever signed in to.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn current_account(&self, index: &IndexKey) -> Result<Option<Account>, Error> {
        let row: Option<AccountRow> = sqlx::query_as(
            "SELECT * FROM accounts WHERE index_key = ? ORDER BY opened_at_ms DESC LIMIT 1",
        )
        .bind(&index.0)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(Account::from))
    }

    /// Remembers an account without putting it on screen.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn know_account(&self, index: &IndexKey, username: &str) -> Result<Account, Error> {
        let row: AccountRow = sqlx::query_as(
            // Updates nothing, so that a row that is there is returned too.
            "INSERT INTO accounts (index_key, username, opened_at_ms) VALUES (?, ?, 0)
             ON CONFLICT (index_key, username) DO UPDATE SET username = excluded.username
             RETURNING *",
        )
        .bind(&index.0)
        .bind(username)
        .fetch_one(&self.writer)
        .await?;
        Ok(row.into())
    }

    /// The account of this name on an index, if it was ever signed in to. Capitals make no other
    /// account.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn account_named(
        &self,
        index: &IndexKey,
        username: &str,
    ) -> Result<Option<Account>, Error> {
        let row: Option<AccountRow> = sqlx::query_as(
            "SELECT * FROM accounts WHERE index_key = ? AND username = ? COLLATE NOCASE LIMIT 1",
        )
        .bind(&index.0)
        .bind(username)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(Account::from))
    }

    /// Every account of every index, or of one, with its index unless the stored address is not that
    /// index's.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn accounts(
        &self,
        index: Option<&IndexKey>,
    ) -> Result<Vec<(Account, Option<Index>)>, Error> {
        let rows: Vec<AccountOnIndex> = sqlx::query_as(
            "SELECT accounts.*, origin FROM accounts JOIN indexes USING (index_key)
             WHERE ?1 IS NULL OR index_key = ?1 ORDER BY account_id",
        )
        .bind(index.map(|index| &index.0))
        .fetch_all(&self.readers)
        .await?;
        let judged = |row: AccountOnIndex| {
            let account = Account::from(row.account);
            let index = Index::stored(&account.index_key, &row.origin).ok();
            (account, index)
        };
        Ok(rows.into_iter().map(judged).collect())
    }

    /// Puts an account that is known on screen, with its index; whether there is such an account.
    ///
    /// # Errors
    /// The database could not be written; then the former one stays on screen.
    pub async fn use_account(&self, id: AccountId, now_ms: i64) -> Result<bool, Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let index: Option<String> = sqlx::query_scalar(
            "UPDATE accounts SET opened_at_ms = 1 +
                 max(?2, (SELECT max(other.opened_at_ms) FROM accounts AS other))
             WHERE account_id = ?1 RETURNING index_key",
        )
        .bind(id.0)
        .bind(now_ms)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(index) = index else {
            return Ok(false);
        };
        sqlx::query(
            "UPDATE indexes SET opened_at_ms = 1 +
                 max(?2, (SELECT max(other.opened_at_ms) FROM indexes AS other))
             WHERE index_key = ?1",
        )
        .bind(index)
        .bind(now_ms)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Remembers when the password was entered; none: the index asks for it, or nobody is signed in.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn set_password_entered(
        &self,
        account: AccountId,
        at_ms: Option<i64>,
    ) -> Result<(), Error> {
        sqlx::query("UPDATE accounts SET password_entered_at_ms = ? WHERE account_id = ?")
            .bind(at_ms)
            .bind(account.0)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Keeps registrations back until then; none opens the gate.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn close_quota(
        &self,
        account: AccountId,
        until: Option<IndexTime>,
    ) -> Result<(), Error> {
        sqlx::query("UPDATE accounts SET quota_closed_until_ms = ? WHERE account_id = ?")
            .bind(until.map(|IndexTime(until_ms)| until_ms))
            .bind(account.0)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
