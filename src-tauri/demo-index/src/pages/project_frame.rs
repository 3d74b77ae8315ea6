//! What every page of one project has around its content: where one is, the project's other pages, the
//! project itself.

use maud::{Markup, html};
use trustdesk_domain::normalize_project_name;

use crate::state::{Project, Status};

/// The project's pages, as its sidebar names them.
const TABS: &[(&str, &str)] = &[
    ("releases/", "Releases"),
    ("collaboration/", "Collaborators"),
    ("history/", "Security history"),
    ("settings/publishing/", "Publishing"),
    ("settings/", "Settings"),
];

/// The content of the page with this path below the project's.
pub(crate) fn frame(project: &Project, path: &str, content: &Markup) -> Markup {
    html! {
        div class="tabs-container" {
            nav aria-label="Breadcrumbs" class="breadcrumbs" { ul {
                li class="breadcrumbs__breadcrumb" { a href="/manage/projects/" { "Your account" } }
                li class="breadcrumbs__breadcrumb" { (project.name) }
            } }
            div class="vertical-tabs" {
                (sidebar(&project.name, path))
                div class="vertical-tabs__panel" { div class="vertical-tabs__content" {
                    @if project.status == Status::Archived {
                        div class="callout-block callout-block--neutral" {
                            p { "This project has been archived." }
                        }
                    }
                    (snippet(project))
                    (content)
                } }
            }
        }
    }
}

fn snippet(project: &Project) -> Markup {
    html! {
        a class="package-snippet package-snippet--margin-bottom"
            href={ "/project/" (normalize_project_name(&project.name)) "/" } {
            h1 class="package-snippet__title package-snippet__title--page-title" { (project.name) }
            @if project.released_at_ms.is_some() {
                p class="package-snippet__description" { (project.summary) }
            }
        }
    }
}

/// Links name the project as it is looked up, whatever its owner calls it.
fn sidebar(name: &str, shown: &str) -> Markup {
    let path_name = normalize_project_name(name);
    html! {
        div class="vertical-tabs__tabs" {
            nav aria-label={ "Navigation for managing " (name) } {
                ul class="vertical-tabs__list" {
                    @for (path, text) in TABS { li {
                        (tab(&format!("/manage/project/{path_name}/{path}"), text, *path == shown))
                    } }
                }
            }
        }
    }
}

/// One entry of a sidebar.
pub(crate) fn tab(address: &str, text: &str, active: bool) -> Markup {
    html! {
        a href=(address) aria-selected=[active.then_some("true")]
            class={ "vertical-tabs__tab" @if active { " vertical-tabs__tab--is-active" } } { (text) }
    }
}
