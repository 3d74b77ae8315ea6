//! The tables: accounts, projects, publishers and the mails that would have been sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use trustdesk_core::domain::{ListedPublisher, Publisher, PublisherId, normalize_project_name};
use uuid::Uuid;

use super::Project;

/// The tables.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Database {
    accounts: BTreeMap<String, Account>,
    /// By normalized name.
    projects: BTreeMap<String, Project>,
    /// One row an identity, shared by every project that trusts it.
    publishers: BTreeMap<String, Publisher>,
    mails: Vec<Mail>,
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

/// What became of adding a publisher to a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attached {
    Added,
    AlreadyThere,
}

/// What became of removing one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detached {
    Removed,
    NotThere,
}

impl Database {
    /// The project under any spelling of its name.
    pub(crate) fn project(&self, name: &str) -> Option<&Project> {
        self.projects.get(&normalize_project_name(name))
    }

    pub(crate) fn insert_project(&mut self, project: Project) {
        self.projects.insert(normalize_project_name(&project.name), project);
    }

    /// The projects in which the user has a role, newest first.
    pub(crate) fn projects_of(&self, user: &str) -> Vec<&Project> {
        let mut projects: Vec<_> =
            self.projects.values().filter(|project| project.roles.contains_key(user)).collect();
        projects.sort_by_key(|project| std::cmp::Reverse(project.shown_at_ms()));
        projects
    }

    /// A project's publishers, in the order in which they were added.
    pub(crate) fn publishers(&self, name: &str) -> Vec<ListedPublisher> {
        let ids = self.project(name).map(|project| project.publishers.as_slice());
        ids.unwrap_or_default()
            .iter()
            .filter_map(|id| {
                let publisher = self.publishers.get(id)?.clone();
                Some(ListedPublisher { id: PublisherId(id.clone()), publisher })
            })
            .collect()
    }

    /// Adds the publisher to the project; its row is made only if no project has it yet.
    pub(crate) fn attach(&mut self, name: &str, publisher: Publisher, new_id: Uuid) -> Attached {
        let identity = publisher.identity();
        let known = self.publishers.iter().find(|(_, known)| known.identity() == identity);
        let id = known.map_or_else(|| new_id.to_string(), |(id, _)| id.clone());
        let Some(project) = self.projects.get_mut(&normalize_project_name(name)) else {
            return Attached::AlreadyThere;
        };
        if project.publishers.contains(&id) {
            return Attached::AlreadyThere;
        }
        project.publishers.push(id.clone());
        self.publishers.entry(id).or_insert(publisher);
        Attached::Added
    }

    /// Removes the publisher from the project; its row goes when no project has it any more.
    pub(crate) fn detach(&mut self, name: &str, id: Uuid) -> Detached {
        let id = id.to_string();
        let Some(project) = self.projects.get_mut(&normalize_project_name(name)) else {
            return Detached::NotThere;
        };
        if !project.publishers.contains(&id) {
            return Detached::NotThere;
        }
        project.publishers.retain(|known| *known != id);
        if !self.projects.values().any(|project| project.publishers.contains(&id)) {
            self.publishers.remove(&id);
        }
        Detached::Removed
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
