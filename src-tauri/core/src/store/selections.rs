//! Which index is selected, and on each index which account. Every program on these files shares it; a
//! run of the command line that names another index or account leaves it as it is.

use trustdesk_domain::{Index, IndexKey};

use super::accounts::AccountRow;
use super::indexes::judged;
use super::{Account, AccountId, Error, Store};

/// Makes the index ?1 the selected one, in a table where another one may be.
const SELECT: [&str; 2] = [
    "UPDATE selections SET is_current = 0 WHERE index_key <> ?1",
    "INSERT INTO selections (index_key, is_current) VALUES (?1, 1)
     ON CONFLICT (index_key) DO UPDATE SET is_current = 1",
];

impl Store {
    /// Selects an index. Its address may be new (the demo index's port is); its key is not.
    ///
    /// # Errors
    /// The database could not be written; then the former one stays selected.
    pub async fn select_index(&self, index: &Index) -> Result<(), Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "INSERT INTO indexes (index_key, origin) VALUES (?, ?)
             ON CONFLICT (index_key) DO UPDATE SET origin = excluded.origin",
        )
        .bind(&index.key.0)
        .bind(index.origin.as_str())
        .execute(&mut *transaction)
        .await?;
        for statement in SELECT {
            sqlx::query(statement).bind(&index.key.0).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Selects no index, as before the first start. Nothing is deleted, and each index keeps its account.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn deselect_index(&self) -> Result<(), Error> {
        sqlx::query("UPDATE selections SET is_current = 0").execute(&self.writer).await?;
        Ok(())
    }

    /// The selected index, if one is.
    ///
    /// # Errors
    /// The database could not be read, or the stored address is not the index's.
    pub async fn selected_index(&self) -> Result<Option<Index>, Error> {
        let row: Option<(String, String)> = sqlx::query_as(
            "SELECT index_key, origin FROM selections JOIN indexes USING (index_key)
             WHERE is_current = 1",
        )
        .fetch_optional(&self.readers)
        .await?;
        row.map(judged).transpose()
    }

    /// Selects an account on its index, making its row if it is new. The selected index stays.
    ///
    /// # Errors
    /// The database could not be written; then the former one stays selected.
    pub async fn select_account_named(
        &self,
        index: &IndexKey,
        username: &str,
    ) -> Result<Account, Error> {
        let account = self.know_account(index, username).await?;
        sqlx::query(
            "INSERT INTO selections (index_key, account_id, is_current) VALUES (?, ?, 0)
             ON CONFLICT (index_key) DO UPDATE SET account_id = excluded.account_id",
        )
        .bind(&index.0)
        .bind(account.id.0)
        .execute(&self.writer)
        .await?;
        Ok(account)
    }

    /// Selects an account that is known, and its index; whether there is such an account.
    ///
    /// # Errors
    /// The database could not be written; then the former one stays selected.
    pub async fn select_account(&self, id: AccountId) -> Result<bool, Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let index: Option<String> = sqlx::query_scalar(
            "INSERT INTO selections (index_key, account_id, is_current)
             SELECT index_key, account_id, 0 FROM accounts WHERE account_id = ?
             ON CONFLICT (index_key) DO UPDATE SET account_id = excluded.account_id
             RETURNING index_key",
        )
        .bind(id.0)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(index) = index else {
            return Ok(false);
        };
        for statement in SELECT {
            sqlx::query(statement).bind(&index).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// The account that is selected on an index. Without a selection it is the only
    /// account of the index; if there are several, there is none.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn selected_account(&self, index: &IndexKey) -> Result<Option<Account>, Error> {
        let row: Option<AccountRow> = sqlx::query_as(
            "SELECT * FROM accounts WHERE index_key = ?1 AND account_id = coalesce(
                 (SELECT account_id FROM selections WHERE index_key = ?1),
                 (SELECT min(account_id) FROM accounts WHERE index_key = ?1 HAVING count(*) = 1))",
        )
        .bind(&index.0)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(Account::from))
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    #[tokio::test]
    async fn the_demo_index_keeps_its_data_when_its_port_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let demo = |port: u16| {
            Index::demo(Url::parse(&format!("http://127.0.0.1:{port}/")).expect("an address"))
        };
        store.select_index(&demo(1000)).await.expect("opened");
        let account = store.select_account_named(&demo(1000).key, "demo").await.expect("opened");
        store.select_index(&demo(2000)).await.expect("opened");
        let index = store.selected_index().await.expect("reads").expect("one");
        assert_eq!(index.origin.port(), Some(2000));
        assert_eq!(store.selected_account(&index.key).await.expect("reads"), Some(account));
    }

    #[tokio::test]
    async fn leaving_an_index_forgets_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let index = Index::pypi().expect("known");
        store.select_index(&index).await.expect("opened");
        store.select_account_named(&index.key, "alice").await.expect("opened");
        store.deselect_index().await.expect("left");
        assert_eq!(store.selected_index().await.expect("reads"), None);
        assert!(store.selected_account(&index.key).await.expect("reads").is_some());
    }

    #[tokio::test]
    async fn account_of_an_index_is_the_selected_one_or_the_only_one_and_never_a_guess() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let index = Index::pypi().expect("known");
        store.know_index(&index).await.expect("known");
        let selected = async || {
            let account = store.selected_account(&index.key).await.expect("reads");
            account.map(|account| account.username)
        };
        assert_eq!(selected().await, None);
        let alice = store.know_account(&index.key, "alice").await.expect("known");
        assert_eq!(selected().await.as_deref(), Some("alice"), "the only one");
        let bob = store.know_account(&index.key, "bob").await.expect("known");
        assert_eq!(selected().await, None, "one of two");
        assert!(store.select_account(alice.id).await.expect("written"));
        assert_eq!(selected().await.as_deref(), Some("alice"));
        assert_eq!(store.selected_index().await.expect("reads"), Some(index.clone()));
        store.forget_account(alice.id).await.expect("deleted");
        assert_eq!(selected().await.as_deref(), Some("bob"), "the only one that is left");
        assert!(!store.select_account(alice.id).await.expect("asked"), "there is no such account");
        store.forget_account(bob.id).await.expect("deleted");
        assert_eq!(selected().await, None);
    }
}
