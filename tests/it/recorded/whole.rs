//! A page that is cut off anywhere is never read as a page with less on it.

use std::fmt::Debug;

use trustdesk_core::index::Error;
use trustdesk_core::index::pages;
use trustdesk_domain::{PendingOwner, PendingPage};
use trustdesk_tests::recordings;

use super::number;

const PROJECT: &str = "kelp-forest";

fn own(page: &str) -> Result<PendingPage, Error> {
    pages::pending(page, &PendingOwner::Account)
}

/// Every cut is either not understood or after all that matters.
fn cut_at_every<T: Debug + PartialEq>(
    step: usize,
    page: &str,
    read: impl Fn(&str) -> Result<T, Error>,
) {
    let whole = read(page).expect("the whole page is read");
    let mut refused = 0;
    for end in (0..page.len()).step_by(step) {
        let cut = String::from_utf8_lossy(&page.as_bytes()[..end]);
        match read(&cut) {
            Ok(part) => assert_eq!(part, whole, "cut after {end} bytes of {}", page.len()),
            Err(Error::PageNotUnderstood(_) | Error::NotTheIndex) => refused += 1,
            Err(error) => panic!("cut after {end} bytes: {error:?}"),
        }
    }
    let content = page.find("</main>").expect("its content ends");
    assert!(refused > content / step, "no part of the content is taken for a page");
}

#[test]
fn a_made_up_page_cut_off_anywhere_is_not_read_as_less() {
    cut_at_every(37, include_str!("../../fixtures/publishing.html"), |page| {
        pages::publishing(page, PROJECT)
    });
    cut_at_every(17, include_str!("../../fixtures/account_publishing.html"), own);
    cut_at_every(17, include_str!("../../fixtures/projects.html"), pages::projects);
    cut_at_every(17, include_str!("../../fixtures/history.html"), |page| {
        pages::history(page, PROJECT)
    });
}

#[test]
fn a_recorded_page_cut_off_anywhere_is_not_read_as_less() {
    let Some(all) = recordings::all() else { return };
    let body = |recorded| number(&all, recorded).answer.body.as_str();
    let project = |recorded| number(&all, recorded).project();
    cut_at_every(500, body(302), |page| pages::publishing(page, project(302)));
    cut_at_every(500, body(301), |page| pages::publishing(page, project(301)));
    cut_at_every(500, body(506), |page| pages::publishing(page, project(506)));
    cut_at_every(500, body(635), own);
    cut_at_every(500, body(204), pages::projects);
    cut_at_every(500, body(479), |page| pages::history(page, project(479)));
}
