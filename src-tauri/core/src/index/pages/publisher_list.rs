//! The list of publishers of a project, an account or an organization. A list that is read shorter
//! than it is would look like lost publishers, so everything on the page must agree with it.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html};

use super::html::{all, attributes};
use super::publisher_row::{Row, row};
use crate::index::Error;

const LIST: &str = "table.table--publisher-list";

/// Every row, in the page's order.
///
/// # Errors
/// A row cannot be read, a publisher stands there twice, or rows and dialogs do not go together one
/// to one.
pub(super) fn rows(document: &Html) -> Result<Vec<Row>, Error> {
    let root = document.root_element();
    let elements = all(root, "table.table--publisher-list tbody tr");
    let rows: Vec<Row> = elements.iter().copied().filter_map(row).collect();
    let ids: Vec<&str> = rows.iter().map(|row| row.listed.id.0.as_str()).collect();
    // An index without publishers writes no table at all, and each row has one dialog, which names
    // its publisher once more.
    let agrees = rows.len() == elements.len()
        && ids.iter().collect::<BTreeSet<_>>().len() == ids.len()
        && rows.is_empty() == all(root, LIST).is_empty()
        && dialogs(root) == ids
        && attributes(root, "input[name=\"publisher_id\"]", "value") == ids;
    if agrees { Ok(rows) } else { Err(Error::PageNotUnderstood("the list of publishers")) }
}

/// The tables of a page that are no list of publishers.
pub(super) fn other_tables(document: &Html) -> Vec<ElementRef<'_>> {
    all(document.root_element(), "main#content table:not(.table--publisher-list)")
}

fn dialogs(root: ElementRef<'_>) -> Vec<String> {
    let ids = attributes(root, "div[id^=\"remove-publisher-\"]", "id");
    ids.iter().filter_map(|id| id.strip_prefix("remove-publisher-")).map(str::to_owned).collect()
}
