//! A damaged database is moved aside, kept for good, and a new one with what could be salvaged takes
//! its place. The new one's name in the data folder is the point of no return: before it everything
//! is as it was, after it the next start finishes what a crash cut short. That name cannot be guessed
//! and stands in a record of our own, so that no other file is taken for it.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use uuid::Uuid;

use trustdesk_files as files;

use super::salvage::{Damaged, Salvaged};
use super::{Error, condition, stamp, wal};

pub(super) const KEPT_ASIDE: &str = "damaged";
const OUTCOME: &str = "outcome.json";
pub(super) const WORKSHOP: &str = "mending";
/// Written before the new database gets its name, deleted when that has taken the old one's place.
const RECORD: &str = "recovery.json";
/// Of the record and of an outcome, in bytes.
const LARGEST_RECORD: u64 = 64 << 10;

/// What became of a damaged database at this start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The folder that the damaged files were moved to. They stay until the
    /// person deletes everything.
    pub kept_aside: PathBuf,
    /// Drafts that were carried over and are listed.
    pub drafts: u32,
    /// Changes that were carried over and are not over yet.
    pub changes: u32,
    /// Rows that were found and made no sense any more.
    pub unreadable: u32,
    /// What was in it that no version of this program puts there, such as a trigger.
    pub altered: Vec<String>,
}

/// Which files of a recovery are ours.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    nonce: Uuid,
    /// The folder's name, below that of all such folders.
    kept_aside: String,
}

impl Record {
    /// The new database, before it has its place.
    fn mended(&self, folder: &Path) -> PathBuf {
        folder.join(format!("mended-{}.sqlite3", self.nonce))
    }

    /// None: nothing was begun, or what has the record's name is not ours.
    fn read(folder: &Path) -> io::Result<Option<Self>> {
        let path = folder.join(RECORD);
        if !files::is_file(&path)? {
            return Ok(None);
        }
        let file = files::read_own(&path)?;
        if !files::is_mine(&file) {
            return Ok(None);
        }
        let Ok(text) = files::content(file, LARGEST_RECORD) else { return Ok(None) };
        let record: Option<Self> = serde_json::from_slice(&text).ok();
        let is_name = |name: &str| Path::new(name).file_name() == Some(OsStr::new(name));
        Ok(record.filter(|record| is_name(&record.kept_aside)))
    }
}

/// What a recovery leaves beside the damaged files, to be told at the start that finishes it.
#[derive(Default, Serialize, Deserialize)]
struct Outcome {
    #[serde(flatten)]
    salvaged: Salvaged,
    #[serde(default)]
    altered: Vec<String>,
}

/// Makes a new database of what can be read of the damaged one, which stays where it is until
/// [`finish`].
pub(super) async fn mend(
    folder: &Path,
    database: &Path,
    migrations: &Migrator,
    altered: Vec<String>,
    now_ms: i64,
) -> Result<(), Error> {
    let workshop = folder.join(WORKSHOP);
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error: io::Error| Error::at(&path, error)
    };
    clear(&workshop).map_err(at(&workshop))?;
    files::make_own_folder(&workshop).map_err(at(&workshop))?;
    let all_aside = folder.join(KEPT_ASIDE);
    let name = new_folder(&all_aside, &stamp::stamp(now_ms)).map_err(at(&all_aside))?;
    let new = workshop.join("new.sqlite3");
    let salvaged = fill(&new, database, &workshop.join("copy.sqlite3"), migrations).await?;
    let outcome = all_aside.join(&name).join(OUTCOME);
    let told = serde_json::to_vec(&Outcome { salvaged, altered })?;
    files::replace(&outcome, &told).map_err(at(&outcome))?;
    files::sync(&new).map_err(at(&new))?;
    let record = Record { nonce: Uuid::new_v4(), kept_aside: name };
    clear_record(folder).map_err(at(folder))?;
    files::replace(&folder.join(RECORD), &serde_json::to_vec(&record)?).map_err(at(folder))?;
    let mended = record.mended(folder);
    fs::rename(&new, &mended).map_err(at(&mended))?;
    files::sync_folder(folder).map_err(at(folder))?;
    let _cleared_next_time = clear(&workshop);
    Ok(())
}

/// Makes a folder of this name, or of the next one that is free; tells the name.
fn new_folder(inside: &Path, name: &str) -> io::Result<String> {
    files::make_own_folder(inside)?;
    let mut number = 1;
    loop {
        let name = if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
        match files::make_new_folder(&inside.join(&name)) {
            Ok(()) => return Ok(name),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

async fn fill(
    new: &Path,
    database: &Path,
    copy: &Path,
    migrations: &Migrator,
) -> Result<Salvaged, Error> {
    files::create_own(new).map_err(|error| Error::at(new, error))?;
    // Rows come before their owners.
    let options = SqliteConnectOptions::new().filename(new).foreign_keys(false);
    let mut connection = options.connect().await?;
    migrations
        .run_direct(None, &mut connection, false)
        .await
        .map_err(|error| Error::migration(new, error))?;
    let damaged = Damaged { file: database, schema: schema(new, &mut connection).await?, copy };
    let salvaged = carry_over(&damaged, &mut connection).await;
    connection.close().await?;
    salvaged
}

async fn carry_over(
    damaged: &Damaged<'_>,
    connection: &mut SqliteConnection,
) -> Result<Salvaged, Error> {
    let mut transaction = connection.begin().await?;
    let salvaged = damaged.carry_over(&mut transaction).await?;
    transaction.commit().await?;
    Ok(salvaged)
}

/// The pages that hold a fresh file's schema, the first one made so that it does for a file of any
/// length that has a log.
async fn schema(
    new: &Path,
    connection: &mut SqliteConnection,
) -> Result<Vec<(u32, Vec<u8>)>, Error> {
    let numbers: Vec<i64> = sqlx::query_scalar(
        "SELECT pageno FROM dbstat WHERE name IN ('sqlite_schema', 'sqlite_master')",
    )
    .fetch_all(connection)
    .await?;
    // Made a moment ago, with nothing in its tables.
    let file = fs::read(new).map_err(|error| Error::at(new, error))?;
    let pages = file.chunks_exact(wal::PAGE).zip(1..);
    let pages = pages.filter(|(_, number)| numbers.contains(number));
    let mut pages: Vec<(u32, Vec<u8>)> = pages
        .filter_map(|(page, number)| Some((u32::try_from(number).ok()?, page.to_owned())))
        .collect();
    // (At, what): a log is in use; no free pages; the length in the header is not to be believed.
    let fields: [(usize, &[u8]); 4] =
        [(18, &[2, 2]), (24, &[0, 0, 0, 1]), (32, &[0; 8]), (92, &[0; 4])];
    for (at, bytes) in fields {
        let first = pages.first_mut().and_then(|(_, page)| page.get_mut(at..at + bytes.len()));
        if let Some(place) = first {
            place.copy_from_slice(bytes);
        }
    }
    Ok(pages)
}

/// Moves the damaged files aside and the new one into their place, if one is ready. The log goes
/// first: beside a new file it would be read as that file's.
pub(super) fn finish(folder: &Path, database: &Path) -> Result<Option<Recovery>, Error> {
    let at_folder = |error| Error::at(folder, error);
    let _the_next_start_tries_again = files::delete_unfinished(&folder.join(RECORD));
    let Some(record) = Record::read(folder).map_err(at_folder)? else {
        return Ok(None);
    };
    let kept_aside = folder.join(KEPT_ASIDE).join(&record.kept_aside);
    let mended = record.mended(folder);
    let is_ready = files::is_file(&mended).map_err(at_folder)?;
    if is_ready {
        swap(folder, database, &mended, &kept_aside)
            .map_err(|error| Error::at(&kept_aside, error))?;
    }
    // Without the new one, either it never got its name, or it has its place already.
    let name = database.file_name().unwrap_or(OsStr::new("database"));
    let has_moved = is_ready || files::is_file(&kept_aside.join(name)).map_err(at_folder)?;
    clear_record(folder).map_err(at_folder)?;
    if !has_moved {
        return Ok(None);
    }
    let outcome = files::read_own(&kept_aside.join(OUTCOME));
    let outcome = outcome.and_then(|file| files::content(file, LARGEST_RECORD));
    let Outcome { salvaged, altered } =
        serde_json::from_slice(&outcome.unwrap_or_default()).unwrap_or_default();
    let Salvaged { drafts, changes, unreadable } = salvaged;
    Ok(Some(Recovery { kept_aside, drafts, changes, unreadable, altered }))
}

fn swap(folder: &Path, database: &Path, mended: &Path, kept_aside: &Path) -> io::Result<()> {
    for above in [&folder.join(KEPT_ASIDE), kept_aside] {
        files::close_to_others(above)?;
    }
    for ending in ["-journal", "-wal", "-shm", ""] {
        let file = condition::beside(database, ending);
        if files::is_file(&file)? {
            let name = file.file_name().unwrap_or(OsStr::new("database"));
            fs::rename(&file, kept_aside.join(name))?;
        }
    }
    files::sync_folder(kept_aside)?;
    fs::rename(mended, database)?;
    files::sync_folder(folder)
}

/// Deletes what has the record's name, whatever it is.
fn clear_record(folder: &Path) -> io::Result<()> {
    clear(&folder.join(RECORD))?;
    files::sync_folder(folder)
}

/// Deletes a folder with all that is in it, or what else has its name, if it is there.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(folder),
        Ok(_) => fs::remove_file(folder),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}
