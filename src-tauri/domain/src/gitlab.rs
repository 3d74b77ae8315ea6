//! GitLab CI/CD: the fields of its form, Warehouse's rules for them (protocol 3.3) and what
//! Trustdesk adds because Warehouse accepts it though it can never work.

use serde::{Deserialize, Serialize};
use url::Url;

use super::python_text::{is_space, strip, without_final_newline};
use super::{Detail, Fields, Message, Publisher, Verdict};

const NAMESPACE: &str = "namespace";
const PROJECT: &str = "project";
const WORKFLOW_FILEPATH: &str = "workflow_filepath";
const ENVIRONMENT: &str = "environment";
const ISSUER_URL: &str = "issuer_url";

const GITLAB_COM: &str = "https://gitlab.com";

/// A pipeline of GitLab CI/CD.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gitlab {
    /// User, or group and subgroups.
    pub namespace: String,
    /// The repository.
    pub project: String,
    /// The top-level pipeline file, relative to the repository's root.
    pub workflow_filepath: String,
    /// None stands for any.
    pub environment: Option<String>,
    /// The GitLab instance.
    pub issuer_url: String,
}

/// The GitLab instances that a form offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitlabInstances {
    /// Nobody knows which project it is for: any instance that some organization could have.
    AnyHttps,
    /// Those of a project's page.
    Only(Vec<String>),
}

impl GitlabInstances {
    /// What every project has, and all that is known before its page was read.
    #[must_use]
    pub fn gitlab_com() -> Self {
        Self::Only(vec![GITLAB_COM.to_owned()])
    }

    /// The instances of a page. One whose GitLab form is switched off names none.
    #[must_use]
    pub fn of_page(listed: Vec<String>) -> Self {
        if listed.is_empty() { Self::gitlab_com() } else { Self::Only(listed) }
    }

    /// Every instance that is known by name.
    #[must_use]
    pub fn names(self) -> Vec<String> {
        match self {
            Self::AnyHttps => vec![GITLAB_COM.to_owned()],
            Self::Only(listed) => listed,
        }
    }

    fn offers(&self, issuer_url: &str) -> bool {
        match self {
            Self::AnyHttps => is_issuer(issuer_url),
            Self::Only(listed) => listed.iter().any(|known| known == issuer_url),
        }
    }
}

/// An issuer is compared letter by letter with a token's claim, which GitLab writes without a final
/// slash, without a query and without anything that a parser would have to tidy up.
fn is_issuer(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    url.scheme() == "https"
        && !text.ends_with('/')
        && url.as_str().trim_end_matches('/') == text
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
}

impl Gitlab {
    pub(super) fn identity(&self) -> Vec<Option<String>> {
        vec![
            Some(self.namespace.clone()),
            Some(self.project.clone()),
            Some(self.workflow_filepath.clone()),
            self.environment.clone(),
            Some(self.issuer_url.clone()),
        ]
    }

    pub(super) fn details(&self) -> Vec<Detail> {
        let path = format!("{}/{}", self.namespace, self.project);
        let repository = format!("{}/{path}", self.issuer_url);
        let file = format!("{repository}/-/blob/HEAD/{}", self.workflow_filepath);
        vec![
            Detail::linked("Project", &path, repository),
            Detail::linked("Top-level pipeline", &self.workflow_filepath, file),
            Detail::new("Environment name", self.environment.as_deref()),
            Detail::new("Issuer", Some(&self.issuer_url)),
        ]
    }

    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            (NAMESPACE, self.namespace.clone()),
            (PROJECT, self.project.clone()),
            (WORKFLOW_FILEPATH, self.workflow_filepath.clone()),
            (ENVIRONMENT, self.environment.clone().unwrap_or_default()),
            (ISSUER_URL, self.issuer_url.clone()),
        ]
    }

    pub(super) fn subject(&self) -> String {
        format!("{} in {}/{}", self.workflow_filepath, self.namespace, self.project)
    }

    pub(super) fn from_stored(verdict: &Verdict) -> Self {
        let environment = verdict.stored(ENVIRONMENT).to_owned();
        Self {
            namespace: verdict.stored(NAMESPACE).to_owned(),
            project: verdict.stored(PROJECT).to_owned(),
            workflow_filepath: verdict.stored(WORKFLOW_FILEPATH).to_owned(),
            environment: Some(environment).filter(|environment| !environment.is_empty()),
            issuer_url: verdict.stored(ISSUER_URL).to_owned(),
        }
    }
}

/// A publisher that is listed or about to be added somewhere.
#[derive(Clone, Copy, Debug)]
pub struct TakenPipeline<'a> {
    /// The project's normalized name.
    pub project: &'a str,
    /// What it is.
    pub publisher: &'a Publisher,
    /// Whether the index lists it; otherwise a queued change adds it.
    pub is_listed: bool,
}

/// Why the index cannot store a pipeline's publisher: the unique key of its table leaves the GitLab
/// instance out, so that the same pipeline on a second one passes the form, breaks the database and
/// is answered with a server error every time, whichever project it is for (protocol 3.3).
#[must_use]
pub fn pipeline_taken<'a>(
    pipeline: &Gitlab,
    known: impl IntoIterator<Item = TakenPipeline<'a>>,
) -> Option<Message> {
    known.into_iter().find_map(|taken| {
        let Publisher::Gitlab(other) = taken.publisher else { return None };
        let same_key = Gitlab { issuer_url: other.issuer_url.clone(), ..pipeline.clone() };
        if *other != same_key || other.issuer_url == pipeline.issuer_url {
            return None;
        }
        let (project, line, issuer) = (taken.project, taken.publisher.line(), &other.issuer_url);
        let (where_it_is, first) = if taken.is_listed {
            (format!("{project} already lists {line}, on {issuer}."), "Remove that publisher")
        } else {
            let words = format!("A queued change adds {line}, on {issuer}, to {project}.");
            (words, "Discard that change")
        };
        let words = format!(
            "{where_it_is} The index stores a pipeline once, whatever its GitLab instance, and \
             answers a second one with a server error. {first} first, then add this one."
        );
        let message = Message::new("gitlab.pipeline_taken", words).with("project", project);
        Some(message.with("issuer_url", issuer.as_str()))
    })
}

/// What Warehouse's own form says of the fields, and what it would store.
pub(super) fn warehouse_verdict(fields: &Fields, instances: &GitlabInstances) -> Verdict {
    let text = |field: &str| fields.get(field).map_or("", String::as_str);
    let mut verdict = Verdict::default();
    namespace(text(NAMESPACE), &mut verdict);
    project(text(PROJECT), &mut verdict);
    workflow_filepath(text(WORKFLOW_FILEPATH), &mut verdict);
    environment(text(ENVIRONMENT), &mut verdict);
    issuer_url(text(ISSUER_URL), instances, &mut verdict);
    verdict
}

fn namespace(value: &str, verdict: &mut Verdict) {
    if value.is_empty() {
        let words = "Specify GitLab namespace (username or group/subgroup)";
        verdict.error(NAMESPACE, Message::new("gitlab.namespace.required", words));
    } else {
        let allowed = |character: char| matches!(character, '-' | '_' | '.' | '/' | '+');
        let words = "Invalid GitLab username or group/subgroup name.";
        path_part(NAMESPACE, value, allowed, words, verdict);
    }
    verdict.normalize(NAMESPACE, value);
}

fn project(value: &str, verdict: &mut Verdict) {
    if value.is_empty() {
        verdict.error(PROJECT, Message::new("gitlab.project.required", "Specify project name"));
    } else {
        let allowed = |character: char| matches!(character, '-' | '_' | '.');
        path_part(PROJECT, value, allowed, "Invalid project name", verdict);
    }
    verdict.normalize(PROJECT, value);
}

/// What namespaces and projects have in common. A failing pattern does not end the checks, so that
/// one value can earn two messages.
fn path_part(
    field: &str,
    value: &str,
    allowed: fn(char) -> bool,
    invalid: &str,
    verdict: &mut Verdict,
) {
    let lowered = value.to_lowercase();
    if lowered.ends_with(".git") || lowered.ends_with(".atom") {
        let words = "Name ends with .git or .atom";
        verdict.error(field, Message::new(&format!("gitlab.{field}.reserved_ending"), words));
    }
    let name = without_final_newline(value);
    let inner = |character: char| character.is_ascii_alphanumeric() || allowed(character);
    let ends_well = name.len() >= 2
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.ends_with(|last: char| last.is_ascii_alphanumeric());
    let special = |character: char| matches!(character, '.' | '_' | '-');
    let adjacent = name.chars().zip(name.chars().skip(1)).any(|(a, b)| special(a) && special(b));
    if !ends_well || !name.chars().all(inner) || adjacent {
        verdict.error(field, Message::new(&format!("gitlab.{field}.invalid"), invalid));
    }
}

fn workflow_filepath(value: &str, verdict: &mut Verdict) {
    let path = strip(value);
    if value.is_empty() {
        let words = "Specify top-level pipeline file path";
        verdict.error(WORKFLOW_FILEPATH, Message::new("gitlab.workflow_filepath.required", words));
    } else if !(path.ends_with(".yml") || path.ends_with(".yaml")) {
        let words = "Top-level pipeline file path must end with .yml or .yaml";
        verdict.error(WORKFLOW_FILEPATH, Message::new("gitlab.workflow_filepath.suffix", words));
    } else if path.starts_with('/') {
        let words = "Top-level pipeline file path cannot start or end with /";
        verdict.error(WORKFLOW_FILEPATH, Message::new("gitlab.workflow_filepath.slash", words));
    }
    verdict.normalize(WORKFLOW_FILEPATH, path);
}

fn environment(value: &str, verdict: &mut Verdict) {
    if value.chars().all(is_space) {
        verdict.normalize(ENVIRONMENT, "");
        return;
    }
    let allowed = |character: char| {
        character.is_ascii_alphanumeric()
            || matches!(character, '-' | '_' | '/' | '$' | '{' | '}' | ' ')
    };
    let name = without_final_newline(value);
    if name.is_empty() || !name.chars().all(allowed) {
        let words = "Invalid environment name";
        verdict.error(ENVIRONMENT, Message::new("gitlab.environment.invalid", words));
    }
    verdict.normalize(ENVIRONMENT, value);
}

fn issuer_url(value: &str, instances: &GitlabInstances, verdict: &mut Verdict) {
    if value.is_empty() {
        let words = "Choose GitLab issuer URL";
        verdict.error(ISSUER_URL, Message::new("gitlab.issuer_url.required", words));
    } else if !instances.offers(value) {
        let words = "Not a valid choice.";
        verdict.error(ISSUER_URL, Message::new("gitlab.issuer_url.choice", words));
    }
    verdict.normalize(ISSUER_URL, value);
}

/// What is allowed and yet worth a second look.
pub(super) fn warnings(fields: &Fields, verdict: &mut Verdict) {
    let typed = |field: &str| fields.get(field).map_or("", String::as_str);
    for field in [NAMESPACE, PROJECT, WORKFLOW_FILEPATH, ENVIRONMENT] {
        if typed(field).chars().any(char::is_uppercase) {
            let words = "Capitals count: spell it exactly as GitLab does.";
            verdict.warning(field, Message::new(&format!("gitlab.{field}.capitals"), words));
        }
    }
    if typed(NAMESPACE).contains("//") {
        let words = "GitLab has no namespace with “//”, so this would match nothing.";
        verdict.warning(NAMESPACE, Message::new("gitlab.namespace.empty_part", words));
    }
    let path = verdict.stored(WORKFLOW_FILEPATH);
    if path.contains("://") {
        let words = "PyPI does not support pipelines that lie outside the project.";
        let message = Message::new("gitlab.workflow_filepath.external", words);
        verdict.warning(WORKFLOW_FILEPATH, message);
    } else if path.split('/').any(|part| matches!(part, "" | "." | ".."))
        && !path.is_empty()
        && !path.starts_with('/')
    {
        let words = "Write the path as it is in the repository, without “//”, “.” or “..”.";
        let message = Message::new("gitlab.workflow_filepath.roundabout", words);
        verdict.warning(WORKFLOW_FILEPATH, message);
    }
    if verdict.stored(ENVIRONMENT).is_empty() {
        let words = "Without an environment, any job of this pipeline can publish.";
        verdict.warning(ENVIRONMENT, Message::new("gitlab.environment.any", words));
    }
}
