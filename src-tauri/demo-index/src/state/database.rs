//! The tables: accounts, projects, publishers and the mails that would have been sent. What is done
//! with each but the projects stands beside this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use trustdesk_domain::{Publisher, normalize_project_name};

use super::account::Account;
use super::{Event, Mail, Organization, Pending, Project, Role, Status, seed};

/// The tables.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Database {
    pub(super) accounts: BTreeMap<String, Account>,
    /// By normalized name.
    pub(super) projects: BTreeMap<String, Project>,
    /// One row an identity, shared by every project that trusts it.
    pub(super) publishers: BTreeMap<String, Publisher>,
    pub(super) mails: Vec<Mail>,
    // Files of older versions have none of these.
    #[serde(default)]
    pub(super) pending: Vec<Pending>,
    #[serde(default)]
    pub(super) events: Vec<Event>,
    #[serde(default = "seed::organizations")]
    pub(super) organizations: Vec<Organization>,
}

impl Database {
    /// The project under any spelling of its name.
    pub(crate) fn project(&self, name: &str) -> Option<&Project> {
        self.projects.get(&normalize_project_name(name))
    }

    pub(crate) fn insert_project(&mut self, project: Project) {
        self.projects.insert(normalize_project_name(&project.name), project);
    }

    /// The projects in which the user has a role or that are an own organization's, newest first.
    pub(crate) fn projects_of(&self, user: &str) -> Vec<&Project> {
        let mut projects: Vec<_> =
            self.projects.values().filter(|project| self.lists(user, project)).collect();
        projects.sort_by_key(|project| std::cmp::Reverse(project.shown_at_ms()));
        projects
    }

    fn lists(&self, user: &str, project: &Project) -> bool {
        project.roles.contains_key(user) || self.manages(user, project)
    }

    pub(crate) fn set_quarantined(&mut self, name: &str, quarantined: bool) {
        if let Some(project) = self.projects.get_mut(&normalize_project_name(name)) {
            project.status = if quarantined { Status::Quarantined } else { Status::Active };
        }
    }

    pub(crate) fn make_maintainer(&mut self, name: &str, user: &str) {
        if let Some(project) = self.projects.get_mut(&normalize_project_name(name)) {
            project.roles.insert(user.to_owned(), Role::Maintainer);
        }
    }

    pub(crate) fn delete_project(&mut self, name: &str) {
        self.projects.remove(&normalize_project_name(name));
    }

    /// Takes the user out of every project and organization.
    pub(crate) fn leave_everything(&mut self, user: &str) {
        for project in self.projects.values_mut() {
            project.roles.remove(user);
        }
        for organization in &mut self.organizations {
            organization.owners.remove(user);
        }
        self.pending.retain(|pending| pending.added_by != user);
    }
}
