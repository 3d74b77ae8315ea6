//! What guards secrets: whether sessions are forgotten when the program ends. Earlier versions kept it in
//! the app's preferences, from where it is taken over once.

use std::io;
use std::path::Path;

use serde::Deserialize;
use sqlx::sqlite::SqliteConnection;

use trustdesk_files as files;

use super::{Error, Store};

/// The preferences of the app, and more than they ever were, in bytes.
const PREFERENCES: &str = "preferences.json";
const LARGEST_PREFERENCES: u64 = 1 << 20;

#[derive(Deserialize)]
struct Preferences {
    forgets_session: Option<bool>,
}

impl Store {
    /// Whether sessions are forgotten when the program ends. An earlier version's choice is kept here
    /// from now on, where anything can be written.
    ///
    /// # Errors
    /// What was chosen cannot be read, or was lost with a damaged file: nobody knows then, and it is
    /// not to be taken for the default.
    pub async fn forgets_sessions(&self) -> Result<bool, Error> {
        let chosen = sqlx::query_scalar("SELECT forgets_sessions FROM session_settings");
        let chosen: Option<Option<i64>> = chosen.fetch_optional(&self.readers).await?;
        if let Some(chosen) = chosen {
            return match chosen {
                Some(0) => Ok(false),
                Some(1) => Ok(true),
                // Lost, or no choice at all. What the preferences say is older.
                _ => Err(Error::Unreadable("whether sessions are forgotten")),
            };
        }
        let chosen = in_preferences(&self.folder.join(PREFERENCES))
            .map_err(|_| Error::Unreadable("whether sessions are forgotten"))?
            .unwrap_or(false);
        if !self.is_read_only() {
            self.set_forgets_sessions(chosen).await?;
        }
        Ok(chosen)
    }

    /// Keeps the choice.
    ///
    /// # Errors
    /// The database could not be written; the former choice stands.
    pub async fn set_forgets_sessions(&self, on: bool) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO session_settings (settings_id, forgets_sessions) VALUES (1, ?)
             ON CONFLICT (settings_id) DO UPDATE SET forgets_sessions = excluded.forgets_sessions",
        )
        .bind(on)
        .execute(&self.writer)
        .await?;
        Ok(())
    }
}

/// Says in a file that was rebuilt from a damaged one, unless the choice was carried over, that nobody
/// knows it.
pub(super) async fn mark_as_lost(connection: &mut SqliteConnection) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO session_settings (settings_id, forgets_sessions) VALUES (1, NULL)
         ON CONFLICT (settings_id) DO NOTHING",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// None: there are no preferences, or nothing was chosen in them.
fn in_preferences(path: &Path) -> io::Result<Option<bool>> {
    let file = match files::read_own(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let preferences: Preferences =
        serde_json::from_slice(&files::content(file, LARGEST_PREFERENCES)?)?;
    Ok(preferences.forgets_session)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use sqlx::migrate::Migrator;

    use super::super::open::{MIGRATIONS, open};
    use super::*;

    async fn with_preferences(preferences: &str) -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(PREFERENCES), preferences).expect("written");
        let store = Store::open(folder.path()).await.expect("opens");
        (folder, store)
    }

    #[tokio::test]
    async fn choice_that_was_never_made_is_the_default() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        assert!(!store.forgets_sessions().await.expect("known"));
        let (_folder, store) = with_preferences(r#"{"theme":"dark"}"#).await;
        assert!(!store.forgets_sessions().await.expect("known"));
    }

    #[tokio::test]
    async fn choice_of_an_earlier_version_is_taken_over_once() {
        let old = r#"{"theme":"dark","forgets_session":true}"#;
        let (folder, store) = with_preferences(old).await;
        assert!(store.forgets_sessions().await.expect("known"));
        fs::write(folder.path().join(PREFERENCES), "nonsense").expect("written");
        assert!(store.forgets_sessions().await.expect("known"), "the file says nothing any more");
        store.set_forgets_sessions(false).await.expect("chosen");
        fs::write(folder.path().join(PREFERENCES), old).expect("written");
        assert!(!store.forgets_sessions().await.expect("known"));
    }

    #[tokio::test]
    async fn preferences_that_cannot_be_read_are_no_choice() {
        for broken in ["", "nonsense", r#"{"forgets_session":"yes"}"#, r#"{"forgets_session":tr"#] {
            let (folder, store) = with_preferences(broken).await;
            let error = store.forgets_sessions().await.expect_err(broken);
            assert!(matches!(error, Error::Unreadable(_)), "{broken}: {error:?}");
            fs::write(folder.path().join(PREFERENCES), r#"{"forgets_session":true}"#).expect("put");
            assert!(store.forgets_sessions().await.expect("known"), "nothing was decided before");
        }
        let (folder, store) = with_preferences("{}").await;
        fs::remove_file(folder.path().join(PREFERENCES)).expect("removed");
        fs::create_dir(folder.path().join(PREFERENCES)).expect("no file");
        store.forgets_sessions().await.expect_err("a folder says nothing");
    }

    #[tokio::test]
    async fn choice_in_a_damaged_file_is_carried_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        store.set_forgets_sessions(true).await.expect("chosen");
        store.close().await;
        drop(store);
        let path = folder.path().join("trustdesk.sqlite3");
        let mut broken = fs::read(&path).expect("there");
        broken[..100].fill(0xa5);
        fs::write(&path, &broken).expect("written");
        let store = Store::open(folder.path()).await.expect("mended");
        assert!(store.forgets_sessions().await.expect("known"), "it was carried over");
    }

    #[tokio::test]
    async fn choice_is_kept_when_the_table_learns_that_it_can_be_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = Migrator::with_migrations(MIGRATIONS.iter().take(8).cloned().collect());
        let store = open(folder.path(), &before, 1).await.expect("opens");
        store.set_forgets_sessions(true).await.expect("chosen");
        store.close().await;
        let store = Store::open(folder.path()).await.expect("upgraded");
        assert!(store.forgets_sessions().await.expect("known"));
    }

    #[tokio::test]
    async fn choice_that_cannot_have_been_made_is_unknown_until_it_is_made_again() {
        for value in ["7", "-1", "9223372036854775807"] {
            let folder = tempfile::tempdir().expect("a folder");
            let store = Store::open(folder.path()).await.expect("opens");
            store.set_forgets_sessions(true).await.expect("chosen");
            let mut connection = store.writer.acquire().await.expect("a connection");
            for statement in [
                "PRAGMA ignore_check_constraints = 1".to_owned(),
                format!("UPDATE session_settings SET forgets_sessions = {value}"),
                "PRAGMA ignore_check_constraints = 0".to_owned(),
            ] {
                let statement = sqlx::AssertSqlSafe(statement);
                sqlx::query(statement).execute(&mut *connection).await.expect("written");
            }
            drop(connection);
            let chosen = store.forgets_sessions().await;
            assert!(matches!(chosen, Err(Error::Unreadable(_))), "{value}: {chosen:?}");
            store.close().await;
            let store = Store::open(folder.path()).await.expect("opens again");
            let chosen = store.forgets_sessions().await;
            assert!(matches!(chosen, Err(Error::Unreadable(_))), "{value}, later: {chosen:?}");
            store.set_forgets_sessions(false).await.expect("chosen again");
            assert!(!store.forgets_sessions().await.expect("known"), "{value}");
        }
    }

    /// As damage to the row would: it is gone, and the next start rebuilds the file.
    async fn lose_the_choice(store: &Store) {
        for statement in ["DELETE FROM session_settings", "CREATE VIEW damage AS SELECT 1"] {
            sqlx::query(statement).execute(&store.writer).await.expect(statement);
        }
    }

    #[tokio::test]
    async fn choice_that_was_lost_with_a_damaged_file_is_unknown_until_it_is_made_again() {
        for preferences in [None, Some("{}"), Some(r#"{"forgets_session":false}"#)] {
            let folder = tempfile::tempdir().expect("a folder");
            if let Some(preferences) = preferences {
                fs::write(folder.path().join(PREFERENCES), preferences).expect("written");
            }
            let store = Store::open(folder.path()).await.expect("opens");
            store.set_forgets_sessions(true).await.expect("chosen");
            lose_the_choice(&store).await;
            store.close().await;
            for start in ["first", "second", "third"] {
                let store = Store::open(folder.path()).await.expect("opens");
                assert_eq!(store.recovery().is_some(), start == "first", "{preferences:?}");
                let chosen = store.forgets_sessions().await;
                assert!(
                    matches!(chosen, Err(Error::Unreadable(_))),
                    "{start} start, {preferences:?}: {chosen:?}"
                );
                store.close().await;
            }
            let store = Store::open(folder.path()).await.expect("opens");
            store.set_forgets_sessions(false).await.expect("chosen again");
            assert!(!store.forgets_sessions().await.expect("known"));
        }
    }
}
