//! GitHub's form: Warehouse's own verdict from the domain, then the look-up of the owner.

use maud::{Markup, html};
use trustdesk_core::domain::{Fields, Github, Provider, Publisher, github_warehouse_verdict};

use super::{FieldErrors, ProviderForm};
use crate::directory::github_login;
use crate::pages::fields::{Field, Filled, Need, input};

pub(super) const FORM: ProviderForm =
    ProviderForm { provider: Provider::Github, judge, note, fields };

fn judge(typed: &Fields) -> Result<Publisher, FieldErrors> {
    let mut verdict = github_warehouse_verdict(typed);
    let mut errors: FieldErrors = std::mem::take(&mut verdict.errors)
        .into_iter()
        .map(|(field, messages)| (field, messages.into_iter().map(|one| one.text).collect()))
        .collect();
    let stored = |field: &str| verdict.normalized.get(field).cloned().unwrap_or_default();
    let mut owner = stored("owner");
    // GitHub is not asked about a name that cannot be one.
    if !errors.contains_key("owner") {
        match github_login(&owner) {
            Ok(login) => owner = login.to_owned(),
            Err(message) => {
                errors.insert("owner".to_owned(), vec![message.to_owned()]);
            }
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Publisher::Github(Github {
        owner,
        repository: stored("repository"),
        workflow_filename: stored("workflow_filename"),
        environment: Some(stored("environment")).filter(|environment| !environment.is_empty()),
    }))
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
        name: "owner",
        label: "Owner",
        placeholder: "owner",
        need: Need::Required,
        help: "The user or organization that the repository belongs to.",
    };
    let repository = Field {
        name: "repository",
        label: "Repository name",
        placeholder: "repository",
        need: Need::Required,
        help: "The repository with the workflow that publishes.",
    };
    let workflow_filename = Field {
        name: "workflow_filename",
        label: "Workflow name",
        placeholder: "workflow.yml",
        need: Need::Required,
        help: "The name of the workflow's file in .github/workflows/.",
    };
    let environment = Field {
        name: "environment",
        label: "Environment name",
        placeholder: "release",
        need: Need::Optional,
        help: "The environment that the workflow publishes from. Asking for one keeps people who \
               may only commit from publishing.",
    };
    html! {
        @for field in [owner, repository, workflow_filename, environment] {
            (input(&field, filled))
        }
    }
}
