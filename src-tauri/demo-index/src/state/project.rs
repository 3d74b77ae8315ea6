//! A project as the index keeps it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A project as the index keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Project {
    /// As its owner spelled it.
    pub(crate) name: String,
    pub(crate) summary: String,
    pub(crate) status: Status,
    /// The organization that owns it.
    pub(crate) organization: Option<String>,
    pub(crate) created_at_ms: i64,
    /// When its newest release appeared; none if there is no release.
    pub(crate) released_at_ms: Option<i64>,
    /// Who has a direct role.
    pub(crate) roles: BTreeMap<String, Role>,
    /// Ids of its publishers, in the order in which they were added.
    pub(crate) publishers: Vec<String>,
}

/// What a direct collaborator may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    Owner,
    Maintainer,
}

/// Where a project stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Active,
    Archived,
    Quarantined,
}

impl Project {
    /// What the list is sorted by.
    pub(crate) fn shown_at_ms(&self) -> i64 {
        self.released_at_ms.unwrap_or(self.created_at_ms)
    }

    pub(crate) fn is_owned_by(&self, user: &str) -> bool {
        self.roles.get(user) == Some(&Role::Owner)
    }

    /// Whether nobody else is a direct owner.
    pub(crate) fn is_owned_by_alone(&self, user: &str) -> bool {
        let owners = self.roles.values().filter(|role| **role == Role::Owner).count();
        owners == 1 && self.is_owned_by(user)
    }
}
