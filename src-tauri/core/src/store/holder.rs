//! Who uses the data folder, written beside its lock, which cannot be read everywhere while somebody
//! holds it. Whoever wrote it holds a shared lock on it, so that a process that has ended is never
//! named. It is only said to people, and decides nothing.

use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use trustdesk_files as files;

const FILE: &str = "trustdesk.lock.holder";
/// Of the file, in bytes.
const LONGEST: u64 = 200;

/// A running program that has the data folder open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub(super) name: String,
    pub(super) process: u32,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (process {})", self.name, self.process)
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Says that it is this process, for as long as the file is kept. None: it cannot be said, and the
/// others hear of another program.
pub(super) fn write(folder: &Path) -> Option<File> {
    let program = std::env::current_exe().ok();
    let name = program.as_deref().and_then(Path::file_stem).and_then(|name| name.to_str());
    let line = format!("{} {}\n", std::process::id(), name.unwrap_or("Trustdesk"));
    let written = || -> io::Result<File> {
        let mut file = files::open_own(&path(folder))?;
        file.set_len(0)?;
        file.write_all(line.as_bytes())?;
        // After the writing: Windows lets nobody write to a locked file, not even its holder.
        file.try_lock_shared()?;
        Ok(file)
    };
    written().ok()
}

/// None: nobody says so, or that process has left the folder.
pub(super) fn read(folder: &Path) -> Option<Holder> {
    let file = files::read_own(&path(folder)).ok()?;
    if !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
        return None;
    }
    let line = String::from_utf8(files::content(file, LONGEST).ok()?).ok()?;
    let (process, name) = line.trim_end().split_once(' ')?;
    let process = process.parse().ok()?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_. ".contains(letter);
    let is_name = !name.is_empty() && name.chars().all(plain);
    is_name.then(|| Holder { name: name.to_owned(), process })
}
