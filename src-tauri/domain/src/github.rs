//! GitHub Actions: the fields of its form, Warehouse's rules for them (protocol 3.2) and what
//! Trustdesk adds because Warehouse accepts it though it can never work.

use serde::{Deserialize, Serialize};

use super::python_text::{is_space, strip, without_final_newline};
use super::{Detail, Fields, Message, Verdict};

const OWNER: &str = "owner";
const REPOSITORY: &str = "repository";
const WORKFLOW_FILENAME: &str = "workflow_filename";
const ENVIRONMENT: &str = "environment";

/// Code points that an environment's name may have.
const LONGEST_ENVIRONMENT: usize = 255;

/// A workflow of GitHub Actions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Github {
    /// User or organization; the index keeps GitHub's own spelling.
    pub owner: String,
    /// The repository, matched letter by letter.
    pub repository: String,
    /// The file's name in `.github/workflows/`, matched letter by letter.
    pub workflow_filename: String,
    /// In lower case; none stands for any.
    pub environment: Option<String>,
}

impl Github {
    pub(super) fn identity(&self) -> Vec<Option<String>> {
        vec![
            Some(self.owner.to_lowercase()),
            Some(self.repository.clone()),
            Some(self.workflow_filename.clone()),
            // As it is stored: the index lowers what its form takes, but not what it constrains.
            self.environment.clone(),
        ]
    }

    pub(super) fn details(&self) -> Vec<Detail> {
        let path = format!("{}/{}", self.owner, self.repository);
        let repository = format!("https://github.com/{path}");
        let file = format!("{repository}/blob/HEAD/.github/workflows/{}", self.workflow_filename);
        vec![
            Detail::linked("Repository", &path, repository),
            Detail::linked("Workflow", &self.workflow_filename, file),
            Detail::new("Environment name", self.environment.as_deref()),
        ]
    }

    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            (OWNER, self.owner.clone()),
            (REPOSITORY, self.repository.clone()),
            (WORKFLOW_FILENAME, self.workflow_filename.clone()),
            (ENVIRONMENT, self.environment.clone().unwrap_or_default()),
        ]
    }

    pub(super) fn subject(&self) -> String {
        format!("{} in {}/{}", self.workflow_filename, self.owner, self.repository)
    }

    pub(super) fn from_stored(verdict: &Verdict) -> Self {
        let environment = verdict.stored(ENVIRONMENT).to_owned();
        Self {
            owner: verdict.stored(OWNER).to_owned(),
            repository: verdict.stored(REPOSITORY).to_owned(),
            workflow_filename: verdict.stored(WORKFLOW_FILENAME).to_owned(),
            environment: Some(environment).filter(|environment| !environment.is_empty()),
        }
    }
}

/// What Warehouse's own form says of the fields, and what it would store. The look-up of the owner
/// is not part of it: that takes the network.
pub(super) fn warehouse_verdict(fields: &Fields) -> Verdict {
    let text = |field: &str| fields.get(field).map_or("", String::as_str);
    let mut verdict = Verdict::default();
    owner(text(OWNER), &mut verdict);
    repository(text(REPOSITORY), &mut verdict);
    workflow_filename(text(WORKFLOW_FILENAME), &mut verdict);
    environment(text(ENVIRONMENT), &mut verdict);
    verdict
}

fn owner(value: &str, verdict: &mut Verdict) {
    let mut characters = without_final_newline(value).chars();
    let starts_well = characters.next().is_some_and(|first| first.is_ascii_alphanumeric());
    if value.is_empty() {
        let words = "Specify GitHub repository owner (username or organization)";
        verdict.error(OWNER, Message::new("github.owner.required", words));
    } else if !starts_well || !characters.all(|rest| rest.is_ascii_alphanumeric() || rest == '-') {
        let words = "Invalid GitHub user or organization name.";
        verdict.error(OWNER, Message::new("github.owner.invalid", words));
    }
    verdict.normalize(OWNER, value);
}

fn repository(value: &str, verdict: &mut Verdict) {
    let name = without_final_newline(value);
    let allowed =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    if value.is_empty() {
        let words = "Specify repository name";
        verdict.error(REPOSITORY, Message::new("github.repository.required", words));
    } else if name.is_empty() || !name.chars().all(allowed) {
        let words = "Invalid repository name";
        verdict.error(REPOSITORY, Message::new("github.repository.invalid", words));
    }
    verdict.normalize(REPOSITORY, value);
}

fn workflow_filename(value: &str, verdict: &mut Verdict) {
    let name = strip(value);
    if value.is_empty() {
        let words = "Specify workflow filename";
        verdict.error(WORKFLOW_FILENAME, Message::new("github.workflow_filename.required", words));
    } else if !(name.ends_with(".yml") || name.ends_with(".yaml")) {
        let words = "Workflow name must end with .yml or .yaml";
        verdict.error(WORKFLOW_FILENAME, Message::new("github.workflow_filename.suffix", words));
    } else if name.contains('/') {
        let words = "Workflow filename must be a filename only, without directories";
        verdict.error(WORKFLOW_FILENAME, Message::new("github.workflow_filename.directory", words));
    }
    verdict.normalize(WORKFLOW_FILENAME, name);
}

/// Only the first failing check is reported, and white space alone ends the checks as if the field
/// were empty, though it is stored.
fn environment(value: &str, verdict: &mut Verdict) {
    let lowered = value.to_lowercase();
    let refused = |character: char| {
        matches!(character, '\0'..='\u{1f}' | '\u{7f}' | '\'' | '"' | '`' | ',' | ';' | '\\')
    };
    let message = if value.chars().all(is_space) {
        None
    } else if lowered.chars().count() > LONGEST_ENVIRONMENT {
        let words = "Environment name is too long (maximum is 255 characters)";
        Some(Message::new("github.environment.too_long", words))
    } else if value.starts_with(' ') {
        let words = "Environment name may not start with whitespace";
        Some(Message::new("github.environment.leading_space", words))
    } else if value.ends_with(' ') {
        let words = "Environment name may not end with whitespace";
        Some(Message::new("github.environment.trailing_space", words))
    } else if value.chars().any(refused) {
        let words = "Environment name must not contain non-printable characters or the characters \
                     \"'\", \"\"\", \"`\", \",\", \";\", \"\\\"";
        Some(Message::new("github.environment.characters", words))
    } else {
        None
    };
    if let Some(message) = message {
        verdict.error(ENVIRONMENT, message);
    }
    verdict.normalize(ENVIRONMENT, lowered);
}

/// What is allowed and yet worth a second look.
pub(super) fn warnings(fields: &Fields, verdict: &mut Verdict) {
    let typed = |field: &str| fields.get(field).map_or("", String::as_str);
    if typed(OWNER).contains('_') {
        let words = "Names with an underscore belong to GitHub Enterprise Managed Users; PyPI does \
                     not accept them.";
        verdict.warning(OWNER, Message::new("github.owner.enterprise", words));
    }
    for (field, what) in [(REPOSITORY, "repository"), (WORKFLOW_FILENAME, "workflow")] {
        if typed(field).chars().any(char::is_uppercase) {
            let words = format!("Capitals count: the {what} must be spelled as GitHub spells it.");
            let message = Message::new(&format!("github.{field}.capitals"), words);
            verdict.warning(field, message);
        }
    }
    if typed(REPOSITORY).ends_with(".git") {
        let words = "GitHub drops “.git” from a repository's name, so this would match nothing.";
        verdict.warning(REPOSITORY, Message::new("github.repository.dot_git", words));
    }
    if matches!(typed(REPOSITORY), "." | "..") {
        let words = "GitHub has no repository of that name.";
        verdict.warning(REPOSITORY, Message::new("github.repository.dots", words));
    }
    if verdict.stored(ENVIRONMENT).is_empty() {
        let words = "Without an environment, anyone who can run this workflow can publish.";
        verdict.warning(ENVIRONMENT, Message::new("github.environment.any", words));
    }
}
