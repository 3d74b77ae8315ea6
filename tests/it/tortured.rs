//! The parts of `cargo xtask torture` in small.

use std::collections::BTreeSet;

use trustdesk_tests::dice::Dice;
use trustdesk_tests::torture::{Fault, PageName, Understood, demo_pages, mutate_and_read, tell};

/// As many as there are faults.
const CONNECTIONS: u64 = 12;

#[tokio::test]
async fn wherever_a_connection_breaks_each_change_comes_to_the_index_once() {
    let mut met = BTreeSet::new();
    for seed in 0..CONNECTIONS {
        match tell(seed).await {
            Ok(told) => {
                // An answer that has come whole has come, whatever its connection meets afterwards.
                let whole = told.fault == Fault::CutAfterTheAnswer;
                assert!(told.broke || whole, "{:?} kept the core from no answer", told.fault);
                met.insert(told.fault);
            }
            Err((broken, diary)) => panic!("{seed}: {broken:?}\n{}", diary.join("\n")),
        }
    }
    assert_eq!(met, Fault::ALL.into(), "every fault has its turn");
}

/// Enough for every page to be both understood and not.
const CHANGED_PAGES: u64 = 250;

#[tokio::test]
async fn a_page_that_is_not_quite_what_it_was_is_read_as_it_was_or_not_at_all() {
    let pages = demo_pages().await;
    let mut seen = BTreeSet::new();
    let mut misread = Vec::new();
    for seed in 0..CHANGED_PAGES {
        let page = &pages[Dice::of_round(seed, 0).count(pages.len())];
        match mutate_and_read(page, seed) {
            Ok(understood) => drop(seen.insert((page.name, understood))),
            Err((broken, diary)) => {
                misread.push(format!("{seed}: {broken:?}\n{}", diary.join("\n")))
            }
        }
    }
    assert!(misread.is_empty(), "{} of them:\n{}", misread.len(), misread.join("\n\n"));
    for name in [PageName::Publishing, PageName::Projects, PageName::SignIn, PageName::WhoAmI] {
        for understood in [Understood::AsBefore, Understood::No] {
            assert!(seen.contains(&(name, understood)), "no {name:?} was {understood:?}");
        }
    }
}
