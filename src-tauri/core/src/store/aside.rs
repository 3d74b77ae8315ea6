//! A damaged database is moved aside, kept for good, and a new one with what could be salvaged takes
//! its place. The new one's name in the data folder is the point of no return: before it everything
//! is as it was, after it the next start finishes what a crash cut short.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use super::salvage::{Damaged, Salvaged};
use super::{Error, condition, private, wal};

pub(super) const KEPT_ASIDE: &str = "damaged";
const OUTCOME: &str = "outcome.json";
pub(super) const WORKSHOP: &str = "mending";
const MENDED: &str = "mended-";

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
}

/// Makes a new database of what can be read of the damaged one, which stays where it is until
/// [`finish`].
pub(super) async fn mend(
    folder: &Path,
    database: &Path,
    migrations: &Migrator,
    now_ms: i64,
) -> Result<(), Error> {
    let stamp = private::stamp(now_ms);
    let workshop = folder.join(WORKSHOP);
    let aside = folder.join(KEPT_ASIDE).join(&stamp);
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error: io::Error| Error::at(&path, error)
    };
    clear(&workshop).map_err(at(&workshop))?;
    private::folder(&workshop).map_err(at(&workshop))?;
    private::folder(&folder.join(KEPT_ASIDE)).map_err(at(&aside))?;
    private::folder(&aside).map_err(at(&aside))?;
    let new = workshop.join("new.sqlite3");
    let salvaged = fill(&new, database, &workshop.join("copy.sqlite3"), migrations).await?;
    let outcome = aside.join(OUTCOME);
    fs::write(&outcome, serde_json::to_string(&salvaged)?).map_err(at(&outcome))?;
    private::sync(&outcome).map_err(at(&outcome))?;
    private::sync(&new).map_err(at(&new))?;
    let mended = folder.join(format!("{MENDED}{stamp}.sqlite3"));
    fs::rename(&new, &mended).map_err(at(&mended))?;
    private::sync_folder(folder).map_err(at(folder))?;
    let _cleared_next_time = clear(&workshop);
    Ok(())
}

async fn fill(
    new: &Path,
    database: &Path,
    copy: &Path,
    migrations: &Migrator,
) -> Result<Salvaged, Error> {
    private::file(new).map_err(|error| Error::at(new, error))?;
    // Rows come before their owners.
    let options = SqliteConnectOptions::new().filename(new).foreign_keys(false);
    let mut connection = options.connect().await?;
    migrations
        .run_direct(None, &mut connection, false)
        .await
        .map_err(|error| Error::migration(new, error))?;
    let damaged = Damaged {
        file: read(database)?,
        log: read(&condition::beside(database, "-wal"))?,
        schema: schema(new, &mut connection).await?,
        copy,
    };
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
) -> Result<Vec<(usize, Vec<u8>)>, Error> {
    let numbers: Vec<i64> = sqlx::query_scalar(
        "SELECT pageno FROM dbstat WHERE name IN ('sqlite_schema', 'sqlite_master')",
    )
    .fetch_all(connection)
    .await?;
    let file = read(new)?;
    let pages = file.chunks_exact(wal::PAGE).zip(1..);
    let pages = pages.filter(|(_, number)| numbers.contains(number));
    let mut pages: Vec<(usize, Vec<u8>)> = pages
        .filter_map(|(page, number)| Some((usize::try_from(number).ok()?, page.to_owned())))
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
    let Some((mended, stamp)) = ready(folder).map_err(|error| Error::at(folder, error))? else {
        return Ok(None);
    };
    let kept_aside = folder.join(KEPT_ASIDE).join(stamp);
    let moved = || {
        for ending in ["-wal", "-shm", ""] {
            let file = condition::beside(database, ending);
            if file.try_exists()? {
                let name = file.file_name().unwrap_or(OsStr::new("database"));
                fs::rename(&file, kept_aside.join(name))?;
            }
        }
        private::sync_folder(&kept_aside)?;
        fs::rename(&mended, database)?;
        private::sync_folder(folder)
    };
    moved().map_err(|error| Error::at(&kept_aside, error))?;
    let outcome = fs::read(kept_aside.join(OUTCOME)).unwrap_or_default();
    let Salvaged { drafts, changes, unreadable } =
        serde_json::from_slice(&outcome).unwrap_or_default();
    Ok(Some(Recovery { kept_aside, drafts, changes, unreadable }))
}

/// A new database that waits to take its place, and the moment at which it was made.
fn ready(folder: &Path) -> io::Result<Option<(PathBuf, String)>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
        if let Some(stamp) = stem.strip_prefix(MENDED) {
            let stamp = stamp.to_owned();
            return Ok(Some((path, stamp)));
        }
    }
    Ok(None)
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read.map_err(|error| Error::at(path, error)),
    }
}

/// Deletes a folder with all that is in it, if it is there.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        cleared => cleared,
    }
}
