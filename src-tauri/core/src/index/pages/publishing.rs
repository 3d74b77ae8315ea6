//! A project's *Publishing* page (protocol 4.2).

use super::kind::{PageKind, document};
use super::{forms, publisher_list};
use crate::domain::{ListedPublisher, PublishingPage};
use crate::index::Error;

/// Reads a project's page.
///
/// # Errors
/// The page is no project's, ends before its end, or its list cannot be read. An empty list is only
/// believed on a page that has nothing that could be one.
pub fn publishing(body: &str) -> Result<PublishingPage, Error> {
    let document = document(body, PageKind::Publishing, "publishing")?;
    let not_understood = || Error::PageNotUnderstood("the list of publishers");
    if !publisher_list::other_tables(&document).is_empty() {
        return Err(not_understood());
    }
    let rows = publisher_list::rows(&document)?.into_iter();
    // A row that names a project is a pending publisher's, which is no project's yet.
    let listed = rows.map(|row| row.project_name.is_none().then_some(row.listed));
    let root = document.root_element();
    Ok(PublishingPage {
        publishers: listed.collect::<Option<Vec<ListedPublisher>>>().ok_or_else(not_understood)?,
        providers: forms::providers(root),
        gitlab_instances: forms::gitlab_instances(root),
    })
}
