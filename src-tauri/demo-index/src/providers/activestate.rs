//! ActiveState's form, and the look-up of organization and actor.

use maud::{Markup, html};
use trustdesk_domain::{Provider, Verdict};

use super::{ProviderForm, unrefused};
use crate::directory::{activestate_actor_id, activestate_organization};
use crate::pages::fields::{Field, Filled, Need, input};
use crate::pages::provider_tabs::Place;

pub(super) const FORM: ProviderForm =
    ProviderForm { provider: Provider::Activestate, look_up, note, fields };

fn look_up(verdict: &mut Verdict) -> Vec<(&'static str, &'static str)> {
    let ask = |field: &'static str, answer: fn(&str) -> Result<(), &'static str>| {
        let refusal = answer(&unrefused(verdict, field)?).err()?;
        Some((field, refusal))
    };
    let organization = ask("organization", activestate_organization);
    let actor = ask("actor", |actor| activestate_actor_id(actor).map(|_| ()));
    organization.into_iter().chain(actor).collect()
}

fn note() -> Markup {
    html! {
        p {
            "How ActiveState proves who it is: "
            a href="https://docs.activestate.com/platform/start/pypi/" {
                "ActiveState's documentation"
            }
            "."
        }
    }
}

fn fields(filled: &Filled<'_>) -> Markup {
    let label = match filled.place {
        // On such a page "organization" alone would be the index's.
        Place::Organization => "ActiveState Organization",
        Place::Project | Place::Account => "Organization",
    };
    let organization = Field {
        placeholder: "my-organization",
        help: "The organization's name as ActiveState displays it.",
        ..Field::new("organization", label, Need::Required)
    };
    let project = Field {
        placeholder: "my-project",
        help: "The ActiveState project that builds this one.",
        ..Field::new("project", "ActiveState Project name", Need::Required)
    };
    let actor = Field {
        placeholder: "my-username",
        help: "The ActiveState account that starts the build.",
        ..Field::new("actor", "Actor Username", Need::Required)
    };
    html! {
        @for field in [organization, project, actor] { (input(&field, filled)) }
    }
}
