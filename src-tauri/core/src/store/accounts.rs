//! The accounts that were signed in to. Which of them is selected is in `selections.rs`.

use sqlx::FromRow;

use trustdesk_domain::{Index, IndexKey, IndexTime};

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
pub(super) struct AccountRow {
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
    /// Remembers an account without selecting it.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn know_account(&self, index: &IndexKey, username: &str) -> Result<Account, Error> {
        let row: AccountRow = sqlx::query_as(
            // Updates nothing, so that a row that is there is returned too.
            "INSERT INTO accounts (index_key, username) VALUES (?, ?)
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
