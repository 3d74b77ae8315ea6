//! *Your projects* (protocol 4.4).

use scraper::ElementRef;

use super::asked::Asked;
use super::html::{all, at_ms, first, text};
use super::kind::document;
use crate::index::Error;
use trustdesk_domain::{Project, ProjectDate, ProjectDateKind, normalize_project_name};

/// Every project on the page, in its order: active ones first, archived ones after.
///
/// # Errors
/// The page is not the list of projects, ends before its end, or a row of it cannot be read.
pub fn projects(body: &str) -> Result<Vec<Project>, Error> {
    let document = document(body, &Asked::Projects, "your projects")?;
    let root = document.root_element();
    let lists = all(root, "main#content div.package-list");
    let mut archived = false;
    let mut projects = Vec::new();
    let mut seen = 0;
    for list in &lists {
        let snippets = all(*list, "div.package-snippet");
        seen += snippets.len();
        if first(*list, INVITATION).is_some() {
            continue;
        }
        for snippet in snippets {
            projects.push(project(snippet, archived)?);
        }
        // After the invitations come the active projects, then the archived ones (an empty list of
        // active ones is there all the same).
        archived = true;
    }
    // Even an account without projects has a list, and no project stands outside of one.
    let is_outside = all(root, "main#content h3.package-snippet__title").len() > seen;
    let all_seen = seen == all(root, "main#content div.package-snippet").len();
    if lists.is_empty() || is_outside || !all_seen {
        return Err(Error::PageNotUnderstood("the lists of your projects"));
    }
    Ok(projects)
}

const INVITATION: &str = "form[action=\"/account/verify-project-role/\"]";

fn project(snippet: ElementRef<'_>, archived: bool) -> Result<Project, Error> {
    let not_understood = || Error::PageNotUnderstood("a row of your projects");
    let title = first(snippet, "h3.package-snippet__title").ok_or_else(not_understood)?;
    let name = title
        .children()
        .find_map(|child| child.value().as_text().map(|text| text.trim().to_owned()))
        .filter(|name| !name.is_empty())
        .ok_or_else(not_understood)?;
    let manage = ".package-snippet__buttons a[href^=\"/manage/project/\"]";
    let has_page = first(snippet, ".package-snippet__buttons a[href^=\"/project/\"]").is_some();
    // The words *Last released* and *Created* are translated; only what was released has a page.
    let kind = if has_page { ProjectDateKind::Released } else { ProjectDateKind::Created };
    let time = first(snippet, "p.package-snippet__meta time[datetime]");
    Ok(Project {
        normalized_name: normalize_project_name(&name),
        organization: first(title, "a.badge[href^=\"/manage/organization/\"]").and_then(text),
        sole_owner: first(title, "a.badge--warning[href$=\"/collaboration/\"]").is_some(),
        date: time.and_then(at_ms).map(|at_ms| ProjectDate { kind, at_ms }),
        summary: first(snippet, "p.package-snippet__description").and_then(text),
        archived,
        can_manage: first(snippet, manage).is_some(),
        has_page,
        name,
    })
}
