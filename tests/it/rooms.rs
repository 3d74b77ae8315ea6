//! Who may use whom among the rooms of one package: the table of `ARCHITECTURE.md`, held against every
//! source file. Between packages Cargo holds it (`packages.rs`).

use std::fs;
use std::path::{Path, PathBuf};

use trustdesk_tests::source_text::paths;

/// A room: its files, and the rooms of the core that it may use beside itself.
struct Room {
    /// The folder or file under `src-tauri`.
    place: &'static str,
    may_use: &'static [&'static str],
}

const ROOMS: [Room; 8] = [
    Room { place: "core/src/clock.rs", may_use: &["clock"] },
    Room { place: "core/src/process.rs", may_use: &["process"] },
    Room { place: "core/src/index", may_use: &["index", "clock"] },
    Room { place: "core/src/store", may_use: &["store", "clock"] },
    Room { place: "core/src/secrets", may_use: &["secrets", "clock"] },
    Room { place: "core/src/sync", may_use: &["sync", "index", "store", "secrets", "clock"] },
    // Secrets and clock only to make the engine with.
    Room { place: "src", may_use: &["sync", "store", "clock", "secrets", "process"] },
    Room { place: "cli/src", may_use: &["sync", "store", "clock", "secrets", "process"] },
];

/// Rooms of the core, as they stand after `crate::` there and `trustdesk_core::` elsewhere.
const CORE: [&str; 6] = ["clock", "process", "index", "store", "secrets", "sync"];

/// A library, and the only place that may use it.
const LIBRARIES: [(&str, &str); 9] = [
    ("hyper_util", "core/src/index"),
    ("reqwest", "core/src/index"),
    ("scraper", "core/src/index"),
    ("sqlx", "core/src/store"),
    ("keyring_core", "core/src/secrets"),
    ("apple_native_keyring_store", "core/src/secrets"),
    ("secret_service", "core/src/secrets"),
    ("windows_native_keyring_store", "core/src/secrets"),
    ("zbus_secret_service_keyring_store", "core/src/secrets"),
];

/// What would make the domain depend on more than its arguments.
const IMPURE: [&str; 7] =
    ["tokio", "std::fs", "std::io", "std::net", "std::env", "std::process", "std::time"];

fn source_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri")
}

/// Every Rust file of a place, with its path under `src-tauri` and its text.
pub(crate) fn files(place: &str) -> Vec<(String, String)> {
    let root = source_root();
    let mut left = vec![root.join(place)];
    let mut files = Vec::new();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder is listed");
            left.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).expect("readable");
            let name = path.strip_prefix(&root).expect("under the root").to_string_lossy();
            files.push((name.replace('\\', "/"), text));
        }
    }
    assert!(!files.is_empty(), "{place} has no Rust file: the table names a place that is gone");
    files
}

/// How many names lead from the crate's root to the file's module.
fn depth(file: &str) -> usize {
    let (_, inner) = file.split_once("src/").expect("below src");
    let module = inner.trim_end_matches(".rs").trim_end_matches("/mod");
    if matches!(module, "lib" | "main") { 0 } else { module.split('/').count() }
}

/// The room of the core that a path leads to; none: it leads to no room.
fn room_of(file: &str, path: &[String]) -> Option<String> {
    let supers = path.iter().take_while(|word| *word == "super").count();
    let name = match path.first()?.as_str() {
        "trustdesk_core" => path.get(1),
        "crate" if file.starts_with("core/") => path.get(1),
        "super" if file.starts_with("core/") && supers >= depth(file) => path.get(supers),
        _ => None,
    }?;
    CORE.contains(&name.as_str()).then(|| name.clone())
}

/// What a file of this room uses against the table.
fn trespasses(room: &Room, file: &str, text: &str) -> Vec<String> {
    let used = paths(text);
    let rooms = used.iter().filter_map(|path| room_of(file, path));
    let rooms = rooms.filter(|name| !room.may_use.contains(&name.as_str()));
    let elsewhere = |path: &&Vec<String>| {
        let mut guarded = LIBRARIES.iter().filter(|(library, _)| path[0] == *library);
        guarded.any(|(_, only)| !file.starts_with(&format!("{only}/")))
    };
    let libraries = used.iter().filter(elsewhere).map(|path| path.join("::"));
    let mut found: Vec<String> = rooms.chain(libraries).collect();
    found.sort();
    found.dedup();
    found.into_iter().map(|what| format!("{file} uses {what}")).collect()
}

#[test]
fn every_room_uses_only_the_rooms_and_libraries_it_may() {
    let mut found = Vec::new();
    for room in &ROOMS {
        for (file, text) in files(room.place) {
            found.extend(trespasses(room, &file, &text));
        }
    }
    assert_eq!(found, Vec::<String>::new(), "the table is in ARCHITECTURE.md");
}

#[test]
fn every_file_of_the_core_is_in_a_room() {
    for (file, _) in files("core/src") {
        let known = ROOMS.iter().any(|room| file.starts_with(room.place));
        assert!(known || file == "core/src/lib.rs", "{file} is in no room of the table");
    }
}

#[test]
fn the_domain_has_no_clock_no_files_and_nothing_to_wait_for() {
    for (file, text) in files("domain/src") {
        for path in paths(&text) {
            let path = path.join("::");
            let impure = IMPURE.iter().find(|impure| path.starts_with(*impure));
            assert_eq!(impure, None, "{file} uses {path}");
        }
        assert!(!text.contains("async fn"), "{file}");
    }
}

#[test]
fn a_trespass_is_found_however_it_is_written() {
    let room = |place: &str| ROOMS.iter().find(|room| room.place == place).expect("in the table");
    for (place, file, text, what) in [
        ("core/src/clock.rs", "core/src/clock.rs", "use crate::sync::Engine;", "sync"),
        ("core/src/index", "core/src/index/a.rs", "use crate::{clock, store::Store};", "store"),
        ("core/src/index", "core/src/index/pages/a.rs", "super::super::super::sync::x()", "sync"),
        ("core/src/store", "core/src/store/mod.rs", "use super::secrets;", "secrets"),
        ("core/src/sync", "core/src/sync/a.rs", "fn f(e: reqwest::Error) {}", "reqwest::Error"),
        ("src", "src/commands/a.rs", "use trustdesk_core::{sync, index::Error};", "index"),
    ] {
        assert_eq!(trespasses(room(place), file, text), [format!("{file} uses {what}")], "{text}");
    }
    for (place, file, text) in [
        ("core/src/store", "core/src/store/a.rs", "use super::index::Index; // crate::sync::A"),
        ("core/src/sync", "core/src/sync/a.rs", "use super::*; mod tests { use super::super::b; }"),
        ("src", "src/lib.rs", "use crate::index::Shown; use trustdesk_core::sync::Engine;"),
        ("core/src/index", "core/src/index/http.rs", "use reqwest::Client;"),
    ] {
        assert_eq!(trespasses(room(place), file, text), Vec::<String>::new(), "{text}");
    }
}
