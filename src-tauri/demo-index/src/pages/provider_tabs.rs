//! The tabs with one form a provider. After a failed POST, or from a prefilled link, equal-named fields
//! of all of them hold what was sent; the messages stand under the fields of one.

use maud::{Markup, html};
use trustdesk_domain::{Fields, Provider};

use super::fields::{Field, Filled, Need, hidden, input};
use crate::flags::Flags;
use crate::language::Language;
use crate::providers::{FORMS, FieldErrors, ProviderForm};

/// The page that the forms stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Project,
    Account,
    Organization,
}

impl Place {
    /// Whether the forms ask for a project that does not exist yet.
    pub(crate) fn is_pending(self) -> bool {
        self != Self::Project
    }
}

/// What stands in the forms.
#[derive(Default)]
pub(crate) struct Typed {
    pub(crate) values: Fields,
    /// What is wrong, and in whose form.
    pub(crate) refused: Option<(Provider, FieldErrors)>,
    /// Whose form a link has filled in.
    pub(crate) prefilled: Option<Provider>,
}

/// What the tabs show.
pub(crate) struct Tabs<'a> {
    pub(crate) place: Place,
    /// The page's own path.
    pub(crate) action: &'a str,
    pub(crate) csrf_token: &'a str,
    pub(crate) language: Language,
    pub(crate) flags: &'a Flags,
    /// The GitLab instances that can be chosen.
    pub(crate) instances: &'a [String],
    pub(crate) typed: &'a Typed,
}

/// A provider that is switched off has neither tab nor form.
pub(crate) fn tabs(tabs: &Tabs<'_>) -> Markup {
    let forms: Vec<_> = FORMS.iter().filter(|form| tabs.flags.allows(form.provider)).collect();
    let prefilled = |form: &ProviderForm| tabs.typed.prefilled == Some(form.provider);
    html! {
        div class="horizontal-tabs" data-controller="horizontal-tabs" data-horizontal-tabs-index="0" {
            div class="horizontal-tabs__tabbar" {
                @for (number, form) in forms.iter().enumerate() {
                    button class={ "tab" @if number == 0 { " is-active" } }
                        data-horizontal-tabs-target={
                            "tab" @if prefilled(form) { " prefilledTab" }
                        } {
                        (form.provider.name())
                    }
                }
            }
            @for form in &forms { (panel(form, tabs)) }
        }
    }
}

fn panel(form: &ProviderForm, tabs: &Tabs<'_>) -> Markup {
    let (none, nothing) = (FieldErrors::new(), Fields::new());
    let Typed { values, refused, prefilled } = tabs.typed;
    let refused = refused.as_ref().filter(|(provider, _)| *provider == form.provider);
    let errors = refused.map(|(_, errors)| errors);
    let mine = prefilled.is_none_or(|provider| provider == form.provider);
    let filled = Filled {
        values: if mine { values } else { &nothing },
        errors: errors.unwrap_or(&none),
        place: tabs.place,
        language: tabs.language,
        linked: *prefilled == Some(form.provider),
        instances: tabs.instances,
    };
    let pending = tabs.place.is_pending();
    html! {
        div class="horizontal-tabs__tabcontent" data-horizontal-tabs-target="tabPanel" {
            @if filled.linked {
                div id="prefilled-warning" class="callout-block callout-block--warning" {
                    p { "A link has filled in this form. Read it before you send it." }
                }
            }
            ((form.note)())
            @if errors.is_some() { div id="errors" {} }
            form id={ @if pending { "pending-" } (form.provider.key()) "-publisher-form" }
                method="post" action={ (tabs.action) "#errors" } {
                (hidden("csrf_token", tabs.csrf_token))
                @if pending { (input(&project_name(), &filled)) }
                ((form.fields)(&filled))
                div { input type="submit" value="Add" class="button button--primary"; }
            }
        }
    }
}

fn project_name() -> Field {
    Field {
        placeholder: "project name",
        help: "The project that the first use of this publisher creates.",
        ..Field::new("project_name", "PyPI Project Name", Need::Required)
    }
}
