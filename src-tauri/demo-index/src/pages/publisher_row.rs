//! One row of the list of publishers, and the dialog that asks before it is removed. As in Warehouse
//! the dialog stands between the table's rows, where a browser's parser tears its form apart: what a
//! client may rely on is the row's link.

use maud::{Markup, html};
use trustdesk_domain::Publisher;

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

/// The labels are Warehouse's own, which it never translates, and so is the padding: what stands
/// between it is the value as it is stored, to its white space.
fn details(publisher: &Publisher, language: Language) -> Markup {
    let lines: Vec<Markup> = match publisher {
        Publisher::Github(github) => vec![
            linked("Repository:", &format!("{}/{}", github.owner, github.repository), publisher),
            text("Workflow:", &github.workflow_filename),
            text_or_any("Environment name:", github.environment.as_deref(), language),
        ],
        Publisher::Gitlab(gitlab) => vec![
            linked("Project:", &format!("{}/{}", gitlab.namespace, gitlab.project), publisher),
            text("Top-level pipeline:", &gitlab.workflow_filepath),
            text_or_any("Environment name:", gitlab.environment.as_deref(), language),
            text("Issuer:", &gitlab.issuer_url),
        ],
        Publisher::Google(google) => vec![
            text("Email:", &google.email),
            text_or_any("Subject:", google.sub.as_deref(), language),
        ],
        Publisher::Activestate(activestate) => vec![
            text("Organization:", &activestate.organization),
            linked("ActiveState Project:", &activestate.project, publisher),
            text("Actor:", &activestate.actor),
            html! {},
        ],
        // A provider or a line that Warehouse does not have yet.
        Publisher::Other { details, .. } if details.is_empty() => vec![html! { "-" }],
        Publisher::Other { details, .. } => details
            .iter()
            .map(|line| text_or_any(&format!("{}:", line.label), line.value.as_deref(), language))
            .collect(),
    };
    html! {
        "\n"
        @for (at, line) in lines.iter().enumerate() {
            @if at > 0 { "          " br; "\n" }
            @if !line.0.is_empty() { "          " (line) "\n" }
        }
        "      "
    }
}

fn text(label: &str, value: &str) -> Markup {
    html! { b { (label) } " " (value) }
}

fn text_or_any(label: &str, value: Option<&str>, language: Language) -> Markup {
    html! {
        b { (label) } "\n            "
        @if let Some(value) = value { (value) } @else { i { (language.any()) } }
    }
}

fn linked(label: &str, value: &str, publisher: &Publisher) -> Markup {
    html! { b { (label) } " " a href=(address(publisher)) { (value) } }
}
