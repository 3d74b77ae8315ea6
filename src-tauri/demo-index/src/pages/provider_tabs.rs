//! The tabs with one form a provider. After a failed POST, or from a prefilled link, equal-named fields
//! of all of them hold what was sent; the messages stand under the fields of one.

use maud::{Markup, html};
use trustdesk_core::domain::{Fields, Provider};

use super::fields::{Filled, hidden};
use crate::providers::{FORMS, FieldErrors, ProviderForm};

/// What stands in the forms.
#[derive(Default)]
pub(crate) struct Typed {
    pub(crate) values: Fields,
    /// What is wrong, and in whose form.
    pub(crate) refused: Option<(Provider, FieldErrors)>,
    /// Whose form a link has filled in.
    pub(crate) prefilled: Option<Provider>,
}

pub(crate) fn tabs(action: &str, csrf_token: &str, typed: &Typed) -> Markup {
    let refused = typed.refused.as_ref().map(|(provider, _)| *provider);
    let shown = refused.or(typed.prefilled);
    let index = FORMS.iter().position(|form| Some(form.provider) == shown).unwrap_or_default();
    html! {
        div class="horizontal-tabs" data-controller="horizontal-tabs"
            data-horizontal-tabs-index=(index) {
            div class="horizontal-tabs__tabbar" {
                @for (number, form) in FORMS.iter().enumerate() {
                    button data-horizontal-tabs-target="tab"
                        class={ "tab" @if number == index { " is-active" } } {
                        (form.provider.name())
                    }
                }
            }
            @for form in FORMS { (panel(form, action, csrf_token, typed)) }
        }
    }
}

fn panel(form: &ProviderForm, action: &str, csrf_token: &str, typed: &Typed) -> Markup {
    let none = FieldErrors::new();
    let refused = typed.refused.as_ref().filter(|(provider, _)| *provider == form.provider);
    let errors = refused.map(|(_, errors)| errors);
    let mine = typed.prefilled.is_none_or(|provider| provider == form.provider);
    let nothing = Fields::new();
    let filled = Filled {
        values: if mine { &typed.values } else { &nothing },
        errors: errors.unwrap_or(&none),
    };
    html! {
        div class="horizontal-tabs__tabcontent" data-horizontal-tabs-target="tabPanel" {
            @if typed.prefilled == Some(form.provider) {
                div id="prefilled-warning" class="callout-block callout-block--warning" {
                    p { "A link has filled in this form. Read it before you send it." }
                }
            }
            ((form.note)())
            @if errors.is_some() { div id="errors" {} }
            form id={ (form.provider.key()) "-publisher-form" } method="post"
                action={ (action) "#errors" } {
                (hidden("csrf_token", csrf_token))
                ((form.fields)(&filled))
                div { input type="submit" value="Add" class="button button--primary"; }
            }
        }
    }
}
