//! A project's page *Trusted Publisher Management*: what is registered, then the forms to add one.

use maud::{Markup, html};
use trustdesk_core::domain::{ListedPublisher, normalize_project_name};

use super::layout;
use super::provider_tabs::{self, Typed};
use super::publisher_row::row;
use crate::state::{Project, Status};

/// What the page shows.
pub(crate) struct Publishing<'a> {
    pub(crate) project: &'a Project,
    pub(crate) publishers: &'a [ListedPublisher],
    pub(crate) csrf_token: &'a str,
    pub(crate) typed: &'a Typed,
}

pub(crate) fn page(publishing: &Publishing<'_>) -> Markup {
    let project = publishing.project;
    let manage = format!("/manage/project/{}", project.name);
    let action = format!("{manage}/settings/publishing/");
    let main = html! {
        div class="tabs-container" {
            nav aria-label="Breadcrumbs" class="breadcrumbs" { ul {
                li class="breadcrumbs__breadcrumb" { a href="/manage/projects/" { "Your account" } }
                li class="breadcrumbs__breadcrumb" { (project.name) }
            } }
            div class="vertical-tabs" {
                (sidebar(&project.name, &manage))
                div class="vertical-tabs__panel" { div class="vertical-tabs__content" {
                    @if project.status == Status::Archived {
                        div class="callout-block callout-block--neutral" {
                            p { "This project has been archived." }
                        }
                    }
                    a class="package-snippet package-snippet--margin-bottom"
                        href={ "/project/" (normalize_project_name(&project.name)) "/" } {
                        h1 class="package-snippet__title package-snippet__title--page-title" {
                            (project.name)
                        }
                        @if project.released_at_ms.is_some() {
                            p class="package-snippet__description" { (project.summary) }
                        }
                    }
                    section {
                        h1 class="page-title" { "Trusted Publisher Management" }
                        p { "A trusted publisher publishes this project with short-lived tokens instead of a password." }
                        h2 { "Manage current publishers" }
                        (list(publishing, &action))
                    }
                    section {
                        h2 class="no-bottom-padding" { "Add a new publisher" }
                        (provider_tabs::tabs(&action, publishing.csrf_token, publishing.typed))
                    }
                } }
            }
        }
    };
    layout::page("Trusted Publisher Management", &main)
}

fn list(publishing: &Publishing<'_>, action: &str) -> Markup {
    if publishing.publishers.is_empty() {
        return html! {
            p class="no-bottom-padding" { "No publishers are currently configured." }
        };
    }
    html! {
        table class="table table--publisher-list" {
            caption class="sr-only" { "Trusted publishers of " (publishing.project.name) }
            thead { tr { th scope="col" { "Publisher" } th scope="col" { "Details" } th {} } }
            tbody {
                @for listed in publishing.publishers {
                    (row(listed, action, publishing.csrf_token))
                }
            }
        }
    }
}

fn sidebar(name: &str, manage: &str) -> Markup {
    let tab = |path: &str, text: &str| {
        html! {
            li { a href={ (manage) (path) } class="vertical-tabs__tab" { (text) } }
        }
    };
    html! {
        div class="vertical-tabs__tabs" {
            nav aria-label={ "Navigation for managing " (name) } {
                ul class="vertical-tabs__list" {
                    (tab("/releases/", "Releases"))
                    (tab("/collaboration/", "Collaborators"))
                    (tab("/history/", "Security history"))
                    (tab("/settings/publishing/", "Publishing"))
                    (tab("/settings/", "Settings"))
                }
            }
        }
    }
}
