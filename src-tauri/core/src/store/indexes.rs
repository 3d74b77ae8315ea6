//! The indexes that were chosen or named. The one opened last is the one on screen. A stored address is
//! judged like a typed one each time it is read: whoever can write the file must not be able to say
//! where a session goes.

use crate::domain::{Index, IndexKey};

use super::typed::LOST;
use super::{Error, Store};

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

    /// The index on screen, if one is.
    ///
    /// # Errors
    /// The database could not be read, or the stored address is not the index's.
    pub async fn current_index(&self) -> Result<Option<Index>, Error> {
        let row: Option<(String, String)> = sqlx::query_as(
            "SELECT index_key, origin FROM indexes WHERE opened_at_ms > 0
             ORDER BY opened_at_ms DESC LIMIT 1",
        )
        .fetch_optional(&self.readers)
        .await?;
        row.map(judged).transpose()
    }

    /// Remembers an index without putting it on screen. One that is known stays as it is, but for an
    /// address that was not its own.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn know_index(&self, index: &Index) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO indexes (index_key, origin, opened_at_ms) VALUES (?, ?, 0)
             ON CONFLICT (index_key) DO UPDATE SET origin = excluded.origin WHERE ?3",
        )
        .bind(&index.key.0)
        .bind(index.origin.as_str())
        // The demo index alone has no address of its own, and is where it was last opened.
        .bind(!index.is_demo())
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Every index that is known, the one that was named first first; in the place of one whose stored
    /// address is not its own, what there is to say of that.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn indexes(&self) -> Result<Vec<Result<Index, Error>>, Error> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT index_key, origin FROM indexes WHERE index_key <> ? ORDER BY rowid",
        )
        .bind(LOST)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(judged).collect())
    }
}

fn judged((key, address): (String, String)) -> Result<Index, Error> {
    let key = IndexKey(key);
    Index::stored(&key, &address).map_err(|why| Error::wrong_address(&key, &address, why))
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
        store.open_index(&demo(1000), 1).await.expect("opened");
        let account = store.open_account(&demo(1000).key, "demo", 1).await.expect("opened");
        store.open_index(&demo(2000), 2).await.expect("opened");
        let index = store.current_index().await.expect("reads").expect("one");
        assert_eq!(index.origin.port(), Some(2000));
        assert_eq!(store.current_account(&index.key).await.expect("reads"), Some(account));
    }

    #[tokio::test]
    async fn address_that_is_not_the_indexs_own_is_an_error_until_the_index_is_chosen_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let pypi = Index::pypi().expect("known");
        for (at, address) in ["http://localhost:18999/", "https://evil.example/", "not an address"]
            .iter()
            .enumerate()
        {
            store.open_index(&pypi, 1).await.expect("opened");
            store.open_account(&pypi.key, "alice", 1).await.expect("opened");
            let moved = sqlx::query("UPDATE indexes SET origin = ?").bind(address);
            moved.execute(&store.writer).await.expect("by somebody else");
            let error = store.current_index().await.expect_err("not PyPI's");
            assert!(matches!(error, Error::WrongAddress { .. }), "{error:?}");
            assert!(error.to_string().contains(address), "{error}");
            assert!(store.indexes().await.expect("reads")[0].is_err());
            assert_eq!(store.accounts(None).await.expect("reads")[0].1, None, "nowhere to go");
            if at == 0 {
                store.know_index(&pypi).await.expect("named");
            } else {
                store.open_index(&pypi, 2).await.expect("chosen");
            }
            assert_eq!(store.current_index().await.expect("reads"), Some(pypi.clone()));
        }
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
