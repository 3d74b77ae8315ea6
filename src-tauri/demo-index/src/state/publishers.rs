//! Publishers in the database: one row an identity, shared by every project that trusts it.

use trustdesk_domain::{ListedPublisher, Publisher, PublisherId, normalize_project_name};
use uuid::Uuid;

use super::Database;
use super::identity::Identity;

/// What became of adding a publisher to a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attached {
    Added,
    AlreadyThere,
    /// The database refuses the row although the form did not.
    Broken,
}

/// What became of removing one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Detached {
    Removed(Publisher),
    NotThere,
}

impl Database {
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

    /// Whether any project has this publisher.
    pub(crate) fn has_publisher(&self, publisher: &Publisher) -> bool {
        self.row(&Identity::of(publisher)).is_some()
    }

    /// Adds the publisher to the project; its row is made only if no project has it yet.
    pub(crate) fn attach(&mut self, name: &str, publisher: Publisher, new_id: Uuid) -> Attached {
        let identity = Identity::of(&publisher);
        let clashes =
            || self.publishers.values().any(|known| identity.clashes_with(&Identity::of(known)));
        let id = match self.row(&identity) {
            Some(id) => id,
            None if clashes() => return Attached::Broken,
            None => new_id.to_string(),
        };
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
        let Some(publisher) = self.publishers.get(&id).cloned() else { return Detached::NotThere };
        if !self.projects.values().any(|project| project.publishers.contains(&id)) {
            self.publishers.remove(&id);
        }
        Detached::Removed(publisher)
    }

    fn row(&self, identity: &Identity) -> Option<String> {
        let same = |(_, known): &(&String, &Publisher)| Identity::of(known) == *identity;
        self.publishers.iter().find(same).map(|(id, _)| id.clone())
    }
}
