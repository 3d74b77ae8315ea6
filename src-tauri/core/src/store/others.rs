//! Noticing that another program has written the same file.

use super::{Error, Store};

/// What is known of other programs' writing.
#[derive(Debug)]
pub struct Others {
    store: Store,
    /// As it was when it was last looked at; none: nobody has looked yet.
    version: Option<i64>,
}

impl Store {
    /// Begins to look at what others write.
    #[must_use]
    pub fn others(&self) -> Others {
        Others { store: self.clone(), version: None }
    }
}

impl Others {
    /// Whether another program has written since this was last asked. Asks the one connection by
    /// which this program writes: SQLite counts for each connection what the others have committed,
    /// so that our own writes do not count, and nothing is read.
    ///
    /// # Errors
    /// The database could not be asked.
    pub async fn have_written(&mut self) -> Result<bool, Error> {
        if self.store.is_read_only() {
            // Read by several connections, of which each counts for itself.
            return Ok(false);
        }
        let version = sqlx::query_scalar("PRAGMA data_version").fetch_one(&self.store.writer);
        let before = self.version.replace(version.await?);
        Ok(before.is_some() && before != self.version)
    }
}

#[cfg(test)]
mod tests {
    use trustdesk_domain::Index;

    use super::*;

    #[tokio::test]
    async fn what_others_write_is_noticed_once_and_what_we_write_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let ours = Store::open(folder.path()).await.expect("opens");
        let theirs = Store::open(folder.path()).await.expect("opens");
        let mut others = ours.others();
        let pypi = Index::pypi().expect("an address");
        assert!(!others.have_written().await.expect("asked"), "nobody knows what was before");
        ours.select_index(&pypi).await.expect("written");
        assert!(!others.have_written().await.expect("asked"), "it was us");
        theirs.selected_index().await.expect("read");
        assert!(!others.have_written().await.expect("asked"), "reading changes nothing");
        theirs.deselect_index().await.expect("written");
        assert!(others.have_written().await.expect("asked"), "it was them");
        assert!(!others.have_written().await.expect("asked"), "that was told");
    }
}
