//! The indexes that were chosen or named. The one opened last is the one on screen.

use url::Url;

use crate::domain::{Index, IndexKey};

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
    /// The database could not be read.
    pub async fn current_index(&self) -> Result<Option<Index>, Error> {
        let row: Option<(String, String)> = sqlx::query_as(
            "SELECT index_key, origin FROM indexes WHERE opened_at_ms > 0
             ORDER BY opened_at_ms DESC LIMIT 1",
        )
        .fetch_optional(&self.readers)
        .await?;
        row.map(kept).transpose()
    }

    /// Remembers an index without putting it on screen. One that is known stays as it is.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn know_index(&self, index: &Index) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO indexes (index_key, origin, opened_at_ms) VALUES (?, ?, 0)
             ON CONFLICT (index_key) DO NOTHING",
        )
        .bind(&index.key.0)
        .bind(index.origin.as_str())
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Every index that is known, the one that was named first first.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn indexes(&self) -> Result<Vec<Index>, Error> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT index_key, origin FROM indexes ORDER BY rowid")
                .fetch_all(&self.readers)
                .await?;
        rows.into_iter().map(kept).collect()
    }
}

fn kept((key, origin): (String, String)) -> Result<Index, Error> {
    let origin = Url::parse(&origin).map_err(|_| Error::Unreadable("an index's address"))?;
    Ok(Index::kept(IndexKey(key), origin))
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
        let index = store.current_index().await.expect("reads").expect("one");
        assert_eq!(index.origin.port(), Some(2000));
        assert_eq!(store.current_account(&index.key).await.expect("reads"), Some(account));
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
