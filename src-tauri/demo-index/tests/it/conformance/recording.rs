//! A recorded exchange as it lies in its file. Names of the recording become names of this index.

use std::fs;
use std::path::{Path, PathBuf};

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::page::Page;

/// Where the recorded server listened, and over which schemes.
pub(crate) const ORIGINS: [&str; 2] = ["http://127.0.0.1:8100", "https://127.0.0.1:8100"];

/// What has another name here.
const NAMES: &[(&str, &str)] = &[
    ("Octo-Org", "octo-org"),
    ("owner-few", "demo"),
    ("\"rate-limited\"", "\"demo\""),
    ("full-of-publishers", "harbor-sync"),
    ("Fancy.Name_here", "Moss.Garden_kit"),
    ("fancy-name-here", "moss-garden-kit"),
    ("archived-thing", "old-almanac"),
    ("shared-project", "orchard-metrics"),
    ("others-only", "driftwood"),
    ("no-releases-yet", "cartwheel-config"),
    ("limited-proj", "pebble-queue"),
    ("history-user", "compromised-password"),
    ("nofactor-proj", "lone-candle"),
    ("unverified-proj", "half-timber"),
    ("newdev-proj", "driftnet"),
    ("acme-org", "harbor-guild"),
    // Of the later recordings.
    ("alice", "demo"),
    ("carol", "security-key"),
    ("bare-project", "cartwheel-config"),
    ("quarantined-thing", "brass-kettle"),
    ("harbor-client", "sampleproject"),
    ("harbor-server", "saltmarsh"),
];

/// A recorded exchange.
pub(crate) struct Recording {
    folder: PathBuf,
    pub(crate) method: Method,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) answer: Page,
}

/// The text with the names of this index.
pub(crate) fn renamed(text: &str) -> String {
    NAMES.iter().fold(text.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours))
}

impl Recording {
    pub(crate) fn read(folder: &Path, name: &str) -> Self {
        let path = path_of(folder, name);
        let what = format!("{} can be read", path.display());
        let bytes = fs::read(&path).expect(&what);
        let text = String::from_utf8_lossy(&bytes);
        let (asked, answered) =
            text.split_once("\n==================== response").expect("two halves");
        let (head, fields) = asked.split_once("# form fields\n").unwrap_or((asked, ""));
        let mut lines = head.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut first = lines.next().expect("a request line").split(' ');
        let (method, target) = (first.next().expect("a method"), first.next().expect("a target"));
        Self {
            folder: folder.to_owned(),
            method: method.parse().expect("a method"),
            target: target.to_owned(),
            headers: pairs(lines, ": "),
            // A field without a value has lost the space after its sign.
            fields: pairs(fields.lines().filter(|line| !line.is_empty()), " ="),
            answer: answer(answered),
        }
    }

    /// Another recording of the same folder.
    pub(crate) fn neighbour(&self, name: &str) -> Self {
        Self::read(&self.folder, name)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The folders of recordings: the one that was named, and the one of later recordings beside it.
fn folders(named: &Path) -> [PathBuf; 2] {
    let mut later = named.file_name().unwrap_or_default().to_owned();
    later.push("-2");
    [named.to_owned(), named.with_file_name(later)]
}

fn path_of(named: &Path, name: &str) -> PathBuf {
    let [first, later] = folders(named).map(|folder| folder.join(format!("{name}.http")));
    if first.exists() { first } else { later }
}

/// The names of all recordings.
pub(crate) fn names(named: &Path) -> Vec<String> {
    let list = |folder| fs::read_dir(folder).expect("a folder of recordings");
    let files = folders(named).into_iter().flat_map(list);
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    names.filter_map(|name| Some(name.strip_suffix(".http")?.to_owned())).collect()
}

fn answer(text: &str) -> Page {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines().skip(1);
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status");
    let mut headers = HeaderMap::new();
    for (name, value) in pairs(lines, ": ") {
        let name: HeaderName = name.parse().expect("a header");
        let value = ORIGINS.iter().fold(renamed(&value), |value, origin| value.replace(origin, ""));
        // Over https the cookie says so; here nothing is https.
        let value = value.replace("; secure;", ";");
        headers.append(name, HeaderValue::from_str(&value).expect("a value"));
    }
    Page { status: status.parse().expect("a number"), headers, body: renamed(body) }
}

fn pairs<'a>(lines: impl Iterator<Item = &'a str>, sign: &str) -> Vec<(String, String)> {
    lines
        .filter_map(|line| line.split_once(sign))
        .map(|(name, value)| (name.to_owned(), value.strip_prefix(' ').unwrap_or(value).to_owned()))
        .collect()
}
