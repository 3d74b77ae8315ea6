//! Which names of new projects the database refuses (protocol 3.6, rules 4 to 6).

use trustdesk_domain::normalize_project_name;

use super::{Database, Project};

/// Names that nobody may have.
const PROHIBITED: &[&str] = &["prohibited-name", "demo-index"];

/// Why a name cannot be a new project's.
#[derive(Debug)]
pub(crate) enum Taken<'a> {
    By(&'a Project),
    Prohibited,
    TooSimilar,
}

impl Database {
    /// Why the name cannot be a new project's; none if it can.
    pub(crate) fn taken(&self, name: &str) -> Option<Taken<'_>> {
        if let Some(project) = self.project(name) {
            return Some(Taken::By(project));
        }
        if PROHIBITED.contains(&normalize_project_name(name).as_str()) {
            return Some(Taken::Prohibited);
        }
        let seen = at_a_glance(name);
        let similar = self.projects.values().any(|project| at_a_glance(&project.name) == seen);
        similar.then_some(Taken::TooSimilar)
    }
}

/// What is left of a name for who reads it in passing.
fn at_a_glance(name: &str) -> String {
    let letters = name.chars().filter(|letter| !matches!(letter, '.' | '_' | '-'));
    letters
        .map(|letter| match letter.to_ascii_lowercase() {
            'l' | 'i' => '1',
            'o' => '0',
            other => other,
        })
        .collect()
}
