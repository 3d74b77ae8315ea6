//! The account's page *Trusted Publisher Management*: which projects have publishers, which publishers
//! wait for a project, and the forms to ask for one.

use maud::{Markup, html};

use super::layout;
use super::pending_list::{add, list};
use super::project_frame::tab;
use super::provider_tabs::Tabs;
use crate::state::{self, Project};

/// What the page shows.
pub(crate) struct Pending<'a> {
    /// Own projects with publishers.
    pub(crate) active: &'a [&'a Project],
    pub(crate) pending: &'a [state::Pending],
    pub(crate) tabs: &'a Tabs<'a>,
}

pub(crate) fn page(pending: &Pending<'_>) -> Markup {
    let main = html! {
        div class="tabs-container" {
            nav aria-label="Breadcrumbs" class="breadcrumbs" {
                ul { li class="breadcrumbs__breadcrumb" { "Your account" } }
            }
            div class="vertical-tabs" {
                div class="vertical-tabs__tabs" {
                    nav aria-label="Account navigation" { ul class="vertical-tabs__list" {
                        li { (tab("/manage/projects/", "Your projects", false)) }
                        li { (tab("/manage/account/publishing/", "Publishing", true)) }
                    } }
                }
                div class="vertical-tabs__panel" { div class="vertical-tabs__content" {
                    section {
                        h1 class="page-title" { "Trusted Publisher Management" }
                        h2 class="no-bottom-padding" { "Manage publishers" }
                        h3 { "Projects with active publishers" }
                        (projects(pending.active))
                        h3 { "Pending publishers" }
                        (list(pending.pending, pending.tabs))
                    }
                    (add(pending.tabs))
                } }
            }
        }
    };
    layout::page_in(pending.tabs.language, "Trusted Publisher Management", &main)
}

fn projects(active: &[&Project]) -> Markup {
    if active.is_empty() {
        return html! {
            p class="no-bottom-padding" { "None of your projects has a publisher." }
        };
    }
    html! {
        table class="table" {
            thead { tr { th scope="col" { "Project" } th {} } }
            tbody {
                @for project in active {
                    tr {
                        td scope="row" { (project.name) }
                        td scope="row" {
                            a href={ "/manage/project/" (project.name) "/settings/publishing/" }
                                class="button button--primary" { "Manage" }
                        }
                    }
                }
            }
        }
    }
}
