//! A project's page *Trusted Publisher Management*: what is registered, then the forms to add one.

use maud::{Markup, html};
use trustdesk_domain::ListedPublisher;

use super::constrain_dialog::{Constrained, dialog};
use super::layout;
use super::project_frame::frame;
use super::provider_tabs::{self, Tabs};
use super::publisher_row::{Row, row};
use crate::state::Project;

/// What the page shows.
pub(crate) struct Publishing<'a> {
    pub(crate) project: &'a Project,
    pub(crate) publishers: &'a [ListedPublisher],
    pub(crate) tabs: &'a Tabs<'a>,
    /// What the open dialog asks about.
    pub(crate) constrained: Option<Constrained<'a>>,
}

pub(crate) fn page(publishing: &Publishing<'_>) -> Markup {
    let content = html! {
        section {
            h1 class="page-title" { "Trusted Publisher Management" }
            p { "A trusted publisher publishes this project with short-lived tokens instead of a password." }
            h2 { "Manage current publishers" }
            (list(publishing))
        }
        section {
            h2 class="no-bottom-padding" { "Add a new publisher" }
            (provider_tabs::tabs(publishing.tabs))
        }
        @if let Some(constrained) = &publishing.constrained {
            (dialog(constrained, publishing.tabs.action, publishing.tabs.csrf_token))
        }
    };
    let main = frame(publishing.project, "settings/publishing/", &content);
    layout::page_in(publishing.tabs.language, "Trusted Publisher Management", &main)
}

fn list(publishing: &Publishing<'_>) -> Markup {
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
                    (row(&Row {
                        id: &listed.id.0,
                        publisher: &listed.publisher,
                        project_name: None,
                        action: publishing.tabs.action,
                        csrf_token: publishing.tabs.csrf_token,
                        language: publishing.tabs.language,
                    }))
                }
            }
        }
    }
}
