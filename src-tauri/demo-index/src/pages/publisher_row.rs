//! One row of the list of publishers, and the dialog that asks before it is removed. As in Warehouse
//! the dialog stands between the table's rows, where a browser's parser tears its form apart: what a
//! client may rely on is the row's link.

use maud::{Markup, html};
use trustdesk_core::domain::Publisher;

use super::fields::hidden;
use crate::language::Language;
use crate::providers::address;

/// One row.
pub(crate) struct Row<'a> {
    pub(crate) id: &'a str,
    pub(crate) publisher: &'a Publisher,
    /// Pending publishers name the project that they wait for.
    pub(crate) project_name: Option<&'a str>,
    /// Where its removal is sent.
    pub(crate) action: &'a str,
    pub(crate) csrf_token: &'a str,
    pub(crate) language: Language,
}

pub(crate) fn row(row: &Row<'_>) -> Markup {
    let anchor = format!("remove-publisher-{}", row.id);
    html! {
        tr {
            @if let Some(name) = row.project_name { td scope="row" { (name) } }
            td scope="row" { (row.publisher.provider_name()) }
            td scope="row" { small { (details(row.publisher, row.language)) } }
            td scope="row" { a href={ "#" (anchor) } class="button button--danger" { "Remove" } }
        }
        (dialog(row, &anchor))
    }
}

fn dialog(row: &Row<'_>, anchor: &str) -> Markup {
    html! {
        div id=(anchor) class="modal" data-controller="modal-close" {
            div class="modal__content" role="dialog" {
                a href="#modal-close" title="Close" class="modal__close" { "×" }
                form method="POST" class="modal__form" action=(row.action) {
                    (hidden("csrf_token", row.csrf_token))
                    div class="modal__body" {
                        h3 class="modal__title" { "Remove this publisher?" }
                        p { "From then on it gets no tokens here." }
                        div class="form-group" { (hidden("publisher_id", row.id)) }
                    }
                    div class="modal__footer" {
                        button type="reset" class="button modal__action js-cancel" { "Cancel" }
                        button type="submit" class="button button--danger modal__action js-confirm" {
                            "Remove publisher"
                        }
                    }
                }
            }
        }
    }
}

/// The labels are Warehouse's own, which it never translates.
fn details(publisher: &Publisher, language: Language) -> Markup {
    let text_or_any = |label: &str, value: Option<&str>| text_or_any(label, value, language);
    match publisher {
        Publisher::Github(github) => html! {
            (linked("Repository:", &format!("{}/{}", github.owner, github.repository), publisher)) br;
            (text("Workflow:", &github.workflow_filename)) br;
            (text_or_any("Environment name:", github.environment.as_deref()))
        },
        Publisher::Gitlab(gitlab) => html! {
            (linked("Project:", &format!("{}/{}", gitlab.namespace, gitlab.project), publisher)) br;
            (text("Top-level pipeline:", &gitlab.workflow_filepath)) br;
            (text_or_any("Environment name:", gitlab.environment.as_deref())) br;
            (text("Issuer:", &gitlab.issuer_url))
        },
        Publisher::Google(google) => html! {
            (text("Email:", &google.email)) br;
            (text_or_any("Subject:", google.sub.as_deref()))
        },
        Publisher::Activestate(activestate) => html! {
            (text("Organization:", &activestate.organization)) br;
            (linked("ActiveState Project:", &activestate.project, publisher)) br;
            (text("Actor:", &activestate.actor)) br;
        },
        Publisher::Other { .. } => html! { "-" },
    }
}

fn text(label: &str, value: &str) -> Markup {
    html! { b { (label) } " " (value) "\n          " }
}

fn text_or_any(label: &str, value: Option<&str>, language: Language) -> Markup {
    html! { b { (label) } "\n            " @if let Some(value) = value { (value) } @else { i { (language.any()) } } "\n      " }
}

fn linked(label: &str, value: &str, publisher: &Publisher) -> Markup {
    html! { b { (label) } " " a href=(address(publisher)) { (value) } "\n" }
}
