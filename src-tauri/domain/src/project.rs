//! A project as its account's list on the index shows it (protocol 4.4).

/// The name under which the index looks a project up (PEP 503): lower case, runs of `-`, `_` and
/// `.` made one `-`.
#[must_use]
pub fn normalize_project_name(name: &str) -> String {
    let mut normalized = String::with_capacity(name.len());
    for character in name.chars() {
        let separates = matches!(character, '-' | '_' | '.');
        if !separates {
            normalized.extend(character.to_lowercase());
        } else if !normalized.ends_with('-') {
            normalized.push('-');
        }
    }
    normalized
}

/// What the date beside a project's name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProjectDateKind {
    /// The newest release.
    Released,
    /// There is no release yet; the project was made then.
    Created,
}

/// The date beside a project's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectDate {
    /// What it tells.
    pub kind: ProjectDateKind,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
}

/// One project of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// As its owner spelled it.
    pub name: String,
    /// As the index looks it up; the key everywhere in Trustdesk.
    pub normalized_name: String,
    /// The organization that owns it.
    pub organization: Option<String>,
    /// Whether the account is its only owner.
    pub sole_owner: bool,
    /// Its newest release, or its making.
    pub date: Option<ProjectDate>,
    /// Its one-line description.
    pub summary: Option<String>,
    /// Whether it is among the archived ones.
    pub archived: bool,
    /// Whether the account may manage it: only owners may.
    pub can_manage: bool,
    /// Whether it has a public page; one without a release has none.
    pub has_page: bool,
}

#[cfg(test)]
mod tests {
    use super::normalize_project_name;

    #[test]
    fn a_name_is_looked_up_in_lower_case_with_single_dashes() {
        assert_eq!(normalize_project_name("Fancy.Name_here"), "fancy-name-here");
        assert_eq!(normalize_project_name("a--_b"), "a-b");
    }
}
