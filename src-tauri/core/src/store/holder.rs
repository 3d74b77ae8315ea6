//! Who uses the data folder, written beside its lock: a lock itself cannot be read everywhere while
//! somebody holds it. It is only said to people, and decides nothing.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::files;

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

/// Says that it is this process. Without it the others hear of another program.
pub(super) fn write(folder: &Path) {
    let program = std::env::current_exe().ok();
    let name = program.as_deref().and_then(Path::file_stem).and_then(|name| name.to_str());
    let line = format!("{} {}\n", std::process::id(), name.unwrap_or("Trustdesk"));
    let _others_need_no_name_to_wait = files::open_own(&path(folder)).and_then(|mut file| {
        file.set_len(0)?;
        file.write_all(line.as_bytes())
    });
}

/// None: nobody says so, or that process has ended.
pub(super) fn read(folder: &Path) -> Option<Holder> {
    let file = files::read_own(&path(folder)).ok()?;
    let line = String::from_utf8(files::content(file, LONGEST).ok()?).ok()?;
    let (process, name) = line.trim_end().split_once(' ')?;
    let process = process.parse().ok()?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_. ".contains(letter);
    let is_name = !name.is_empty() && name.chars().all(plain);
    (is_name && is_running(process)).then(|| Holder { name: name.to_owned(), process })
}

#[cfg(unix)]
fn is_running(process: u32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};
    let process = i32::try_from(process).ok().and_then(Pid::from_raw);
    // One that may not be asked is there.
    process.is_some_and(|process| matches!(test_kill_process(process), Ok(()) | Err(Errno::PERM)))
}

#[cfg(not(unix))]
fn is_running(process: u32) -> bool {
    process != 0
}
