//! The table of faults (`tests/FAULTS.md`) names tests that exist, and leaves out no fault.

use crate::named_tests::{all_tests, named, rows};

/// F1 to F37.
const FAULTS: usize = 37;

#[test]
fn every_fault_names_tests_that_exist_or_says_that_it_has_none() {
    let tests = all_tests();
    let rows = rows("tests/FAULTS.md", "F");
    assert_eq!(rows.len(), FAULTS);
    for (number, row) in rows.iter().enumerate() {
        let [fault, what, kept, once, said, why] = row.as_slice() else {
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
