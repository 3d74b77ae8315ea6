//! The indexes that were chosen and the accounts that were signed in to. The ones opened last are
//! the ones on screen.

use sqlx::FromRow;
use url::Url;

use crate::domain::{Index, IndexKey};

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
    pub quota_closed_until_ms: Option<i64>,
}

#[derive(FromRow)]
struct AccountRow {
    account_id: i64,
    index_key: String,
    username: String,
    projects_read_at_ms: Option<i64>,
    quota_closed_until_ms: Option<i64>,
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
            quota_closed_until_ms: row.quota_closed_until_ms,
        }
    }
}

impl Store {
    /// Puts an index on screen. Its address may be new (the demo index's port is); its key is not.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn open_index(&self, index: &Index, now_ms: i64) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO indexes (index_key, origin, opened_at_ms) VALUES (?, ?, ?)
             ON CONFLICT (index_key) DO UPDATE SET origin = excluded.origin,
                 opened_at_ms = excluded.opened_at_ms",
        )
        .bind(&index.key.0)
        .bind(index.origin.as_str())
        .bind(now_ms)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Takes every index off the screen, back to the first start. Nothing is deleted.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn leave_index(&self) -> Result<(), Error> {
        sqlx::query("UPDATE indexes SET opened_at_ms = 0").execute(&self.writer).await?;
        Ok(())
    }

    /// The key and address of the index on screen, if one is.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn current_index(&self) -> Result<Option<(IndexKey, Url)>, Error> {
        let row: Option<(String, String)> = sqlx::query_as(
            "SELECT index_key, origin FROM indexes WHERE opened_at_ms > 0
             ORDER BY opened_at_ms DESC LIMIT 1",
        )
        .fetch_optional(&self.readers)
        .await?;
        row.map(|(key, origin)| {
            let origin =
                Url::parse(&origin).map_err(|_| Error::Unreadable("an index's address"))?;
            Ok((IndexKey(key), origin))
        })
        .transpose()
    }

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

    /// Every account of every index, or of one, with the address of its index where it makes sense.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn accounts(
        &self,
        index: Option<&IndexKey>,
    ) -> Result<Vec<(Account, Option<Url>)>, Error> {
        let rows: Vec<AccountOnIndex> = sqlx::query_as(
            "SELECT accounts.*, origin FROM accounts JOIN indexes USING (index_key)
             WHERE ?1 IS NULL OR index_key = ?1 ORDER BY account_id",
        )
        .bind(index.map(|index| &index.0))
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(|row| (row.account.into(), Url::parse(&row.origin).ok())).collect())
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

    /// Keeps registrations back until then; none opens the gate.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn close_quota(
        &self,
        account: AccountId,
        until_ms: Option<i64>,
    ) -> Result<(), Error> {
        sqlx::query("UPDATE accounts SET quota_closed_until_ms = ? WHERE account_id = ?")
            .bind(until_ms)
            .bind(account.0)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_demo_index_keeps_its_data_when_its_port_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let demo = |port: u16| {
            Index::demo(Url::parse(&format!("http://127.0.0.1:{port}/")).expect("an address"))
        };
        store.open_index(&demo(1000), 1).await.expect("opened");
        let account = store.open_account(&demo(1000).key, "demo", 1).await.expect("opened");
        store.open_index(&demo(2000), 2).await.expect("opened");
        let (key, origin) = store.current_index().await.expect("reads").expect("one");
        assert_eq!(origin.port(), Some(2000));
        assert_eq!(store.current_account(&key).await.expect("reads"), Some(account));
    }

    #[tokio::test]
    async fn leaving_an_index_forgets_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let index = Index::pypi().expect("known");
        store.open_index(&index, 1).await.expect("opened");
        store.open_account(&index.key, "alice", 1).await.expect("opened");
        store.leave_index().await.expect("left");
        assert_eq!(store.current_index().await.expect("reads"), None);
        assert!(store.current_account(&index.key).await.expect("reads").is_some());
    }
}
