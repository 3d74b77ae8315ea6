//! A project's *Publishing* page (protocol 4.2).

use scraper::{ElementRef, Html};

use super::asked::Asked;
use super::html::all;
use super::kind::document;
use super::{forms, publisher_list};
use crate::index::Error;
use trustdesk_domain::{ListedPublisher, PublishingPage};

/// Reads the page of a project, under any spelling of its name.
///
/// # Errors
/// The page is not that project's, ends before its end, or its list cannot be read. An empty list is only
/// believed on a page that says so and has nothing that could be one.
pub fn publishing(body: &str, project: &str) -> Result<PublishingPage, Error> {
    let document = document(body, &Asked::publishing(project), "publishing")?;
    let not_understood = || Error::PageNotUnderstood("the list of publishers");
    if !publisher_list::other_tables(&document).is_empty() {
        return Err(not_understood());
    }
    let rows = publisher_list::rows(&document)?;
    if rows.is_empty() != says_none(&document) {
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

/// Whether the words *No publishers are currently configured* stand in the list's place: right behind the
/// list's heading.
fn says_none(document: &Html) -> bool {
    let words = all(document.root_element(), "main#content section p.no-bottom-padding");
    words.into_iter().any(|words| {
        let before = words.prev_siblings().find_map(ElementRef::wrap);
        before.is_some_and(|before| before.value().name() == "h2")
    })
}
