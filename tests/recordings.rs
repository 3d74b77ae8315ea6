//! The recordings of a real Warehouse: exchanges as text files in the folder that the environment
//! variable `TRUSTDESK_CAPTURES` names. They are not part of the project; without the variable the
//! tests on them say that they were skipped, and with it a missing folder is a failure.

use std::fs;
use std::path::{Path, PathBuf};

/// One recorded exchange.
pub struct Recording {
    /// The file's name without its ending.
    pub name: String,
    /// `GET`, `POST`, …
    pub method: String,
    /// What was asked for, with its query.
    pub path: String,
    /// The answer's status.
    pub status: u16,
    /// Path and query of its `Location`.
    pub location: Option<String>,
    /// The answer's body.
    pub body: String,
}

/// The folder of recordings; none: skip, and say so.
///
/// # Panics
/// The variable is set and there is no such folder: then the tests would be green for nothing.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("TRUSTDESK_CAPTURES")?);
    assert!(folder.is_dir(), "TRUSTDESK_CAPTURES names no folder: {}", folder.display());
    Some(folder)
}

/// Every recording, in the order of their numbers; none: skip.
///
/// # Panics
/// A recording cannot be read.
#[must_use]
pub fn all() -> Option<Vec<Recording>> {
    let Some(folder) = folder() else {
        eprintln!("skipped: TRUSTDESK_CAPTURES is not set");
        return None;
    };
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of recordings can be listed")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "http"))
        .collect();
    paths.sort();
    Some(paths.iter().map(|path| read(path)).collect())
}

fn read(path: &Path) -> Recording {
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let text = fs::read(path).expect("readable");
    let text = String::from_utf8_lossy(&text).replace("\r\n", "\n");
    let mut asked = text.lines().next().expect("a request line").split(' ');
    let method = asked.next().expect("a method").to_owned();
    let path = asked.next().expect("a path").to_owned();
    let answer = text.split_once("\n====================").expect("an answer").1;
    let answer = answer.split_once('\n').expect("a status line").1;
    let (head, body) = answer.split_once("\n\n").unwrap_or((answer, ""));
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    let location = head.lines().find_map(|line| line.strip_prefix("Location: ")).map(|location| {
        let after_scheme = location.split_once("://").map_or(location, |(_, rest)| rest);
        after_scheme.find('/').map_or("/", |start| &after_scheme[start..]).to_owned()
    });
    Recording { name, method, path, status, location, body: body.to_owned() }
}
