//! ActiveState: the fields of its form, and Warehouse's rules for them (protocol 3.5). Whether the
//! organization and the actor exist only ActiveState can say.

use serde::{Deserialize, Serialize};

use super::python_text::without_final_newline;
use super::{Detail, Fields, Message, Verdict};

const ORGANIZATION: &str = "organization";
const PROJECT: &str = "project";
const ACTOR: &str = "actor";

/// A project on the ActiveState platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activestate {
    /// The organization's display name.
    pub organization: String,
    /// The ActiveState project.
    pub project: String,
    /// The user who triggers the build.
    pub actor: String,
}

impl Activestate {
    pub(super) fn identity(&self) -> Vec<Option<String>> {
        let parts = [&self.organization, &self.project, &self.actor];
        parts.map(|part| Some(part.clone())).into()
    }

    pub(super) fn details(&self) -> Vec<Detail> {
        vec![
            Detail::new("Organization", Some(&self.organization)),
            Detail::new("ActiveState Project", Some(&self.project)),
            Detail::new("Actor", Some(&self.actor)),
        ]
    }

    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            (ORGANIZATION, self.organization.clone()),
            (PROJECT, self.project.clone()),
            (ACTOR, self.actor.clone()),
        ]
    }

    pub(super) fn subject(&self) -> String {
        format!("{} in {}/{}", self.actor, self.organization, self.project)
    }

    pub(super) fn from_stored(verdict: &Verdict) -> Self {
        Self {
            organization: verdict.stored(ORGANIZATION).to_owned(),
            project: verdict.stored(PROJECT).to_owned(),
            actor: verdict.stored(ACTOR).to_owned(),
        }
    }
}

/// What Warehouse's own form says of the fields, and what it would store. The look-ups are not part
/// of it: they take the network.
pub(super) fn warehouse_verdict(fields: &Fields) -> Verdict {
    let text = |field: &str| fields.get(field).map_or("", String::as_str);
    let mut verdict = Verdict::default();
    if text(ORGANIZATION).is_empty() {
        let words = "Specify ActiveState organization name";
        verdict.error(ORGANIZATION, Message::new("activestate.organization.required", words));
    }
    project(text(PROJECT), &mut verdict);
    if text(ACTOR).is_empty() {
        let words = "Specify the ActiveState actor username";
        verdict.error(ACTOR, Message::new("activestate.actor.required", words));
    }
    for field in [ORGANIZATION, PROJECT, ACTOR] {
        verdict.normalize(field, text(field));
    }
    verdict
}

/// A failing pattern does not end the checks, so that one name can earn three messages.
fn project(value: &str, verdict: &mut Verdict) {
    let mut refuse = |key: &str, words: &str| verdict.error(PROJECT, Message::new(key, words));
    if value.is_empty() {
        refuse("activestate.project.required", "Specify ActiveState project name");
        return;
    }
    let name = without_final_newline(value);
    let allowed =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-');
    if !name.chars().all(allowed) || !(3..=40).contains(&name.len()) {
        refuse("activestate.project.invalid", "Invalid ActiveState project name");
    }
    if name.contains("--") {
        let words = "Double dashes are not allowed in the name";
        refuse("activestate.project.double_dash", words);
    }
    if name.starts_with('-') || name.ends_with('-') {
        let words = "Leading or trailing dashes are not allowed in the name";
        refuse("activestate.project.outer_dash", words);
    }
}
