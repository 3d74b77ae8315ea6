//! The indexes that were chosen or named. A stored address is judged like a typed one each time it is
//! read: whoever can write the file must not be able to say where a session goes.

use trustdesk_domain::{Index, IndexKey};

use super::typed::LOST;
use super::{Error, Store};

impl Store {
    /// Remembers an index without selecting it. One that is known stays as it is, but for an
    /// address that was not its own.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn know_index(&self, index: &Index) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO indexes (index_key, origin) VALUES (?, ?)
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

pub(super) fn judged((key, address): (String, String)) -> Result<Index, Error> {
    let key = IndexKey(key);
    Index::stored(&key, &address).map_err(|why| Error::wrong_address(&key, &address, why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn address_that_is_not_the_indexs_own_is_an_error_until_the_index_is_chosen_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let pypi = Index::pypi().expect("known");
        for (at, address) in ["http://localhost:18999/", "https://evil.example/", "not an address"]
            .iter()
            .enumerate()
        {
            store.select_index(&pypi).await.expect("opened");
            store.select_account_named(&pypi.key, "alice").await.expect("opened");
            let moved = sqlx::query("UPDATE indexes SET origin = ?").bind(address);
            moved.execute(&store.writer).await.expect("by somebody else");
            let error = store.selected_index().await.expect_err("not PyPI's");
            assert!(matches!(error, Error::WrongAddress { .. }), "{error:?}");
            assert!(error.to_string().contains(address), "{error}");
            assert!(store.indexes().await.expect("reads")[0].is_err());
            assert_eq!(store.accounts(None).await.expect("reads")[0].1, None, "nowhere to go");
            if at == 0 {
                store.know_index(&pypi).await.expect("named");
            } else {
                store.select_index(&pypi).await.expect("chosen");
            }
            assert_eq!(store.selected_index().await.expect("reads"), Some(pypi.clone()));
        }
    }
}
