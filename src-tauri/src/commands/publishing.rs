//! A project's *Publishing* page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use trustdesk_core::sync::{self, Queued};
use trustdesk_domain::{
    DraftId, Fields, GitlabInstances, Message, Provider, Publisher, PublisherId, Typed, Verdict,
};
use ts_rs::TS;

use super::drafts::{DraftView, drafts_of, in_place_of};
use super::projects::ProjectView;
use super::publishers::{ChangeView, MessageView, PublisherView, ReviewedChange, reviewed, views};
use crate::error::IpcError;
use crate::events::Changed;
use crate::state::AppState;

#[derive(Debug, Deserialize, TS)]
pub(crate) struct OfProject {
    /// The project's normalized name.
    pub(super) project: String,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct TypedPublisher {
    project: String,
    provider: Provider,
    fields: Fields,
    /// The row of the listed publisher that is removed once this one is listed.
    replaces: Option<String>,
    /// The change that is given up for this one.
    edits: Option<String>,
    /// The draft that becomes the change, if one was saved.
    draft: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct QueueRemove {
    project: String,
    publisher_id: String,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct SyncReviewed {
    project: String,
    /// The changes as they were shown. No other is sent.
    changes: Vec<ReviewedChange>,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct PublishingView {
    project: ProjectView,
    /// None: not read yet.
    read_at_ms: Option<i64>,
    publishers: Vec<PublisherView>,
    /// The one saved first first.
    drafts: Vec<DraftView>,
    /// Those whose life is not over, and those that the last reading showed to be done.
    changes: Vec<ChangeView>,
    tabs: Vec<TabView>,
    /// What GitLab's form offers; never empty.
    gitlab_instances: Vec<String>,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct TabView {
    provider: Provider,
    name: String,
    /// False: the index switched it off.
    enabled: bool,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct CheckView {
    errors: BTreeMap<String, Vec<MessageView>>,
    warnings: BTreeMap<String, Vec<MessageView>>,
    /// What would be registered, in a line.
    preview: Option<String>,
}

#[derive(Debug, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub(crate) enum QueueView {
    /// With the removals that come after it: all of it is what the form showed.
    Queued {
        change: Box<ChangeView>,
        removals: Vec<ChangeView>,
    },
    Invalid {
        check: CheckView,
    },
    AlreadyListed,
    AlreadyWaiting,
    ReplacedGone,
}

impl CheckView {
    fn new(verdict: Verdict, publisher: Option<&Publisher>) -> Self {
        Self {
            errors: by_field(verdict.errors),
            warnings: by_field(verdict.warnings),
            preview: publisher.map(Publisher::line),
        }
    }
}

fn by_field(messages: BTreeMap<String, Vec<Message>>) -> BTreeMap<String, Vec<MessageView>> {
    let views = |messages: Vec<Message>| messages.into_iter().map(MessageView::from).collect();
    messages.into_iter().map(|(field, messages)| (field, views(messages))).collect()
}

pub(crate) async fn open_publishing(
    state: &AppState,
    input: OfProject,
) -> Result<PublishingView, IpcError> {
    state.try_to_wake_demo().await;
    let engine = state.engine().await?;
    let account = engine.account().await?.id;
    let store = engine.store();
    let project = store.project(account, &input.project).await.map_err(sync::Error::from)?;
    let project = project.ok_or(sync::Error::NoSuchProject)?;
    let page = store.publishing(account, &input.project).await.map_err(sync::Error::from)?;
    let changes = store.changes_on_page(account, &input.project).await;
    let changes = changes.map_err(sync::Error::from)?;
    // Before the page was read nothing is known to be switched off.
    let enabled = |provider: Provider| {
        page.as_ref().is_none_or(|page| page.page.providers.contains(&provider))
    };
    let tab = |provider: Provider| TabView {
        provider,
        name: provider.tab().to_owned(),
        enabled: enabled(provider),
    };
    let index = engine.screen().await?.index.ok_or(sync::Error::NoIndex)?;
    let gitlab_instances =
        page.as_ref().map(|page| page.page.gitlab_instances.clone()).unwrap_or_default();
    Ok(PublishingView {
        project: project.into(),
        drafts: drafts_of(engine, Some(&input.project)).await?,
        tabs: Provider::ALL.into_iter().map(tab).collect(),
        gitlab_instances: GitlabInstances::of_page(gitlab_instances).names(),
        changes: views(engine, changes).await?,
        read_at_ms: page.as_ref().map(|page| page.read_at_ms),
        publishers: page
            .map(|page| page.page.publishers)
            .unwrap_or_default()
            .into_iter()
            .map(|listed| PublisherView::new(listed, &index))
            .collect(),
    })
}

pub(crate) async fn refresh_publishing(
    state: &AppState,
    input: OfProject,
) -> Result<PublishingView, IpcError> {
    state.wake_demo().await?;
    let refreshed = state.engine().await?.refresh_publishing(&input.project).await;
    announce(state, &input.project);
    refreshed?;
    open_publishing(state, input).await
}

/// Sends what a person decided on for a project, as it was shown; what else waits goes on waiting.
pub(crate) async fn sync_project(
    state: &AppState,
    input: SyncReviewed,
) -> Result<PublishingView, IpcError> {
    state.wake_demo().await?;
    let SyncReviewed { project, changes } = input;
    let engine = state.engine().await?;
    let synced = engine.sync_reviewed(&project, &reviewed(changes)).await;
    announce(state, &project);
    synced?;
    open_publishing(state, OfProject { project }).await
}

/// What was typed, and the draft that becomes the change.
fn typed(input: TypedPublisher) -> (Typed, Option<DraftId>) {
    let TypedPublisher { project, provider, fields, replaces, edits, draft } = input;
    let typed = Typed { project, provider, fields, in_place_of: in_place_of(replaces, edits) };
    (typed, draft.map(DraftId))
}

pub(crate) async fn check_publisher(
    state: &AppState,
    input: TypedPublisher,
) -> Result<CheckView, IpcError> {
    let (typed, _) = typed(input);
    let (verdict, publisher) = state.engine().await?.check_publisher(&typed).await?;
    Ok(CheckView::new(verdict, publisher.as_ref()))
}

pub(crate) async fn queue_add(
    state: &AppState,
    input: TypedPublisher,
) -> Result<QueueView, IpcError> {
    state.try_to_wake_demo().await;
    let engine = state.engine().await?;
    let (typed, draft) = typed(input);
    let queued = engine.queue_add(&typed, draft.as_ref()).await?;
    state.announce(Changed::Drafts);
    announce(state, &typed.project);
    let destination = engine.destination().await?;
    let view = |change| ChangeView::new(change, &destination);
    Ok(match queued {
        Queued::Queued(change, removals) => QueueView::Queued {
            change: Box::new(view(*change)?),
            removals: removals.into_iter().map(view).collect::<Result<_, _>>()?,
        },
        Queued::Invalid(verdict) => QueueView::Invalid { check: CheckView::new(verdict, None) },
        Queued::AlreadyListed => QueueView::AlreadyListed,
        Queued::AlreadyWaiting => QueueView::AlreadyWaiting,
        Queued::ReplacedGone => QueueView::ReplacedGone,
    })
}

pub(crate) async fn queue_remove(
    state: &AppState,
    input: QueueRemove,
) -> Result<ChangeView, IpcError> {
    let id = PublisherId(input.publisher_id);
    state.try_to_wake_demo().await;
    let engine = state.engine().await?;
    let change = engine.queue_remove(&input.project, &id).await?;
    announce(state, &input.project);
    ChangeView::new(change, &engine.destination().await?)
}

/// The counts beside the entries of the sidebar and in the list of projects follow.
fn announce(state: &AppState, project: &str) {
    state.announce(Changed::App);
    state.announce(Changed::Projects);
    state.announce(Changed::Publishing { project: project.to_owned() });
    state.announce(Changed::Changes);
}
