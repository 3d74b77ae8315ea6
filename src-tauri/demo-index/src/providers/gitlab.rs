//! GitLab's form. Nobody is asked about it; which instances it offers is the project's.

use maud::{Markup, html};
use trustdesk_domain::Provider;

use super::ProviderForm;
use crate::pages::fields::{Field, Filled, Need, input, select};

pub(super) const FORM: ProviderForm =
    ProviderForm { provider: Provider::Gitlab, look_up: |_| Vec::new(), note, fields };

fn note() -> Markup {
    html! {
        p {
            "How GitLab CI/CD proves who it is: "
            a href="https://docs.gitlab.com/ee/ci/secrets/id_token_authentication.html" {
                "GitLab's documentation"
            }
            "."
        }
    }
}

fn fields(filled: &Filled<'_>) -> Markup {
    let namespace = Field {
        placeholder: "namespace",
        help: "The user, or the group and its subgroups, that the project belongs to.",
        ..Field::new("namespace", "Namespace", Need::Required)
    };
    let project = Field {
        placeholder: "project",
        help: "The project with the pipeline that publishes.",
        ..Field::new("project", "Project name", Need::Required)
    };
    let workflow_filepath = Field {
        placeholder: ".gitlab-ci.yml",
        help: "The path of the pipeline's own file from the root of the project. Pipelines kept \
               elsewhere do not count.",
        ..Field::new("workflow_filepath", "Top-level pipeline file path", Need::Required)
    };
    let environment = Field {
        placeholder: "release",
        help: "The environment that the pipeline publishes from. Asking for one keeps people who \
               may only commit from publishing.",
        ..Field::new("environment", "Environment name", Need::Optional)
    };
    let issuer_url = Field {
        help: "The GitLab instance that the project is on.",
        ..Field::new("issuer_url", "GitLab instance", Need::Required)
    };
    html! {
        @for field in [namespace, project, workflow_filepath, environment] {
            (input(&field, filled))
        }
        (select(&issuer_url, filled.instances, filled))
    }
}
