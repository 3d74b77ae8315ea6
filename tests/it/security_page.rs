//! `SECURITY.md` promises nothing without a test that exists, or a reason why none is needed.

use std::fs;

use crate::named_tests::{all_tests, named, root, rows};

/// S1 to S40.
const ITEMS: usize = 40;
const REASON: &str = "by construction, because";

/// The promises: every entry of a list in the section *What is promised*, on one line each.
fn promises(page: &str) -> Vec<String> {
    let (_, section) = page.split_once("## What is promised").expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let entries = section.split("\n- ").skip(1);
    entries
        .map(|entry| entry.split("\n\n").next().unwrap_or_default().replace("\n  ", " "))
        .collect()
}

#[test]
fn every_promise_names_a_test_that_exists_or_its_reason() {
    let page = fs::read_to_string(root().join("SECURITY.md")).expect("the page");
    let tests = all_tests();
    let promises = promises(&page);
    assert!(promises.len() > 40, "only {} promises were found", promises.len());
    for promise in &promises {
        let held_by = named(promise);
        assert!(!held_by.is_empty() || promise.contains(REASON), "nothing holds: {promise}");
        for name in held_by {
            assert!(tests.contains(name), "there is no test {name}: {promise}");
        }
    }
}

#[test]
fn every_item_of_the_checklist_is_held_or_says_why_not() {
    let tests = all_tests();
    let rows = rows("SECURITY.md", "S");
    assert_eq!(rows.len(), ITEMS);
    for (number, row) in rows.iter().enumerate() {
        let [item, _, held_by] = row.as_slice() else {
            panic!("a row has three cells: {row:?}");
        };
        assert_eq!(*item, format!("S{}", number + 1));
        for name in named(held_by) {
            assert!(tests.contains(name), "{item}: there is no test {name}");
        }
        let says_why = ["By construction, because", "Not yet: ", "Not applicable: "];
        let has_reason = says_why.iter().any(|words| held_by.starts_with(words));
        assert!(!named(held_by).is_empty() || has_reason, "{item} is not held: {held_by}");
    }
}
