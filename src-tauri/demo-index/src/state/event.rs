//! What happened to a project, as its security history tells it.

use serde::{Deserialize, Serialize};
use trustdesk_domain::{Publisher, normalize_project_name};

use super::Database;
use crate::providers::{address, specifier};

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Event {
    /// Normalized.
    project: String,
    pub(crate) kind: EventKind,
    /// The provider's name.
    pub(crate) publisher: String,
    pub(crate) specifier: String,
    /// The publisher's page at its provider; empty if it has none.
    pub(crate) url: String,
    pub(crate) user: String,
    /// What the client called itself.
    pub(crate) device: String,
    pub(crate) at_ms: i64,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EventKind {
    PublisherAdded,
    PublisherRemoved,
}

/// Who did something, with what, and when.
pub(crate) struct Deed<'a> {
    pub(crate) user: &'a str,
    pub(crate) device: &'a str,
    pub(crate) at_ms: i64,
}

impl Database {
    pub(crate) fn record(
        &mut self,
        project: &str,
        kind: EventKind,
        publisher: &Publisher,
        deed: &Deed<'_>,
    ) {
        self.events.push(Event {
            project: normalize_project_name(project),
            kind,
            publisher: publisher.provider_name().to_owned(),
            specifier: specifier(publisher),
            url: address(publisher),
            user: deed.user.to_owned(),
            device: deed.device.to_owned(),
            at_ms: deed.at_ms,
        });
    }

    /// A project's history, the newest line first.
    pub(crate) fn events(&self, project: &str) -> Vec<Event> {
        let project = normalize_project_name(project);
        self.events.iter().rev().filter(|event| event.project == project).cloned().collect()
    }
}
