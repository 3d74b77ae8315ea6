//! A project's *Publishing* page (protocol 4.2).

use super::html::has;
use super::kind::{PageKind, document};
use super::{forms, publisher_list};
use crate::domain::{ListedPublisher, PublishingPage};
use crate::index::Error;

/// The words *No publishers are currently configured*, which stand in the list's place.
const NO_PUBLISHERS: &str = "main#content section h2 + p.no-bottom-padding";

/// Reads a project's page.
///
/// # Errors
/// The page is no project's, ends before its end, or its list cannot be read. An empty list is only
/// believed on a page that says so and has nothing that could be one.
pub fn publishing(body: &str) -> Result<PublishingPage, Error> {
    let document = document(body, PageKind::Publishing, "publishing")?;
    let not_understood = || Error::PageNotUnderstood("the list of publishers");
    if !publisher_list::other_tables(&document).is_empty() {
        return Err(not_understood());
    }
    let rows = publisher_list::rows(&document)?;
    if rows.is_empty() != has(&document, NO_PUBLISHERS) {
        return Err(not_understood());
    }
    // A row that names a project is a pending publisher's, which is no project's yet.
    let listed = rows.into_iter().map(|row| row.project_name.is_none().then_some(row.listed));
    let root = document.root_element();
    Ok(PublishingPage {
        publishers: listed.collect::<Option<Vec<ListedPublisher>>>().ok_or_else(not_understood)?,
        providers: forms::providers(root)?,
        gitlab_instances: forms::gitlab_instances(root)?,
    })
}
