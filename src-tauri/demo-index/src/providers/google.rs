//! Google's form. Nobody is asked about it.

use maud::{Markup, html};
use trustdesk_domain::Provider;

use super::ProviderForm;
use crate::pages::fields::{Field, Filled, Need, input};

pub(super) const FORM: ProviderForm =
    ProviderForm { provider: Provider::Google, look_up: |_| Vec::new(), note, fields };

fn note() -> Markup {
    html! {
        p {
            "How Google Cloud proves who it is: "
            a href="https://cloud.google.com/iam/docs/service-account-creds" {
                "Google's documentation"
            }
            "."
        }
    }
}

fn fields(filled: &Filled<'_>) -> Markup {
    let email = Field {
        placeholder: "email",
        kind: "email",
        help: "The account, or better the service account, that publishes.",
        ..Field::new("email", "Email", Need::Required)
    };
    let sub = Field {
        // Warehouse's label names a field that is not there.
        label_for: "subject",
        placeholder: "subject",
        help: "The number of the account. With it, an account that gets the same address later is \
               not trusted.",
        ..Field::new("sub", "Subject", Need::Optional)
    };
    html! {
        (input(&email, filled))
        (input(&sub, filled))
    }
}
