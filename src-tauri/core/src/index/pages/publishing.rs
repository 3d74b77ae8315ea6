//! A project's *Publishing* page (protocol 4.2).

use scraper::Html;

use super::html::{all, has};
use super::publisher_row::listed_publisher;
use crate::domain::{Provider, PublishingPage};
use crate::index::Error;

/// Reads the page of the project with this normalized name.
///
/// # Errors
/// The page is not that project's, or a row of its list cannot be read. An empty list is only
/// believed on a page that certainly is the right one: a misread list would look like lost
/// publishers.
pub fn publishing(body: &str) -> Result<PublishingPage, Error> {
    let document = Html::parse_document(body);
    let root = document.root_element();
    let providers: Vec<Provider> = Provider::ALL
        .into_iter()
        .filter(|provider| has(&document, &format!("form#{}-publisher-form", provider.key())))
        .collect();
    let listed = has(&document, "table.table--publisher-list");
    let this_page = "a.vertical-tabs__tab--is-active[href$=\"/settings/publishing/\"]";
    if providers.is_empty() && !listed && !has(&document, this_page) {
        return Err(Error::PageNotUnderstood("publishing"));
    }
    let rows = all(root, "table.table--publisher-list tbody tr");
    let publishers: Vec<_> = rows.iter().copied().filter_map(listed_publisher).collect();
    let dialogs = all(root, "div[id^=\"remove-publisher-\"]").len();
    if publishers.len() != rows.len() || publishers.len() != dialogs {
        return Err(Error::PageNotUnderstood("the list of publishers"));
    }
    Ok(PublishingPage { publishers, providers })
}
