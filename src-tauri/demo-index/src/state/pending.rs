//! Pending publishers: of projects that do not exist yet. One identity is pending once on the whole
//! index, whoever asked for it and for whichever project (protocol 3.6).

use serde::{Deserialize, Serialize};
use trustdesk_domain::Publisher;
use uuid::Uuid;

use super::Database;
use super::identity::Identity;

const EXPIRES_AFTER_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A publisher that waits for its project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) id: String,
    /// As it was typed; it becomes the project's spelling.
    pub(crate) project_name: String,
    pub(crate) publisher: Publisher,
    pub(crate) added_by: String,
    /// The organization that would own the project.
    pub(crate) organization: Option<String>,
    pub(crate) added_at_ms: i64,
}

/// What became of asking for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Added,
    AlreadyThere,
    /// The same publisher waits for another project.
    OtherProject,
    /// The database refuses the row although the form did not.
    Broken,
}

impl Database {
    /// Those that the user asked for, for an organization or not.
    pub(crate) fn pending_of(&self, user: &str) -> Vec<Pending> {
        self.pending.iter().filter(|pending| pending.added_by == user).cloned().collect()
    }

    /// Those that anybody asked for in the organization's name.
    pub(crate) fn pending_in(&self, organization: &str) -> Vec<Pending> {
        let named = |pending: &&Pending| pending.organization.as_deref() == Some(organization);
        self.pending.iter().filter(named).cloned().collect()
    }

    pub(crate) fn ask(&mut self, asked: Pending) -> Asked {
        let identity = Identity::of(&asked.publisher);
        for known in &self.pending {
            let other = Identity::of(&known.publisher);
            if identity == other {
                // An organization only knows its own.
                let mine = asked.organization.is_none() || known.organization == asked.organization;
                let same = mine && known.project_name == asked.project_name;
                return if same { Asked::AlreadyThere } else { Asked::OtherProject };
            }
            if identity.clashes_with(&other) {
                return Asked::Broken;
            }
        }
        self.pending.push(asked);
        Asked::Added
    }

    /// Takes one of the user's own back.
    pub(crate) fn withdraw(&mut self, user: &str, id: Uuid) -> Option<Pending> {
        let id = id.to_string();
        let own = |pending: &Pending| pending.id == id && pending.added_by == user;
        let at = self.pending.iter().position(own)?;
        Some(self.pending.remove(at))
    }

    /// Forgets those that nobody used in thirty days.
    pub(crate) fn expire_pending(&mut self, now_ms: i64) {
        self.pending.retain(|pending| now_ms - pending.added_at_ms < EXPIRES_AFTER_MS);
    }
}
