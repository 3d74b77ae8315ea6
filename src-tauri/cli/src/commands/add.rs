//! `trustdesk-cli add`: confirms a publisher for one project or many. Nothing is sent.

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use serde::Serialize;
use trustdesk_core::sync::{Engine, Error, Queued};
use trustdesk_domain::{Fields, GitlabInstances, Provider, Typed, Verdict, normalize_project_name};

use crate::answer::Answer;
use crate::change_view::{ChangeView, publisher};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::here::Here;
use crate::shown;
use crate::verdict_texts::texts;

/// The platform, and its form's fields by their names on the index.
#[derive(Subcommand)]
pub(crate) enum Add {
    /// A workflow of GitHub Actions.
    ///
    /// Example: trustdesk-cli add github sampleproject --owner octo-org --repository sampleproject
    /// --workflow-filename release.yml --environment pypi
    Github(Github),
    /// A pipeline of GitLab CI/CD.
    ///
    /// Example: trustdesk-cli add gitlab sampleproject --namespace northlight --project schema
    /// --workflow-filepath .gitlab-ci.yml --environment pypi
    Gitlab(Gitlab),
    /// A service account of Google Cloud.
    ///
    /// Example: trustdesk-cli add google sampleproject --email builder@demo.iam.gserviceaccount.com
    Google(Google),
    /// A project on the ActiveState platform.
    ///
    /// Example: trustdesk-cli add activestate sampleproject --organization tidepool --project build
    /// --actor bob
    Activestate(Activestate),
}

/// The projects of this index that it is to release.
#[derive(Args)]
pub(crate) struct Projects {
    #[arg(value_name = "PROJECT", required = true)]
    names: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Github {
    #[command(flatten)]
    projects: Projects,
    /// The user or organization that owns the repository.
    #[arg(long)]
    owner: String,
    #[arg(long)]
    repository: String,
    /// The file's name in .github/workflows, without the folder.
    #[arg(long)]
    workflow_filename: String,
    /// Without it any environment will do, which is a risk.
    #[arg(long)]
    environment: Option<String>,
}

#[derive(Args)]
pub(crate) struct Gitlab {
    #[command(flatten)]
    projects: Projects,
    /// The user, or the group and its subgroups.
    #[arg(long)]
    namespace: String,
    /// The project on GitLab.
    #[arg(long)]
    project: String,
    /// The top-level pipeline file, from the repository's root.
    #[arg(long)]
    workflow_filepath: String,
    /// Without it any environment will do, which is a risk.
    #[arg(long)]
    environment: Option<String>,
    /// The GitLab instance; without it gitlab.com.
    #[arg(long)]
    issuer_url: Option<String>,
}

#[derive(Args)]
pub(crate) struct Google {
    #[command(flatten)]
    projects: Projects,
    /// The service account's address.
    #[arg(long)]
    email: String,
    /// The service account's number.
    #[arg(long)]
    sub: Option<String>,
}

#[derive(Args)]
pub(crate) struct Activestate {
    #[command(flatten)]
    projects: Projects,
    #[arg(long)]
    organization: String,
    /// The project on ActiveState.
    #[arg(long)]
    project: String,
    /// Who starts the builds.
    #[arg(long)]
    actor: String,
}

/// What came of one project.
#[derive(Serialize)]
struct Added {
    project: String,
    #[serde(flatten)]
    result: Outcome,
    /// By field; they keep nothing from being added.
    warnings: BTreeMap<String, Vec<String>>,
}

#[derive(Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
enum Outcome {
    /// It waits to be sent.
    Queued {
        change: Box<ChangeView>,
    },
    AlreadyListed,
    AlreadyWaiting,
    /// By field, in the index's words.
    Invalid {
        errors: BTreeMap<String, Vec<String>>,
    },
    /// It is not in the list of projects that was read last.
    UnknownProject,
}

#[derive(Serialize)]
struct Results {
    results: Vec<Added>,
}

pub(crate) async fn run(here: &Here, add: Add) -> Result<Answer, Failure> {
    let engine = here.engine().await?;
    let (provider, projects, fields) = add.typed();
    let mut results = Vec::new();
    for name in projects.names {
        results.push(one(engine, provider, &fields, &name).await?);
    }
    let ok = results.iter().all(|added| added.result.is_as_wanted());
    let text: Vec<String> = results.iter().flat_map(lines).collect();
    Ok(Answer::new(&Results { results }, text.join("\n"))?.ending(Exit::if_all(ok)))
}

async fn one(
    engine: &Engine,
    provider: Provider,
    fields: &Fields,
    name: &str,
) -> Result<Added, Error> {
    let project = normalize_project_name(name);
    let typed = Typed::new(&project, provider, fields);
    let (verdict, _) = engine.check_publisher(&typed).await?;
    let warnings = texts(verdict.warnings);
    let queued = engine.queue_add(&typed, None).await;
    let result = match queued {
        Ok(Queued::Queued(change, _)) => Outcome::Queued { change: Box::new((*change).into()) },
        Ok(Queued::AlreadyListed) => Outcome::AlreadyListed,
        // Nothing is replaced here, so that nothing to be replaced can be gone.
        Ok(Queued::AlreadyWaiting | Queued::ReplacedGone) => Outcome::AlreadyWaiting,
        Ok(Queued::Invalid(Verdict { errors, .. })) => Outcome::Invalid { errors: texts(errors) },
        Err(Error::NoSuchProject) => Outcome::UnknownProject,
        Err(error) => return Err(error),
    };
    Ok(Added { project, result, warnings })
}

impl Outcome {
    /// Whether it waits or stands, so that nothing is left to do here.
    const fn is_as_wanted(&self) -> bool {
        matches!(self, Self::Queued { .. } | Self::AlreadyListed | Self::AlreadyWaiting)
    }
}

fn lines(added: &Added) -> Vec<String> {
    let project = shown::text(&added.project);
    let of_fields = |messages: &BTreeMap<String, Vec<String>>| {
        let line = |(field, words): (&String, &Vec<String>)| {
            format!("  --{}: {}", field.replace('_', "-"), shown::text(&words.join(" ")))
        };
        messages.iter().map(line).collect::<Vec<_>>()
    };
    let mut lines = match &added.result {
        Outcome::Queued { change } => {
            vec![format!("{project}: waits to be sent: {}", publisher(&change.publisher))]
        }
        Outcome::AlreadyListed => vec![format!("{project}: is listed already")],
        Outcome::AlreadyWaiting => vec![format!("{project}: waits already")],
        Outcome::UnknownProject => vec![format!(
            "{project}: not in the list of your projects; read it with `trustdesk-cli projects \
             --refresh`"
        )],
        Outcome::Invalid { errors } => {
            let mut lines = vec![format!("{project}: not added")];
            lines.extend(of_fields(errors));
            lines
        }
    };
    lines.extend(of_fields(&added.warnings));
    lines
}

impl Add {
    fn typed(self) -> (Provider, Projects, Fields) {
        let (provider, projects, fields) = match self {
            Self::Github(it) => (
                Provider::Github,
                it.projects,
                vec![
                    ("owner", Some(it.owner)),
                    ("repository", Some(it.repository)),
                    ("workflow_filename", Some(it.workflow_filename)),
                    ("environment", it.environment),
                ],
            ),
            Self::Gitlab(it) => (
                Provider::Gitlab,
                it.projects,
                vec![
                    ("namespace", Some(it.namespace)),
                    ("project", Some(it.project)),
                    ("workflow_filepath", Some(it.workflow_filepath)),
                    ("environment", it.environment),
                    ("issuer_url", it.issuer_url.or_else(usual_instance)),
                ],
            ),
            Self::Google(it) => {
                (Provider::Google, it.projects, vec![("email", Some(it.email)), ("sub", it.sub)])
            }
            Self::Activestate(it) => (
                Provider::Activestate,
                it.projects,
                vec![
                    ("organization", Some(it.organization)),
                    ("project", Some(it.project)),
                    ("actor", Some(it.actor)),
                ],
            ),
        };
        let filled = fields.into_iter();
        let filled = filled.filter_map(|(name, value)| Some((name.to_owned(), value?)));
        (provider, projects, filled.collect())
    }
}

fn usual_instance() -> Option<String> {
    GitlabInstances::gitlab_com().names().into_iter().next()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::Command;

    use super::*;

    #[test]
    fn each_form_has_a_flag_for_every_field_and_no_other() {
        let add = Add::augment_subcommands(Command::new("add"));
        for provider in Provider::ALL {
            let form = add.find_subcommand(provider.key()).expect("a command of its own");
            let flags = form.get_arguments().filter_map(|flag| flag.get_long());
            let named: BTreeSet<String> = flags.map(|flag| flag.replace('-', "_")).collect();
            let fields = provider.fields().iter().map(|field| (*field).to_owned());
            assert_eq!(named, fields.collect(), "{}", provider.name());
        }
    }
}
