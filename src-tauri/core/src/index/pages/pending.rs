//! The *Publishing* page of an account or an organization (protocol 3.6, 4.2).

use scraper::{ElementRef, Html};

use super::asked::Asked;
use super::html::{first, text};
use super::kind::document;
use super::publisher_row::Row;
use super::{forms, html, publisher_list};
use crate::index::Error;
use trustdesk_domain::{PendingOwner, PendingPage, PendingPublisher, normalize_project_name};

/// Reads the page of the account or of an organization.
///
/// # Errors
/// The page is not this owner's, ends before its end, or one of its lists cannot be read.
pub fn pending(body: &str, owner: &PendingOwner) -> Result<PendingPage, Error> {
    let asked = match owner {
        PendingOwner::Account => Asked::AccountPublishing,
        PendingOwner::Organization(name) => Asked::organization_publishing(name),
    };
    let document = document(body, &asked, "pending publishers")?;
    let root = document.root_element();
    let rows = publisher_list::rows(&document)?.into_iter().map(pending_publisher);
    let not_understood = || Error::PageNotUnderstood("the list of pending publishers");
    Ok(PendingPage {
        owner: owner.clone(),
        pending: rows.collect::<Option<_>>().ok_or_else(not_understood)?,
        providers: forms::providers(root)?,
        gitlab_instances: forms::gitlab_instances(root)?,
        projects: projects(&document)?,
    })
}

fn pending_publisher(row: Row) -> Option<PendingPublisher> {
    let Row { project_name, listed } = row;
    let publisher = listed.publisher;
    Some(PendingPublisher { id: listed.id, project_name: project_name?, publisher })
}

/// *Projects with active publishers*: the only other table, absent if there is none.
fn projects(document: &Html) -> Result<Vec<String>, Error> {
    let name = |row: ElementRef<'_>| {
        let manage = "a[href^=\"/manage/project/\"][href$=\"/settings/publishing/\"]";
        first(row, manage)?;
        text(first(row, "td")?).map(|name| normalize_project_name(&name))
    };
    let not_understood = || Error::PageNotUnderstood("the projects with publishers");
    match publisher_list::other_tables(document).as_slice() {
        [] => Ok(Vec::new()),
        [table] => {
            let rows = html::all(*table, "tbody tr");
            rows.into_iter().map(name).collect::<Option<_>>().ok_or_else(not_understood)
        }
        _ => Err(not_understood()),
    }
}
