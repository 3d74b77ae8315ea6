//! Pending publishers as the account's page and an organization's page show them both: the list, and
//! the section with the forms.

use maud::{Markup, html};

use super::provider_tabs::{self, Tabs};
use super::publisher_row::{Row, row};
use crate::state::Pending;

pub(crate) fn list(pending: &[Pending], tabs: &Tabs<'_>) -> Markup {
    if pending.is_empty() {
        return html! { p class="no-bottom-padding" { "No publisher waits for its project." } };
    }
    html! {
        table class="table table--publisher-list" {
            thead { tr {
                th scope="col" { "Pending project name" }
                th scope="col" { "Publisher" }
                th scope="col" { "Details" }
                th {}
            } }
            tbody {
                @for one in pending {
                    (row(&Row {
                        id: &one.id,
                        publisher: &one.publisher,
                        project_name: Some(&one.project_name),
                        // An organization's are taken back on the account's page too.
                        action: "/manage/account/publishing/",
                        csrf_token: tabs.csrf_token,
                        language: tabs.language,
                    }))
                }
            }
        }
    }
}

pub(crate) fn add(tabs: &Tabs<'_>) -> Markup {
    html! {
        section {
            h2 { "Add a new pending publisher" }
            p { "Its first use creates the project, and then it is a publisher like any other." }
            p class="callout-block callout-block--warning" {
                "The name is not kept for you: until then anybody may take it."
            }
            (provider_tabs::tabs(tabs))
        }
    }
}
