//! One labelled text field of a form, its value as it was typed and the messages under it.

use maud::{Markup, html};
use trustdesk_core::domain::Fields;

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
    pub(crate) placeholder: &'static str,
    pub(crate) need: Need,
    pub(crate) help: &'static str,
}

/// What was typed and what is wrong with it.
pub(crate) struct Filled<'a> {
    pub(crate) values: &'a Fields,
    pub(crate) errors: &'a FieldErrors,
}

pub(crate) fn input(field: &Field, filled: &Filled<'_>) -> Markup {
    let errors_id = format!("{}-errors", field.name);
    let value = filled.values.get(field.name).map_or("", String::as_str);
    let required = field.need == Need::Required;
    html! {
        div class="form-group" {
            label for=(field.name) class="form-group__label" {
                (field.label) " "
                span class="form-group__required" {
                    @if required { "(required)" } @else { "(optional)" }
                }
            }
            input aria-describedby=(errors_id) autocapitalize="off" autocomplete="off"
                class="form-group__field" id=(field.name) name=(field.name)
                placeholder=(field.placeholder) required[required] spellcheck="false"
                type="text" value=(value);
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
pub(crate) fn messages_list(id: Option<&str>, messages: &[String]) -> Markup {
    html! {
        ul id=[id] class="form-errors" role="alert" {
            @for message in messages { li { (message) } }
        }
    }
}

pub(crate) fn hidden(name: &str, value: &str) -> Markup {
    html! { input name=(name) type="hidden" value=(value); }
}
