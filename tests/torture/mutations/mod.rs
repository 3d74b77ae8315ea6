//! Many pages that are not quite what they were: each is read as the page it was made of, or not
//! understood. Never is anything else read from it. A row of publishers that has changed may be read
//! as one that is not known in full, which no known publisher equals.

mod markup;
mod mutate;
mod pages;

use std::sync::Arc;

use super::Report;
use super::at_once::many;
use crate::broken::Broken;
use crate::dice::Dice;

pub use pages::{Page, PageName, demo_pages};

/// What came of a page that has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Understood {
    /// As if it had not changed.
    AsBefore,
    /// As if it had not changed, but for rows that are not known in full any more.
    InPart,
    /// It was said to have changed.
    No,
}

/// Changes pages so often.
///
/// # Panics
/// A page that has not changed is not understood.
pub async fn mutations(report: &mut Report, count: u64) {
    let mut pages = demo_pages().await;
    pages.extend(pages::recorded_pages());
    let pages = Arc::new(pages);
    let once = |number| {
        let pages = Arc::clone(&pages);
        async move {
            let page = &pages[Dice::of_round(number, 0).count(pages.len())];
            mutate_and_read(page, number)
        }
    };
    many((report.seed, count), "changed pages", once, |number, read| {
        if let Err((broken, diary)) = read {
            report.found(&broken, &format!("page {number}"), &diary);
        }
    })
    .await;
    report.mutations += count;
}

/// Changes a page in the way that this seed decides, and reads it.
///
/// # Errors
/// It was taken to say what it does not say, and how it was changed.
///
/// # Panics
/// The page itself is not understood.
pub fn mutate_and_read(page: &Page, seed: u64) -> Result<Understood, (Broken, Vec<String>)> {
    let before = page.name.read(&page.body, &page.path).expect("the page itself is understood");
    let mut dice = Dice::of_round(seed, 1);
    let mut diary = vec![format!("{:?}", page.name)];
    let mut body = page.body.clone();
    for _ in 0..=dice.count(2) {
        let (changed, how) = mutate::mutate(&body, page.name, &mut dice);
        diary.push(how);
        body = changed;
    }
    match page.name.read(&body, &page.path) {
        None => Ok(Understood::No),
        Some(after) if after == before => Ok(Understood::AsBefore),
        Some(_) if page.name.knows_less(page, &body) => Ok(Understood::InPart),
        Some(after) => {
            let broken = Broken::Misread(format!("{:?} was read as another", page.name));
            diary.push(format!("before: {before}"));
            diary.push(format!("after:  {after}"));
            Err((broken, diary))
        }
    }
}
