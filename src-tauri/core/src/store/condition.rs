//! What stands in the folder, found out without writing a byte of it.

use std::fs;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use trustdesk_files::{self as files, Refusal};

use super::schema::Schema;
use super::{Error, wal};

/// More than a file of ours with its log ever is, in bytes.
const LARGEST_FILE: u64 = 512 << 20;
/// More than the largest page of an index, and so more than any row of ours, in bytes.
const LARGEST_ROW: u32 = 40 << 20;
/// What SQLite may use of the memory in this process, so that no value in a file can fill it.
const LARGEST_HEAP: &str = "268435456";

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
    /// Ours, with these things in it that no version of this program puts there.
    Altered(Vec<String>),
    /// Somebody else's.
    Foreign,
}

/// What holds for every connection: a file from elsewhere must neither run code through its schema nor
/// fill the memory. (SQLite's `defensive` has no pragma: without `unsafe` it cannot be set.)
pub(super) fn guarded(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .pragma("hard_heap_limit", LARGEST_HEAP)
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
}

/// How a file is opened that is only looked at: as it is, unless a log stands beside it, which only
/// SQLite can tell to be read.
pub(super) fn looking(path: &Path) -> SqliteConnectOptions {
    let options = guarded(SqliteConnectOptions::new().filename(path).read_only(true));
    options.immutable(length(&beside(path, "-wal")) == 0)
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
    for file in ["", "-wal", "-shm", "-journal"].map(|ending| beside(path, ending)) {
        files::expect_file(&file).map_err(|error| Error::at(&file, error))?;
    }
    let log = beside(path, "-wal");
    if length(path) == 0 {
        let lost_its_file = length(&log) > 0;
        return Ok(if lost_its_file { Condition::Damaged } else { Condition::New });
    }
    if length(path).saturating_add(length(&log)) > LARGEST_FILE {
        return Err(Error::at(path, Refusal::TooLarge(LARGEST_FILE).into()));
    }
    let whole = !alone || is_whole(&log).map_err(|error| Error::at(&log, error))?;
    let found = match read_condition(path, migrations).await {
        Ok(Condition::Current | Condition::Older(_)) if !whole => Ok(Condition::Damaged),
        Ok(found) => Ok(found),
        Err(Error::Damaged(_)) => Ok(Condition::Damaged),
        Err(error) if error.is_too_large() => too_large_for_memory(path, error).await,
        Err(error) => Err(error),
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

/// Want of memory alone is no fault of the file: only rows that no version of this program writes are.
async fn too_large_for_memory(path: &Path, error: Error) -> Result<Condition, Error> {
    let rows = async {
        let mut connection = looking(path).connect().await?;
        let rows = too_large(&mut connection).await?;
        connection.close().await?;
        Ok::<_, sqlx::Error>(rows)
    };
    match rows.await {
        Ok(rows) if !rows.is_empty() => Ok(Condition::Altered(rows)),
        Ok(_) | Err(_) => Err(error),
    }
}

pub(super) fn is_whole(log: &Path) -> io::Result<bool> {
    if length(log) == 0 {
        return Ok(true);
    }
    wal::is_whole(BufReader::new(files::read_own(log)?))
}

async fn read_condition(path: &Path, migrations: &Migrator) -> Result<Condition, Error> {
    let mut connection = looking(path).connect().await?;
    let total = length(path).saturating_add(length(&beside(path, "-wal")));
    let condition = judge(&mut connection, migrations, total).await;
    connection.close().await?;
    condition
}

/// The schema comes first: what is asked after it runs on nothing but what the migrations make.
async fn judge(
    connection: &mut SqliteConnection,
    migrations: &Migrator,
    total: u64,
) -> Result<Condition, Error> {
    let schema = Schema::of(connection).await?;
    if !schema.has_migrations() {
        return Ok(if schema.is_empty() { Condition::New } else { Condition::Foreign });
    }
    let record = Schema::made_by(migrations, 0).await?.of_the_record();
    let altered = schema.of_the_record().differences(&record);
    if !altered.is_empty() {
        return Ok(Condition::Altered(altered));
    }
    let applied: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations ORDER BY version")
            .fetch_all(&mut *connection)
            .await?;
    let condition = version(&applied, migrations);
    if matches!(condition, Condition::Newer | Condition::Damaged) {
        return Ok(condition);
    }
    let altered = schema.differences(&Schema::made_by(migrations, applied.len()).await?);
    if !altered.is_empty() {
        return Ok(Condition::Altered(altered));
    }
    if total > LARGEST_ROW.into() {
        let large = too_large(connection).await?;
        if !large.is_empty() {
            return Ok(Condition::Altered(large));
        }
    }
    let verdict: String =
        sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut *connection).await?;
    let orphan = sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut *connection).await?;
    let sound = verdict == "ok" && orphan.is_none();
    Ok(if sound { condition } else { Condition::Damaged })
}

/// The tables with a row that is larger than any of ours, found by the pages' own numbers.
async fn too_large(connection: &mut SqliteConnection) -> Result<Vec<String>, sqlx::Error> {
    let found: Vec<(String, i64)> = sqlx::query_as(
        "SELECT name, max(mx_payload) FROM dbstat GROUP BY name HAVING max(mx_payload) > ?",
    )
    .bind(LARGEST_ROW)
    .fetch_all(connection)
    .await?;
    let named = |(name, bytes): (String, i64)| format!("{} MB in one row of {name}", bytes >> 20);
    Ok(found.into_iter().map(named).collect())
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
    let first: &[u8] = migrations.iter().next().map_or(&[], |step| &step.checksum);
    let marks = [b"_sqlx_migrations", first];
    let log = beside(path, "-wal");
    if contains_any(&mut files::read_own(path)?, &marks)?
        || length(&log) > 0 && contains_any(&mut files::read_own(&log)?, &marks)?
    {
        return Ok(true);
    }
    let (mut bytes, mut are_zeros) = (BufReader::new(files::read_own(path)?).bytes(), true);
    if length(path) < wal::PAGE.try_into().unwrap_or(u64::MAX) {
        let start: Vec<u8> = bytes.by_ref().take(16).collect::<io::Result<_>>()?;
        if b"SQLite format 3\0".starts_with(&start) {
            return Ok(true);
        }
        are_zeros = start.iter().all(|byte| *byte == 0);
    }
    for byte in bytes {
        are_zeros &= byte? == 0;
        if !are_zeros {
            break;
        }
    }
    Ok(are_zeros)
}

/// Whether one of the marks stands anywhere in what is read, piece by piece.
fn contains_any(from: &mut impl Read, marks: &[&[u8]]) -> io::Result<bool> {
    const PIECE: usize = 1 << 16;
    let longest = marks.iter().map(|mark| mark.len()).max().unwrap_or_default();
    let mut window = Vec::new();
    loop {
        // A mark may begin in one piece and end in the next.
        window.drain(..window.len().saturating_sub(longest));
        let piece = from.by_ref().take(PIECE.try_into().unwrap_or(u64::MAX));
        if { piece }.read_to_end(&mut window)? == 0 {
            return Ok(false);
        }
        let found = |mark: &&[u8]| {
            !mark.is_empty() && window.windows(mark.len()).any(|window| window == *mark)
        };
        if marks.iter().any(found) {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::super::Store;
    use super::super::open::MIGRATIONS;
    use super::*;

    /// Names this test to the process of its own in which it runs.
    const ALONE: &str = "TRUSTDESK_TEST_ALONE";
    const NAME: &str =
        "store::condition::tests::sound_file_is_not_called_altered_for_want_of_memory";

    /// What SQLite may use can only be lowered, and for the whole process: other tests must not be in
    /// the same one.
    #[tokio::test]
    async fn sound_file_is_not_called_altered_for_want_of_memory() {
        if std::env::var_os(ALONE).is_none() {
            let mut alone = Command::new(std::env::current_exe().expect("this program"));
            alone.args(["--exact", NAME, "--nocapture"]).env(ALONE, "1");
            let ended = alone.output().expect("it runs");
            let said = String::from_utf8_lossy(&ended.stdout);
            assert!(ended.status.success() && said.contains("1 passed"), "{said}");
            return;
        }
        let folder = tempfile::tempdir().expect("a folder");
        Store::open(folder.path()).await.expect("opens").close().await;
        let path = folder.path().join("trustdesk.sqlite3");
        let options = SqliteConnectOptions::new().filename(&path).read_only(true);
        let mut met = 0;
        for limit in (40_000..400_000).rev().step_by(20_000) {
            let lower = options.clone().pragma("hard_heap_limit", limit.to_string());
            drop(lower.connect().await);
            match look(&path, &MIGRATIONS, true).await {
                Ok(found) => assert_eq!(found, Condition::Current, "with {limit} bytes"),
                Err(_) => met += 1,
            }
        }
        assert!(met > 0, "no limit was too low");
    }
}
