//! The table of holes (`tests/HOLES.md`) names tests that exist, and says how each failed before.

use std::collections::BTreeSet;

use crate::named_tests::{all_tests, named, named_of_page, page_tests, rows};

#[test]
fn every_hole_names_tests_that_exist_and_what_they_said_before() {
    let (tests, page_tests) = (all_tests(), page_tests());
    let rows = rows("tests/HOLES.md", "H");
    assert!(rows.len() > 40, "only {} rows were found", rows.len());
    let mut seen = BTreeSet::new();
    for row in &rows {
        let [hole, fault, held_by, before] = row.as_slice() else {
            panic!("a row has four cells: {row:?}");
        };
        assert!(seen.insert(hole), "{hole} stands there twice");
        assert!(!fault.is_empty(), "{hole} does not say what it is");
        for name in named(held_by) {
            assert!(tests.contains(name), "{hole}: there is no test {name}");
        }
        let of_page = named_of_page(held_by);
        for name in &of_page {
            assert!(page_tests.contains(*name), "{hole}: the page has no test \"{name}\"");
        }
        let is_held = named(held_by).len() + of_page.len() > 0 && !before.is_empty();
        assert!(
            is_held || held_by.starts_with("Not yet"),
            "{hole} has no test and does not say so"
        );
    }
}
