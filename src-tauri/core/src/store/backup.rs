//! A copy of the file as an earlier version left it, made before this one changes its schema.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sqlx::{ConnectOptions, Connection};

use trustdesk_files as files;

use super::{Error, condition, stamp};

pub(super) const FOLDER: &str = "backups";
const KEPT: usize = 3;
/// A copy that is not complete; the next one writes over it.
const UNFINISHED: &str = "unfinished";

/// Copies the database into the folder of backups and throws the oldest away.
pub(super) async fn make(
    folder: &Path,
    database: &Path,
    version: i64,
    now_ms: i64,
) -> Result<PathBuf, Error> {
    let folder = folder.join(FOLDER);
    let name = format!("trustdesk-{version}-{}.sqlite3", stamp::stamp(now_ms));
    let kept = folder.join(name);
    let unfinished = folder.join(UNFINISHED);
    let failed =
        |source: Error| Error::CannotBackUp { path: database.to_owned(), source: Box::new(source) };
    let refused = |error: io::Error| failed(Error::at(&folder, error));
    prepare(&folder, &unfinished).map_err(refused)?;
    copy(database, &unfinished).await.map_err(failed)?;
    files::sync(&unfinished).map_err(refused)?;
    fs::rename(&unfinished, &kept).map_err(refused)?;
    files::sync_folder(&folder).map_err(refused)?;
    forget_oldest(&folder, &kept);
    Ok(kept)
}

/// SQLite writes into an empty file that is there, and so keeps that file's privacy.
fn prepare(folder: &Path, unfinished: &Path) -> io::Result<()> {
    files::make_own_folder(folder)?;
    files::open_own(unfinished)?.set_len(0)
}

async fn copy(database: &Path, to: &Path) -> Result<(), Error> {
    let name = to.to_str().ok_or(Error::Unreadable("the folder's name"))?;
    let mut connection = condition::looking(database).connect().await?;
    let copied = sqlx::query("VACUUM INTO ?").bind(name).execute(&mut connection).await;
    connection.close().await?;
    copied?;
    Ok(())
}

/// Keeps the new one and the latest of the others. One too many is no reason to stop an upgrade.
fn forget_oldest(folder: &Path, new: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let is_backup =
        |path: &PathBuf| path != new && path.extension().is_some_and(|ending| ending == "sqlite3");
    let mut others: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_backup).collect();
    others.sort_by_key(|path| made_at(path));
    let too_many = others.len().saturating_sub(KEPT - 1);
    for old in others.iter().take(too_many) {
        let _left_for_the_next_upgrade = fs::remove_file(old);
    }
}

fn made_at(path: &Path) -> Option<String> {
    Some(path.file_stem()?.to_str()?.rsplit_once('-')?.1.to_owned())
}
