//! One labelled field of a form, its value as it was typed and the messages under it.

use maud::{Markup, Render, html};
use trustdesk_domain::Fields;

use super::provider_tabs::Place;
use crate::language::Language;
use crate::providers::FieldErrors;

/// Whether a field must be filled in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Required,
    Optional,
}

/// A field as the page describes it.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) label_for: &'static str,
    pub(crate) placeholder: &'static str,
    /// `text` or `email`.
    pub(crate) kind: &'static str,
    pub(crate) need: Need,
    pub(crate) help: &'static str,
}

impl Field {
    pub(crate) const fn new(name: &'static str, label: &'static str, need: Need) -> Self {
        Self { name, label, label_for: name, placeholder: "", kind: "text", need, help: "" }
    }
}

/// What was typed, what is wrong with it, and where the form stands.
pub(crate) struct Filled<'a> {
    pub(crate) values: &'a Fields,
    pub(crate) errors: &'a FieldErrors,
    pub(crate) place: Place,
    pub(crate) language: Language,
    /// Whether a link has filled it in.
    pub(crate) linked: bool,
    /// The GitLab instances that can be chosen.
    pub(crate) instances: &'a [String],
}

pub(crate) fn input(field: &Field, filled: &Filled<'_>) -> Markup {
    let value = filled.values.get(field.name).map_or("", String::as_str);
    let required = field.need == Need::Required;
    let control = html! {
        input aria-describedby={ (field.name) "-errors" } autocapitalize="off" autocomplete="off"
            class="form-group__field" id=(field.name) name=(field.name)
            placeholder=(field.placeholder) required[required] spellcheck="false"
            type=(field.kind) value=(value);
    };
    group(field, filled, &control)
}

/// A choice. A single one is not shown, but sent all the same.
pub(crate) fn select(field: &Field, choices: &[String], filled: &Filled<'_>) -> Markup {
    let lone = choices.len() == 1;
    let sent = filled.values.get(field.name);
    // A link that fills in the form and says nothing of it leaves nothing chosen.
    let chosen = sent.or_else(|| choices.first().filter(|_| !filled.linked));
    let control = html! {
        select hidden[lone] aria-describedby=[(!lone).then(|| format!("{}-errors", field.name))]
            class=[(!lone).then_some("form-group__field")] id=(field.name) name=(field.name)
            required {
            @for choice in choices {
                option selected[Some(choice) == chosen] value=(choice) { (choice) }
            }
        }
    };
    if lone { control } else { group(field, filled, &control) }
}

fn group(field: &Field, filled: &Filled<'_>, control: &Markup) -> Markup {
    let errors_id = format!("{}-errors", field.name);
    html! {
        div class="form-group" {
            label for=(field.label_for) class="form-group__label" {
                (field.label) " "
                span class="form-group__required" {
                    @match field.need {
                        Need::Required => (filled.language.required()),
                        Need::Optional => (filled.language.optional()),
                    }
                }
            }
            (control)
            p class="form-group__help-text" { (field.help) }
            div id=(errors_id) {
                @if let Some(messages) = filled.errors.get(field.name) {
                    (messages_list(Some(&errors_id), messages))
                }
            }
        }
    }
}

/// The messages under a field. Warehouse repeats the id of the list's container on the list.
pub(crate) fn messages_list(id: Option<&str>, messages: &[impl Render]) -> Markup {
    html! {
        ul id=[id] class="form-errors" role="alert" {
            @for message in messages { li { (message) } }
        }
    }
}

pub(crate) fn hidden(name: &str, value: &str) -> Markup {
    html! { input name=(name) type="hidden" value=(value); }
}
