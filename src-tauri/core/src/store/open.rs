//! Opening the file: settings that keep what is committed, migrations, and never writing to a file
//! that is not ours to write.

use std::fs;
use std::io;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{Error, Store};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");
const FILE: &str = "trustdesk.sqlite3";
/// How long a write waits for another process (app and CLI share the file).
const BUSY: Duration = Duration::from_secs(10);
const READERS: u32 = 4;

impl Store {
    /// Opens the database in this folder, making both if they are not there.
    ///
    /// # Errors
    /// The file cannot be opened, is no database, is damaged, or is newer than this program. In each
    /// case it is left as it was.
    pub async fn open(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE);
        let cannot_open = |source: Box<dyn std::error::Error + Send + Sync>| Error::CannotOpen {
            path: path.clone(),
            source,
        };
        private_folder(folder).map_err(|error| cannot_open(error.into()))?;
        let writing = options(&path)
            .map_err(|error| cannot_open(error.into()))?
            .create_if_missing(true)
            .synchronous(SqliteSynchronous::Full);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(writing)
            .await
            .map_err(|error| cannot_open(error.into()))?;
        private_file(&path).map_err(|error| cannot_open(error.into()))?;
        match MIGRATIONS.run(&writer).await {
            Ok(()) => {}
            Err(MigrateError::VersionMissing(_)) => return Err(Error::Newer { path }),
            Err(error) => return Err(cannot_open(error.into())),
        }
        let reading = options(&path).map_err(|error| cannot_open(error.into()))?.read_only(true);
        let readers = SqlitePoolOptions::new().max_connections(READERS).connect_lazy_with(reading);
        Ok(Self { writer, readers })
    }

    /// Closes every connection; what was committed is on disk.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn options(path: &Path) -> Result<SqliteConnectOptions, sqlx::Error> {
    Ok(SqliteConnectOptions::from_str("sqlite:")?
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        // A file from elsewhere must not run code through its schema.
        .pragma("trusted_schema", "OFF"))
}

#[cfg(unix)]
fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

/// A user's own folders are private on Windows already.
#[cfg(not(unix))]
fn private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(not(unix))]
fn private_file(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_is_no_database_is_named_and_left_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        fs::write(&path, "these are my tax papers").expect("written");
        let error = Store::open(folder.path()).await.expect_err("not a database");
        assert!(error.to_string().contains(FILE), "{error}");
        assert_eq!(fs::read(&path).expect("still there"), b"these are my tax papers");
    }

    #[tokio::test]
    async fn a_file_of_a_newer_program_is_refused_untouched() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'from the future', 1, x'00', 0)",
        )
        .execute(&store.writer)
        .await
        .expect("written");
        store.close().await;
        let path = folder.path().join(FILE);
        let before = fs::read(&path).expect("there");
        let error = Store::open(folder.path()).await.expect_err("newer");
        assert!(matches!(error, Error::Newer { .. }), "{error}");
        assert_eq!(fs::read(&path).expect("there"), before);
    }

    #[tokio::test]
    async fn only_the_user_can_read_the_file() {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let folder = tempfile::tempdir().expect("a folder");
            let inner = folder.path().join("data");
            Store::open(&inner).await.expect("opens");
            let mode =
                |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!(mode(&inner), 0o700);
            assert_eq!(mode(&inner.join(FILE)), 0o600);
        }
    }

    #[tokio::test]
    async fn the_sqlite_is_one_without_the_wal_bug() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let version: String = sqlx::query_scalar("SELECT sqlite_version()")
            .fetch_one(&store.readers)
            .await
            .expect("answers");
        let parts: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
        assert!(parts >= vec![3, 51, 3], "{version} may lose commits in WAL mode");
    }
}
