//! The recordings of a real Warehouse: exchanges as text files in the folder that the environment
//! variable `TRUSTDESK_CAPTURES` names, and in the one of later recordings beside it. They are not
//! part of the project; without the variable the tests on them say that they were skipped, and with
//! it a missing folder is a failure.

use std::fs;
use std::path::{Path, PathBuf};

use trustdesk_core::index::Answer;

/// One recorded exchange.
pub struct Recording {
    /// The file's name without its ending.
    pub name: String,
    /// `GET`, `POST`, …
    pub method: String,
    /// What was asked for, with its query.
    pub path: String,
    /// The names of the form's fields.
    pub fields: Vec<String>,
    /// The answer.
    pub answer: Answer,
}

impl Recording {
    /// What its name begins with; no two have the same.
    ///
    /// # Panics
    /// Its name does not begin with a number.
    #[must_use]
    pub fn number(&self) -> u32 {
        let number = self.name.split('-').next().and_then(|text| text.parse().ok());
        number.expect("a recording's name begins with its number")
    }

    /// The project whose page was asked for, as it stands in the address; empty if it was none's.
    #[must_use]
    pub fn project(&self) -> &str {
        let path = self.path.strip_prefix("/manage/project/").unwrap_or_default();
        path.split('/').next().unwrap_or_default()
    }
}

/// What the folder of later recordings is called after the first one's name.
const LATER: &str = "-2";

/// The folders of recordings, the named one first; none: skip, and say so.
///
/// # Panics
/// The variable is set and a folder is missing: then the tests would be green for nothing.
#[must_use]
pub fn folders() -> Option<[PathBuf; 2]> {
    let named = PathBuf::from(std::env::var_os("TRUSTDESK_CAPTURES")?);
    let mut name = named.file_name().unwrap_or_default().to_owned();
    name.push(LATER);
    let folders = [named.clone(), named.with_file_name(name)];
    for folder in &folders {
        assert!(
            folder.is_dir(),
            "no folder of recordings (TRUSTDESK_CAPTURES): {}",
            folder.display()
        );
    }
    Some(folders)
}

/// Every recording, in the order of their numbers; none: skip.
///
/// # Panics
/// A recording cannot be read.
#[must_use]
pub fn all() -> Option<Vec<Recording>> {
    let Some(folders) = folders() else {
        eprintln!("skipped: TRUSTDESK_CAPTURES is not set");
        return None;
    };
    let listed = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("a folder of recordings can be listed"));
    let mut paths: Vec<PathBuf> = listed
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "http"))
        .collect();
    paths.sort_by_key(|path| path.file_name().map(ToOwned::to_owned));
    Some(paths.iter().map(|path| read(path)).collect())
}

fn read(path: &Path) -> Recording {
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let text = fs::read(path).expect("readable");
    let text = String::from_utf8_lossy(&text).replace("\r\n", "\n");
    let (asked, answered) = text.split_once("\n====================").expect("an answer");
    let (head, form) = asked.split_once("# form fields\n").unwrap_or((asked, ""));
    // A line before the request may say what is special about it.
    let request = head.lines().find(|line| !line.starts_with('#')).expect("a request line");
    let (method, rest) = request.split_once(' ').expect("a method");
    Recording {
        name,
        method: method.to_owned(),
        path: rest.split(' ').next().expect("a path").to_owned(),
        fields: form.lines().filter_map(|line| Some(line.split_once(" =")?.0.to_owned())).collect(),
        answer: answer(answered.split_once('\n').expect("a status line").1),
    }
}

fn answer(text: &str) -> Answer {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let header = |name| head.lines().find_map(|line| line.strip_prefix(name));
    let location = header("Location: ").map(|location| {
        let after_scheme = location.split_once("://").map_or(location, |(_, rest)| rest);
        after_scheme.find('/').map_or("/", |start| &after_scheme[start..]).to_owned()
    });
    Answer {
        status: head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status"),
        location,
        retry_after_s: header("Retry-After: ").and_then(|text| text.trim().parse().ok()),
        told: None,
        body: body.to_owned(),
    }
}
