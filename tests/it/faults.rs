//! The table of faults (`tests/FAULTS.md`) names tests that exist, and leaves out no fault.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// F1 to F37.
const FAULTS: usize = 37;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of all test functions below a folder.
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

/// The names in backticks that are sentences, which only tests are.
fn named(cell: &str) -> Vec<&str> {
    let quoted = cell.split('`').skip(1).step_by(2);
    quoted.filter(|name| name.matches('_').count() > 2).collect()
}

#[test]
fn every_fault_names_tests_that_exist_or_says_that_it_has_none() {
    let table = fs::read_to_string(root().join("tests/FAULTS.md")).expect("the table");
    let mut tests = BTreeSet::new();
    for folder in ["tests", "src-tauri"] {
        tests_below(&root().join(folder), &mut tests);
    }
    assert!(tests.len() > 400, "only {} tests were found", tests.len());
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| F"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), FAULTS);
    for (number, row) in rows.iter().enumerate() {
        let [_, fault, what, kept, once, said, why, _] = row.as_slice() else {
            panic!("a row has six cells: {row:?}");
        };
        assert_eq!(*fault, format!("F{}", number + 1), "{what}");
        for name in named(why) {
            assert!(tests.contains(name), "{fault}: there is no test {name}");
        }
        let is_promised = [kept, once, said].iter().all(|cell| !cell.is_empty());
        assert!(
            !named(why).is_empty() && is_promised || why.starts_with("Not yet"),
            "{fault} has no test and does not say so"
        );
    }
}
