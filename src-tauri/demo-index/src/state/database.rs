//! The tables: accounts, projects, publishers and the mails that would have been sent. What is done
//! with publishers, pending ones, events and organizations stands beside this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use trustdesk_core::domain::{Publisher, normalize_project_name};

use super::{Event, Organization, Pending, Project, seed};

/// The tables.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Database {
    accounts: BTreeMap<String, Account>,
    /// By normalized name.
    pub(super) projects: BTreeMap<String, Project>,
    /// One row an identity, shared by every project that trusts it.
    pub(super) publishers: BTreeMap<String, Publisher>,
    mails: Vec<Mail>,
    // Files of older versions have none of these.
    #[serde(default)]
    pub(super) pending: Vec<Pending>,
    #[serde(default)]
    pub(super) events: Vec<Event>,
    #[serde(default = "seed::organizations")]
    pub(super) organizations: Vec<Organization>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Account {
    signed_in_at_ms: Option<i64>,
    /// The last authenticator code that was taken; it is not taken again.
    used_code: Option<String>,
}

/// A mail that Warehouse would have sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Mail {
    to: String,
    subject: String,
    at_ms: i64,
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

    /// One mail to every direct collaborator of the project.
    pub(crate) fn mail_collaborators(&mut self, name: &str, subject: &str, at_ms: i64) {
        let Some(project) = self.project(name) else { return };
        let subject = format!("{subject} {}", project.name);
        let mails: Vec<_> = project
            .roles
            .keys()
            .map(|to| Mail { to: to.clone(), subject: subject.clone(), at_ms })
            .collect();
        self.mails.extend(mails);
    }

    /// Addressee and subject of every mail, in order.
    pub(crate) fn mails(&self) -> Vec<(String, String)> {
        self.mails.iter().map(|mail| (mail.to.clone(), mail.subject.clone())).collect()
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

    pub(crate) fn signed_in_at(&mut self, user: &str, at_ms: i64) {
        self.accounts.entry(user.to_owned()).or_default().signed_in_at_ms = Some(at_ms);
    }

    /// Whether the user has signed in after that time.
    pub(crate) fn has_signed_in_since(&self, user: &str, since_ms: i64) -> bool {
        let account = self.accounts.get(user);
        account.and_then(|account| account.signed_in_at_ms).is_some_and(|at_ms| at_ms > since_ms)
    }

    pub(crate) fn is_used_code(&self, user: &str, code: &str) -> bool {
        let account = self.accounts.get(user);
        account.is_some_and(|account| account.used_code.as_deref() == Some(code))
    }

    pub(crate) fn use_code(&mut self, user: &str, code: &str) {
        self.accounts.entry(user.to_owned()).or_default().used_code = Some(code.to_owned());
    }
}
