//! The list of the account's projects: the active ones, then the archived ones.

use maud::{Markup, html};

use super::layout;
use super::project_snippet::snippet;
use crate::state::Project;

/// A project of the list.
pub(crate) struct Listed<'a> {
    pub(crate) project: &'a Project,
    /// Whether the user may manage it.
    pub(crate) managed: bool,
}

pub(crate) fn page(user: &str, active: &[Listed<'_>], archived: &[Listed<'_>]) -> Markup {
    let main = html! {
        div class="tabs-container" {
            nav aria-label="Breadcrumbs" class="breadcrumbs" {
                ul { li class="breadcrumbs__breadcrumb" { "Your account" } }
            }
            div class="vertical-tabs" {
                div class="vertical-tabs__tabs" {
                    a class="vertical-tabs__tab vertical-tabs__tab--is-active"
                        href="/manage/projects/" { "Your projects" }
                }
                div class="vertical-tabs__panel" { div class="vertical-tabs__content" {
                    (heading("Active Projects", active.len()))
                    div class="package-list" {
                        @if active.is_empty() {
                            div class="callout-block no-top-margin" { p { "No project yet." } }
                        }
                        @for project in active { (snippet(project, user)) }
                    }
                    @if !archived.is_empty() {
                        (heading("Archived Projects", archived.len()))
                        div class="package-list" {
                            @for project in archived { (snippet(project, user)) }
                        }
                    }
                } }
            }
        }
    };
    layout::page("Your projects", &main)
}

fn heading(text: &str, count: usize) -> Markup {
    html! { h1 class="page-title" { (text) " " span class="badge badge--neutral" { (count) } } }
}
