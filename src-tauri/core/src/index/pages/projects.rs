//! *Your projects* (protocol 4.4).

use scraper::{ElementRef, Html};
use time::OffsetDateTime;
use time::macros::format_description;

use super::html::{all, first, has, text};
use crate::domain::{Project, ProjectDate, ProjectDateKind, normalize_project_name};
use crate::index::Error;

/// Every project on the page, in its order: active ones first, archived ones after.
///
/// # Errors
/// The page is not the list of projects, or a row of it cannot be read.
pub fn projects(body: &str) -> Result<Vec<Project>, Error> {
    let document = Html::parse_document(body);
    if !has(&document, THIS_PAGE) {
        return Err(Error::PageNotUnderstood("your projects"));
    }
    let lists = all(document.root_element(), "main#content div.package-list");
    let mut archived = false;
    let mut projects = Vec::new();
    for list in lists {
        if first(list, INVITATION).is_some() {
            continue;
        }
        for snippet in all(list, "div.package-snippet") {
            projects.push(project(snippet, archived)?);
        }
        // After the invitations come the active projects, then the archived ones (an empty list of
        // active ones is there all the same).
        archived = true;
    }
    Ok(projects)
}

/// The account's own sidebar marks the page that one is on.
const THIS_PAGE: &str = "a.vertical-tabs__tab--is-active[href=\"/manage/projects/\"]";
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
    Ok(Project {
        normalized_name: normalize_project_name(&name),
        organization: first(title, "a.badge[href^=\"/manage/organization/\"]").and_then(text),
        sole_owner: first(title, "a.badge--warning[href$=\"/collaboration/\"]").is_some(),
        date: at_ms(snippet).map(|at_ms| ProjectDate { kind, at_ms }),
        summary: first(snippet, "p.package-snippet__description").and_then(text),
        archived,
        can_manage: first(snippet, manage).is_some(),
        has_page,
        name,
    })
}

fn at_ms(snippet: ElementRef<'_>) -> Option<i64> {
    let format = format_description!(
        "[year]-[month]-[day]T[hour]:[minute]:[second][offset_hour sign:mandatory][offset_minute]"
    );
    let time = first(snippet, "p.package-snippet__meta time[datetime]")?;
    let moment = OffsetDateTime::parse(time.value().attr("datetime")?, format).ok()?;
    Some(moment.unix_timestamp() * 1000)
}
