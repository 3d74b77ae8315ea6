//! GitHub's form, and the look-up of the owner.

use maud::{Markup, html};
use trustdesk_domain::{Provider, Verdict};

use super::{ProviderForm, unrefused};
use crate::directory::github_login;
use crate::pages::fields::{Field, Filled, Need, input};

pub(super) const FORM: ProviderForm =
    ProviderForm { provider: Provider::Github, look_up, note, fields };

fn look_up(verdict: &mut Verdict) -> Vec<(&'static str, &'static str)> {
    let Some(owner) = unrefused(verdict, "owner") else { return Vec::new() };
    match github_login(&owner) {
        Ok(login) => {
            verdict.normalized.insert("owner".to_owned(), login.to_owned());
            Vec::new()
        }
        Err(message) => vec![("owner", message)],
    }
}

fn note() -> Markup {
    html! {
        p {
            "How GitHub Actions proves who it is: "
            a href="https://docs.github.com/en/actions/deployment/security-hardening-your-deployments/about-security-hardening-with-openid-connect" {
                "GitHub's documentation"
            }
            "."
        }
    }
}

fn fields(filled: &Filled<'_>) -> Markup {
    let owner = Field {
        placeholder: "owner",
        help: "The user or organization that the repository belongs to.",
        ..Field::new("owner", "Owner", Need::Required)
    };
    let repository = Field {
        placeholder: "repository",
        help: "The repository with the workflow that publishes.",
        ..Field::new("repository", "Repository name", Need::Required)
    };
    let workflow_filename = Field {
        placeholder: "workflow.yml",
        help: "The name of the workflow's file in .github/workflows/.",
        ..Field::new("workflow_filename", "Workflow name", Need::Required)
    };
    let environment = Field {
        placeholder: if filled.place.is_pending() { "pypi" } else { "release" },
        help: "The environment that the workflow publishes from. Asking for one keeps people who \
               may only commit from publishing.",
        ..Field::new("environment", "Environment name", Need::Optional)
    };
    html! {
        @for field in [owner, repository, workflow_filename, environment] {
            (input(&field, filled))
        }
    }
}
