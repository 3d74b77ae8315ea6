//! The tests of the repository by name, for the tables that promise one for each row.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of all Rust test functions.
pub(crate) fn all_tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for folder in ["tests", "src-tauri", "xtask"] {
        tests_below(&root().join(folder), &mut names);
    }
    assert!(names.len() > 400, "only {} tests were found", names.len());
    names
}

fn tests_below(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            tests_below(&path, names);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).expect("readable");
            let after_mark = text.split("test]\n").chain(text.split("::test(")).skip(1);
            let name = |text: &str| Some(text.split_once("fn ")?.1.split_once('(')?.0.to_owned());
            names.extend(after_mark.filter_map(name));
        }
    }
}

/// The names of all tests of the page.
pub(crate) fn page_tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    page_tests_below(&root().join("ui/src"), &mut names);
    assert!(names.len() > 100, "only {} tests of the page were found", names.len());
    names
}

fn page_tests_below(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            page_tests_below(&path, names);
        } else if path.to_string_lossy().ends_with(".test.ts") {
            let text = fs::read_to_string(&path).expect("readable");
            let name = |text: &str| Some(text.split_once('"')?.0.to_owned());
            names.extend(text.split("it(\"").skip(1).filter_map(name));
        }
    }
}

/// The rows of a table whose first cell starts with `mark`, as their cells. A `|` within a cell is
/// written `\|`.
pub(crate) fn rows(table: &str, mark: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join(table)).expect("the table");
    let first = format!("| {mark}");
    let lines = text.lines().filter(|line| line.starts_with(&first));
    lines.map(cells).collect()
}

fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('|').trim_end_matches('|');
    let apart = line.replace("\\|", "\u{1}");
    apart.split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect()
}

/// The names in backticks that are written as sentences with spaces, which only tests of the page are.
pub(crate) fn named_of_page(cell: &str) -> Vec<&str> {
    let quoted = cell.split('`').skip(1).step_by(2);
    quoted.filter(|name| name.contains(' ')).collect()
}

/// The names in backticks that are sentences, which only tests are.
pub(crate) fn named(cell: &str) -> Vec<&str> {
    let quoted = cell.split('`').skip(1).step_by(2);
    quoted.filter(|name| name.matches('_').count() > 2).collect()
}
