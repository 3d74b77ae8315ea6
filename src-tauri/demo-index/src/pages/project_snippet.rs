//! One project in the list.

use maud::{Markup, html};
use trustdesk_domain::normalize_project_name;

use super::date::date;
use super::projects::Listed;
use crate::state::Project;

pub(crate) fn snippet(listed: &Listed<'_>, user: &str) -> Markup {
    let Listed { project, managed } = *listed;
    let manage = format!("/manage/project/{}", normalize_project_name(&project.name));
    html! {
        div class="package-snippet" {
            div class="split-layout split-layout--no-wrap split-layout--wrap-on-tablet" {
                div {
                    h3 class="package-snippet__title" {
                        (project.name)
                        @if let Some(organization) = &project.organization {
                            a href={ "/manage/organization/" (organization) "/projects/" }
                                class="badge" { i class="fa fa-sitemap" aria-hidden="true" {} (organization) }
                        }
                        @if project.is_owned_by_alone(user) {
                            a href={ (manage) "/collaboration/" } class="badge badge--warning" { "Sole owner" }
                        }
                    }
                    p class="package-snippet__meta" {
                        @if project.released_at_ms.is_some() { "Last released " } @else { "Created " }
                        (date(project.shown_at_ms()))
                    }
                    @if project.released_at_ms.is_some() {
                        p class="package-snippet__description" { (project.summary) }
                    }
                }
                (buttons(project, managed, &manage))
            }
        }
    }
}

fn buttons(project: &Project, managed: bool, manage: &str) -> Markup {
    html! {
        div class="package-snippet__buttons" {
            @if managed {
                a href={ (manage) "/releases/" } class="button button--primary"
                    title="Manage this project" { "Manage" }
            } @else {
                button class="button button--primary" disabled
                    title="You are not an owner of this project" { "Manage" }
            }
            @if project.released_at_ms.is_some() {
                a href={ "/project/" (normalize_project_name(&project.name)) "/" } class="button"
                    title="View this project's public page" { "View" }
            } @else {
                button class="button" disabled title="This project has no releases" { "View" }
            }
        }
    }
}
