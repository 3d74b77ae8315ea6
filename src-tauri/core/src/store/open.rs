//! Opening the file: settings that keep what is committed, an upgrade with a backup before it, a
//! damaged file moved aside, and never writing to a file that is not ours to write.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::Connection;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::clock::{Clock, SystemClock};
use trustdesk_files as files;

use super::aside::{self, Recovery};
use super::condition::{self, Condition};
use super::lock::{self, Here, Presence};
use super::{AccountId, Error, Place, Store, backup};

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");
const FILE: &str = "trustdesk.sqlite3";
/// How long a write waits for another process (app and CLI share the file).
const BUSY: Duration = Duration::from_secs(10);
const READERS: u32 = 4;

impl Store {
    /// Opens the database in this folder, making both if they are not there. An older one is copied
    /// and upgraded; a damaged one is kept aside and what was typed is carried over into a new one,
    /// see [`Self::recovery`]. Where nothing can be written it can be read, see
    /// [`Self::is_read_only`].
    ///
    /// # Errors
    /// The file cannot be opened, is somebody else's or newer than this program, or could not be
    /// upgraded or mended. In each case it is left as it was.
    pub async fn open(folder: &Path) -> Result<Self, Error> {
        open(folder, &MIGRATIONS, SystemClock.now_ms()).await
    }

    /// What became of a damaged database when this one was opened; none: it was sound, or the damaged
    /// files are there no longer.
    #[must_use]
    pub fn recovery(&self) -> Option<&Recovery> {
        self.recovery.as_ref().filter(|recovery| recovery.kept_aside.exists())
    }

    /// Whether the folder or the file cannot be written: then nothing can be saved.
    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        self.presence.is_none()
    }

    /// Where the folder lies.
    #[must_use]
    pub fn place(&self) -> &Place {
        self.place.get_or_init(|| Place::of(&self.folder))
    }

    /// Whether no other process had the database open when this one opened it.
    #[must_use]
    pub const fn was_opened_alone(&self) -> bool {
        self.was_alone
    }

    /// Closes every connection; what was committed is on disk.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
        if let Some(presence) = &self.presence {
            presence.leave();
        }
    }
}

pub(super) async fn open(
    folder: &Path,
    migrations: &Migrator,
    now_ms: i64,
) -> Result<Store, Error> {
    let path = folder.join(FILE);
    match files::make_folder(folder) {
        // One that is there may still be read.
        Err(error) if !lock::is_refused(&error) || !folder.is_dir() => {
            return Err(Error::at(folder, error));
        }
        Ok(()) | Err(_) => {}
    }
    match lock::enter(folder).await? {
        Presence::Alone(presence) => open_alone(folder, presence, migrations, now_ms).await,
        Presence::Shared(presence) => {
            // Those who have it open have looked after it.
            match condition::look(&path, migrations, false).await? {
                Condition::Current => connect(folder, presence, false, None).await,
                Condition::New
                | Condition::Older(_)
                | Condition::Damaged
                | Condition::Altered(_) => Err(lock::in_use(folder)),
                Condition::Newer => Err(Error::Newer { path }),
                Condition::Foreign => Err(foreign(&path)),
            }
        }
        Presence::ReadOnly => match condition::look(&path, migrations, false).await? {
            Condition::Current => Ok(connect_read_only(folder)),
            Condition::New | Condition::Older(_) | Condition::Damaged | Condition::Altered(_) => {
                Err(Error::ReadOnly("the database cannot be made ready".into()))
            }
            Condition::Newer => Err(Error::Newer { path }),
            Condition::Foreign => Err(foreign(&path)),
        },
    }
}

async fn open_alone(
    folder: &Path,
    presence: Here,
    migrations: &Migrator,
    now_ms: i64,
) -> Result<Store, Error> {
    let path = folder.join(FILE);
    let recovery = look_after(folder, &path, migrations, now_ms).await?;
    // Only here: the system drops a process's locks on a file that is opened a second time and
    // closed, those of SQLite too.
    match files::open_own(&path) {
        Err(error) if lock::is_refused(&error) => return Ok(connect_read_only(folder)),
        file => drop(file.map_err(|error| Error::at(&path, error))?),
    }
    let store = connect(folder, presence, true, recovery).await?;
    let shared = store.presence.as_deref().map_or(Ok(()), Here::share);
    shared.map_err(|error| Error::at(&path, error))?;
    Ok(store)
}

/// Makes the file one of this version, whatever it was.
async fn look_after(
    folder: &Path,
    path: &Path,
    migrations: &Migrator,
    now_ms: i64,
) -> Result<Option<Recovery>, Error> {
    let recovery = aside::finish(folder, path)?;
    let damaged = match condition::look(path, migrations, true).await? {
        Condition::Current => None,
        Condition::New => {
            upgrade(path, migrations).await?;
            return Ok(recovery);
        }
        Condition::Older(version) => {
            backup::make(folder, path, version, now_ms).await?;
            upgrade(path, migrations).await?;
            None
        }
        Condition::Damaged => Some(Vec::new()),
        Condition::Altered(objects) => Some(objects),
        Condition::Newer => return Err(Error::Newer { path: path.to_owned() }),
        Condition::Foreign => return Err(foreign(path)),
    };
    let altered = match damaged {
        Some(altered) => altered,
        None if makes_sense(folder).await? => return Ok(recovery),
        None => Vec::new(),
    };
    aside::mend(folder, path, migrations, altered, now_ms).await?;
    aside::finish(folder, path)
}

/// Reads what every screen needs. A flipped bit in a text leaves the database sound and the text
/// senseless, which would stop every screen that shows it.
async fn makes_sense(folder: &Path) -> Result<bool, Error> {
    let looking = connect_read_only(folder);
    let sense = looking.read_all_that_was_typed().await;
    looking.close().await;
    match sense {
        Ok(()) => Ok(true),
        Err(Error::Unreadable(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

impl Store {
    async fn read_all_that_was_typed(&self) -> Result<(), Error> {
        let accounts: Vec<i64> =
            sqlx::query_scalar("SELECT account_id FROM accounts").fetch_all(&self.readers).await?;
        match self.selected_index().await {
            // The screens say so, and the index can be chosen again.
            Err(Error::WrongAddress { .. }) => {}
            index => drop(index?),
        }
        for account in accounts.into_iter().map(AccountId) {
            self.open_changes(account).await?;
            self.drafts(account, None).await?;
        }
        Ok(())
    }
}

/// Each step is a transaction: whenever it ends, the file has one schema or the next.
async fn upgrade(path: &Path, migrations: &Migrator) -> Result<(), Error> {
    let failed = |error| Error::opening(path, error);
    files::open_own(path).map_err(|error| Error::at(path, error))?;
    let pool = SqlitePoolOptions::new().max_connections(1);
    let pool = pool.connect_with(writing(path)).await.map_err(failed)?;
    let upgraded = migrations.run(&pool).await;
    pool.close().await;
    upgraded.map_err(|error| Error::migration(path, error))
}

async fn connect(
    folder: &Path,
    presence: Here,
    was_alone: bool,
    recovery: Option<Recovery>,
) -> Result<Store, Error> {
    let path = folder.join(FILE);
    let writer = one_writer();
    let writer =
        writer.connect_with(writing(&path)).await.map_err(|error| Error::opening(&path, error))?;
    let reading = options(&path).read_only(true);
    let readers = SqlitePoolOptions::new().max_connections(READERS).connect_lazy_with(reading);
    let presence = Some(Arc::new(presence));
    let (folder, place) = (folder.to_owned(), Arc::default());
    Ok(Store { writer, readers, folder, presence, was_alone, recovery, place })
}

/// SQLite itself refuses the writes.
fn connect_read_only(folder: &Path) -> Store {
    let reading = condition::looking(&folder.join(FILE));
    let pool = SqlitePoolOptions::new().max_connections(READERS).connect_lazy_with(reading);
    let (folder, place) = (folder.to_owned(), Arc::default());
    Store {
        writer: pool.clone(),
        readers: pool,
        folder,
        presence: None,
        was_alone: false,
        recovery: None,
        place,
    }
}

/// A full disk makes SQLite roll back by itself, which sqlx does not notice: it would take every
/// later transaction for one within another, and fail it. Such a connection is not used again.
fn one_writer() -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(1)
        .before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }))
}

fn options(path: &Path) -> SqliteConnectOptions {
    condition::guarded(SqliteConnectOptions::new())
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY)
}

fn writing(path: &Path) -> SqliteConnectOptions {
    options(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
}

fn foreign(path: &Path) -> Error {
    let source = io::Error::new(io::ErrorKind::InvalidData, "this is not Trustdesk's database");
    Error::CannotOpen { path: path.to_owned(), source: source.into() }
}

#[cfg(test)]
mod tests {
    use std::fs;

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
