//! What a process did to the files of its folder, read from strace's log (`-f -y -xx`).

use std::collections::BTreeMap;
use std::path::Path;

use super::super::kills::Said;

/// What matters on a disk, in the order in which it was through.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Made(String),
    Written(String, usize, Vec<u8>),
    Cut(String, usize),
    Synced(String),
    FolderSynced,
    Removed(String),
    Renamed(String, String),
    /// The core called something kept, or not.
    Said(Said),
    /// A request for a change left.
    Posted,
}

/// Standard output.
const SAYS: &str = "1";

/// The events of a log that are about this folder.
pub(super) fn events(log: &str, folder: &Path) -> Vec<Event> {
    let mut unfinished: BTreeMap<&str, &str> = BTreeMap::new();
    let mut events = Vec::new();
    for line in log.lines() {
        let (thread, call) = line.split_once(' ').expect("a thread and its call");
        let call = call.trim_start();
        if let Some(begin) = call.strip_suffix("<unfinished ...>") {
            unfinished.insert(thread, begin);
        } else if call.starts_with("<... ") {
            let (_, end) = call.split_once("resumed>").expect("the end of a call");
            let begin = unfinished.remove(thread).expect("the beginning of a call");
            events.extend(event(&format!("{begin}{end}"), folder));
        } else {
            events.extend(event(call, folder));
        }
    }
    events
}

/// None: it failed, or is none of ours.
fn event(call: &str, folder: &Path) -> Option<Event> {
    let (call, answer) = call.rsplit_once(" = ")?;
    if answer.starts_with(['-', '?']) {
        return None;
    }
    let (name, arguments) = call.split_once('(')?;
    let texts: Vec<Vec<u8>> = arguments.split('"').skip(1).step_by(2).map(bytes).collect();
    let (number, file) = file(arguments);
    let ours = |path: Option<&Vec<u8>>| in_folder(path?, folder);
    let opened = file.as_ref().and_then(|path| in_folder(path, folder));
    match name {
        "write" if number == SAYS => {
            Said::of(&String::from_utf8_lossy(texts.first()?)).map(Event::Said)
        }
        "sendto" | "writev" => {
            let asked = String::from_utf8_lossy(texts.first()?).into_owned();
            let path = asked.strip_prefix("POST ")?.split(' ').next()?;
            path.ends_with("/settings/publishing/").then_some(Event::Posted)
        }
        "open" | "openat" if arguments.contains("O_CREAT") => ours(texts.first()).map(Event::Made),
        "pwrite64" => {
            Some(Event::Written(opened?, last_number(arguments), texts.into_iter().next()?))
        }
        "write" => opened.map(|file| panic!("{file} is written in a way that is not followed")),
        "ftruncate" => Some(Event::Cut(opened?, last_number(arguments))),
        "fsync" | "fdatasync" if file.as_deref() == Some(path(folder).as_slice()) => {
            Some(Event::FolderSynced)
        }
        "fsync" | "fdatasync" => opened.map(Event::Synced),
        "unlink" | "unlinkat" => ours(texts.first()).map(Event::Removed),
        "rename" | "renameat" | "renameat2" => {
            Some(Event::Renamed(ours(texts.first())?, ours(texts.get(1))?))
        }
        _ => None,
    }
}

/// The number and the path of the file that a call begins with.
fn file(arguments: &str) -> (&str, Option<Vec<u8>>) {
    let Some((number, rest)) = arguments.split_once('<') else { return ("", None) };
    (number, rest.split_once('>').map(|(path, _)| bytes(path)))
}

/// The argument that a call ends with, with what strace puts behind it.
fn last_number(arguments: &str) -> usize {
    let (_, last) = arguments.rsplit_once(", ").expect("more than one");
    let digits = last.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(last.len());
    last[..digits].parse().expect("a number")
}

/// A name in the folder, of a file whose content a later start relies on. What SQLite keeps in shared
/// memory is made anew by each start, and who holds the lock is only said to people.
fn in_folder(path: &[u8], folder: &Path) -> Option<String> {
    let path = Path::new(std::str::from_utf8(path).ok()?);
    let name = path.strip_prefix(folder).ok()?.to_str()?;
    let is_relied_on = !name.is_empty() && !name.ends_with("-shm") && !name.ends_with(".holder");
    is_relied_on.then(|| name.to_owned())
}

fn path(folder: &Path) -> Vec<u8> {
    folder.to_str().expect("a plain path").as_bytes().to_vec()
}

/// `\x68\x69` is `hi`.
fn bytes(text: &str) -> Vec<u8> {
    let byte =
        |hex: &str| u8::from_str_radix(hex, 16).unwrap_or_else(|_| panic!("{hex} in {text}"));
    text.split("\\x").skip(1).map(byte).collect()
}
