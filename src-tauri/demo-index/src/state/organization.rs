//! Organizations of the index.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use trustdesk_domain::GitlabInstances;

use super::Database;

/// An organization of the index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Organization {
    pub(crate) name: String,
    pub(crate) display_name: String,
    pub(crate) owners: BTreeSet<String>,
    /// GitLab instances beside gitlab.com that the index's staff switched on for it.
    pub(crate) gitlab_instances: Vec<String>,
}

impl Database {
    pub(crate) fn organization(&self, name: &str) -> Option<&Organization> {
        self.organizations.iter().find(|organization| organization.name == name)
    }

    /// The GitLab instances that a form for this organization offers: gitlab.com, then its own.
    pub(crate) fn gitlab_instances(&self, organization: Option<&str>) -> Vec<String> {
        let mut instances = GitlabInstances::gitlab_com().names();
        let own = organization.and_then(|name| self.organization(name));
        instances.extend(own.into_iter().flat_map(|own| own.gitlab_instances.clone()));
        instances
    }

    /// Whether the user may manage the project: as its direct owner, or as an owner of its
    /// organization.
    pub(crate) fn manages(&self, user: &str, project: &super::Project) -> bool {
        let organization = project.organization.as_deref().and_then(|name| self.organization(name));
        project.is_owned_by(user)
            || organization.is_some_and(|organization| organization.owners.contains(user))
    }
}
