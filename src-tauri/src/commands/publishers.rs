//! How a publisher and a change of one look on screen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use trustdesk_core::store;
use trustdesk_core::sync::{self, Engine};
use trustdesk_domain::{
    Change, ChangeAction, ChangeId, ChangeState, Conflict, ContentHash, Destination, Detail,
    Fields, Index, ListedPublisher, Message, Provider, Publisher, Reviewed,
};
use ts_rs::TS;

use super::held_back::{HeldBackView, held_back};
use super::links::of_publisher;
use crate::error::IpcError;

#[derive(Debug, Serialize, TS)]
pub(crate) struct DetailView {
    label: String,
    /// None reads (Any).
    value: Option<String>,
    /// Whether the publisher's link leads to it.
    linked: bool,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct PublisherView {
    id: String,
    /// None: the index lists it and this version does not know it.
    provider: Option<Provider>,
    provider_name: String,
    details: Vec<DetailView>,
    /// "release.yml in octo-org/sampleproject".
    subject: String,
    /// The subject and what limits it.
    line: String,
    /// What its form is filled with when it is replaced; nothing for an unknown provider.
    fields: Fields,
}

/// What others did to the project's publishers since a change was confirmed, in lines.
#[derive(Debug, Serialize, TS)]
pub(crate) struct ConflictView {
    /// The list when it was confirmed.
    base: Vec<String>,
    added: Vec<String>,
    removed: Vec<String>,
}

/// A change as it was shown: its hash is compared with what is kept when it is sent.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub(crate) struct ReviewedChange {
    pub(crate) id: String,
    pub(crate) hash: String,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct ChangeView {
    id: String,
    /// Of all that is shown here and would be sent.
    hash: String,
    project: String,
    action: ChangeAction,
    provider: Option<Provider>,
    provider_name: String,
    details: Vec<DetailView>,
    subject: String,
    line: String,
    /// The row that a removal is about, or under which an add is listed.
    publisher_id: Option<String>,
    /// The add that must be listed before this removal is sent: together they replace a publisher.
    after: Option<String>,
    /// Only of one that needs a person because others changed the project's publishers.
    conflict: Option<ConflictView>,
    /// Why it would not be sent now; none: nothing is known to hold it back.
    held_back: Option<HeldBackView>,
    state: ChangeState,
    /// The index's words, or why a person must decide.
    reasons: Vec<String>,
    /// The index's words by field.
    field_errors: BTreeMap<String, Vec<String>>,
    /// What was typed, for editing an add that was refused.
    fields: BTreeMap<String, String>,
    confirmed_at_ms: i64,
    settled_at_ms: Option<i64>,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct MessageView {
    key: String,
    args: BTreeMap<String, String>,
    text: String,
}

impl From<Message> for MessageView {
    fn from(message: Message) -> Self {
        Self { key: message.key, args: message.args, text: message.text }
    }
}

impl PublisherView {
    /// A row of a project's list on that index.
    pub(super) fn new(listed: ListedPublisher, index: &Index) -> Self {
        let publisher = &listed.publisher;
        Self {
            id: listed.id.0,
            provider: publisher.provider(),
            provider_name: publisher.provider_name().to_owned(),
            details: details(publisher, of_publisher(index, publisher).is_some()),
            subject: publisher.subject(),
            line: publisher.line(),
            fields: publisher.fields(),
        }
    }
}

impl From<Conflict> for ConflictView {
    fn from(conflict: Conflict) -> Self {
        let lines = |list: Vec<ListedPublisher>| {
            list.into_iter().map(|listed| listed.publisher.line()).collect()
        };
        let Conflict { base, added, removed } = conflict;
        Self { base: lines(base), added: lines(added), removed: lines(removed) }
    }
}

impl From<ReviewedChange> for Reviewed {
    fn from(shown: ReviewedChange) -> Self {
        Self { id: ChangeId(shown.id), hash: ContentHash(shown.hash) }
    }
}

impl From<Reviewed> for ReviewedChange {
    fn from(reviewed: Reviewed) -> Self {
        Self { id: reviewed.id.0, hash: reviewed.hash.0 }
    }
}

impl ChangeView {
    pub(super) const fn is_held_back(&self) -> bool {
        self.held_back.is_some()
    }
}

#[cfg(test)]
impl ChangeView {
    /// As the page sends it back.
    pub(super) fn as_shown(&self) -> ReviewedChange {
        ReviewedChange { id: self.id.clone(), hash: self.hash.clone() }
    }
}

/// What the page sends back, for the core.
pub(super) fn reviewed(shown: Vec<ReviewedChange>) -> Vec<Reviewed> {
    shown.into_iter().map(Reviewed::from).collect()
}

impl ChangeView {
    /// A change of the account on screen, which it would be sent for.
    pub(super) fn new(change: Change, destination: &Destination) -> Result<Self, IpcError> {
        let reviewed = Reviewed::of(&change, destination).map_err(store::Error::from);
        let reviewed = reviewed.map_err(sync::Error::from)?;
        let publisher = change.intent.publisher();
        Ok(Self {
            id: change.id.0,
            hash: reviewed.hash.0,
            project: change.project,
            action: change.intent.action(),
            provider: publisher.provider(),
            provider_name: publisher.provider_name().to_owned(),
            // A link is opened by the row of a list.
            details: details(publisher, false),
            subject: publisher.subject(),
            line: publisher.line(),
            fields: publisher.fields(),
            publisher_id: change.intent.row().map(|row| row.0.clone()),
            after: change.intent.after().map(|new| new.id.0.clone()),
            conflict: None,
            held_back: None,
            state: change.state,
            reasons: change.reasons.messages,
            field_errors: change.reasons.fields,
            confirmed_at_ms: change.confirmed_at_ms,
            settled_at_ms: change.settled_at_ms,
        })
    }
}

/// The changes with what stands against those that need a person, and what holds the others back.
pub(super) async fn views(
    engine: &Engine,
    changes: Vec<Change>,
) -> Result<Vec<ChangeView>, IpcError> {
    let destination = engine.destination().await?;
    let mut held_back = held_back(engine, &changes).await?;
    let mut views = Vec::with_capacity(changes.len());
    for change in changes {
        let conflict = engine.conflict(&change).await?.map(ConflictView::from);
        let held_back = held_back.remove(&change.id);
        views.push(ChangeView { conflict, held_back, ..ChangeView::new(change, &destination)? });
    }
    Ok(views)
}

fn details(publisher: &Publisher, is_linked: bool) -> Vec<DetailView> {
    let view = |detail: Detail| DetailView {
        label: detail.label,
        value: detail.value,
        linked: is_linked && detail.link.is_some(),
    };
    publisher.details().into_iter().map(view).collect()
}
