//! What stands in the folder, found out without writing a byte of it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use super::{Error, wal};

/// What can be done with the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// There is none, or nothing is in it.
    New,
    /// Of this program's version.
    Current,
    /// Of an earlier one, with the number of its schema.
    Older(i64),
    /// Of a later one.
    Newer,
    /// Ours, and damaged.
    Damaged,
    /// Somebody else's.
    Foreign,
}

/// How a file is opened that is only looked at: as it is, unless a log stands beside it, which only
/// SQLite can tell to be read.
pub(super) fn looking(path: &Path) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    options.immutable(length(&beside(path, "-wal")) == 0).pragma("trusted_schema", "OFF")
}

/// The file that SQLite keeps beside a database under this ending.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// How long a file is; one that is not there has no length.
pub(super) fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}

/// Looks at the file. Nobody else may have it open (`alone`) when its bytes are read past SQLite: a
/// log that is being written looks broken, and closing the file drops SQLite's own locks on it.
pub(super) async fn look(
    path: &Path,
    migrations: &Migrator,
    alone: bool,
) -> Result<Condition, Error> {
    let log = beside(path, "-wal");
    if length(path) == 0 {
        let lost_its_file = length(&log) > 0;
        return Ok(if lost_its_file { Condition::Damaged } else { Condition::New });
    }
    let read = |path: &Path| fs::read(path).map_err(|error| Error::at(path, error));
    let whole = !alone || length(&log) == 0 || wal::is_whole(&read(&log)?);
    let found = match read_condition(path, migrations).await {
        Ok(Condition::Current | Condition::Older(_)) if !whole => Ok(Condition::Damaged),
        Ok(found) => Ok(found),
        Err(error) => match Error::from(error) {
            Error::Damaged(_) => Ok(Condition::Damaged),
            error => Err(error),
        },
    };
    match found {
        Ok(Condition::Damaged)
            if alone && !is_ours(path, migrations).map_err(|e| Error::at(path, e))? =>
        {
            Ok(Condition::Foreign)
        }
        found => found,
    }
}

async fn read_condition(path: &Path, migrations: &Migrator) -> Result<Condition, sqlx::Error> {
    let mut connection = looking(path).connect().await?;
    let condition = judge(&mut connection, migrations).await;
    connection.close().await?;
    condition
}

async fn judge(
    connection: &mut SqliteConnection,
    migrations: &Migrator,
) -> Result<Condition, sqlx::Error> {
    let (tables, ours): (i64, bool) = sqlx::query_as(
        "SELECT count(*), coalesce(max(name = '_sqlx_migrations'), 0) FROM sqlite_schema",
    )
    .fetch_one(&mut *connection)
    .await?;
    if !ours {
        return Ok(if tables == 0 { Condition::New } else { Condition::Foreign });
    }
    let applied: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations ORDER BY version")
            .fetch_all(&mut *connection)
            .await?;
    let condition = version(&applied, migrations);
    if condition == Condition::Newer {
        return Ok(condition);
    }
    let verdict: String =
        sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut *connection).await?;
    let orphan = sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut *connection).await?;
    let sound = verdict == "ok" && orphan.is_none();
    Ok(if sound { condition } else { Condition::Damaged })
}

/// Steps are applied in order and never change once they are released. Any other picture is damage:
/// a flipped bit must not pass for a newer program.
fn version(applied: &[(i64, Vec<u8>)], migrations: &Migrator) -> Condition {
    let same = applied.iter().zip(migrations.iter()).all(|((version, checksum), known)| {
        *version == known.version && checksum[..] == known.checksum[..]
    });
    let known = migrations.iter().count();
    let latest = migrations.iter().map(|known| known.version).max().unwrap_or_default();
    let later = applied.iter().skip(known).all(|(version, _)| *version > latest);
    match applied.last() {
        None => Condition::Older(0),
        Some(_) if !same || !later => Condition::Damaged,
        Some(_) if applied.len() > known => Condition::Newer,
        Some((version, _)) if applied.len() < known => Condition::Older(*version),
        Some(_) => Condition::Current,
    }
}

/// Whether a file that SQLite cannot read was this program's: the first step's checksum or the name
/// of the table that it is kept in is found in it, or it is what a crash leaves of any file: nothing
/// but zeros, or the first bytes of a database.
fn is_ours(path: &Path, migrations: &Migrator) -> io::Result<bool> {
    let file = fs::read(path)?;
    let log = fs::read(beside(path, "-wal")).unwrap_or_default();
    let first: &[u8] = migrations.iter().next().map_or(&[], |step| &step.checksum);
    let marked = [b"_sqlx_migrations", first]
        .into_iter()
        .any(|mark| !mark.is_empty() && [&file, &log].iter().any(|bytes| contains(bytes, mark)));
    let stub =
        file.len() < wal::PAGE && b"SQLite format 3\0".iter().zip(&file).all(|(a, b)| a == b);
    Ok(marked || stub || file.iter().all(|byte| *byte == 0))
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}
