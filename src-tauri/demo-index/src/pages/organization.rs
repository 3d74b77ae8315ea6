//! An organization's page of pending publishers.

use maud::{Markup, html};

use super::layout;
use super::pending_list::{add, list};
use super::project_frame::tab;
use super::provider_tabs::Tabs;
use crate::state::{self, Organization};

/// What the page shows.
pub(crate) struct Pending<'a> {
    pub(crate) organization: &'a Organization,
    pub(crate) pending: &'a [state::Pending],
    pub(crate) tabs: &'a Tabs<'a>,
}

pub(crate) fn page(pending: &Pending<'_>) -> Markup {
    let Organization { name, display_name, .. } = pending.organization;
    let main = html! {
        div class="tabs-container" {
            nav aria-label="Breadcrumbs" class="breadcrumbs" {
                ul { li class="breadcrumbs__breadcrumb" { (name) } }
            }
            div class="vertical-tabs" {
                div class="vertical-tabs__tabs" {
                    nav aria-label={ "Navigation for managing " (name) } {
                        ul class="vertical-tabs__list" {
                            li {
                                (tab(&format!("/manage/organization/{name}/publishing/"), "Publishing", true))
                            }
                        }
                    }
                }
                div class="vertical-tabs__panel" { div class="vertical-tabs__content" {
                    div class="organization-snippet organization-snippet--margin-bottom" {
                        h1 class="organization-snippet__title organization-snippet__title--page-title" {
                            (name)
                        }
                        p class="organization-snippet__description" { (display_name) }
                    }
                    section {
                        h1 class="page-title" { "Trusted Publisher Management" }
                        h3 { "Pending publishers" }
                        (list(pending.pending, pending.tabs))
                    }
                    (add(pending.tabs))
                } }
            }
        }
    };
    let title = format!("Trusted Publisher Management for '{name}'");
    layout::page_in(pending.tabs.language, &title, &main)
}
