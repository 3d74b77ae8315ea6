//! *Your projects*.

use serde::Serialize;
use trustdesk_core::store::CachedProject;
use trustdesk_core::sync;
use trustdesk_domain::{ProjectDate, ProjectDateKind, Provider, Publisher};
use ts_rs::TS;

use crate::error::IpcError;
use crate::events::Changed;
use crate::state::AppState;

#[derive(Debug, Serialize, TS)]
pub(crate) struct ProjectsView {
    /// None: not read yet.
    read_at_ms: Option<i64>,
    projects: Vec<ProjectView>,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct ProjectView {
    name: String,
    normalized_name: String,
    organization: Option<String>,
    sole_owner: bool,
    date: Option<ProjectDateView>,
    summary: Option<String>,
    archived: bool,
    can_manage: bool,
    has_page: bool,
    /// None: not read yet, never to be shown as none.
    publishers: Option<Vec<PublisherCount>>,
    any_environment: bool,
    change_count: u32,
}

#[derive(Debug, Serialize, TS)]
#[ts(rename = "ProjectDate")]
pub(crate) struct ProjectDateView {
    kind: ProjectDateWord,
    at_ms: i64,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProjectDateWord {
    Released,
    Created,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct PublisherCount {
    provider: Option<Provider>,
    name: String,
    count: usize,
}

impl From<ProjectDate> for ProjectDateView {
    fn from(date: ProjectDate) -> Self {
        let kind = match date.kind {
            ProjectDateKind::Released => ProjectDateWord::Released,
            ProjectDateKind::Created => ProjectDateWord::Created,
        };
        Self { kind, at_ms: date.at_ms }
    }
}

impl From<CachedProject> for ProjectView {
    fn from(cached: CachedProject) -> Self {
        let project = cached.project;
        let known = cached.publishers.as_deref();
        Self {
            any_environment: known
                .is_some_and(|known| known.iter().any(Publisher::takes_any_environment)),
            publishers: known.map(counts),
            change_count: cached.open_changes,
            name: project.name,
            normalized_name: project.normalized_name,
            organization: project.organization,
            sole_owner: project.sole_owner,
            date: project.date.map(ProjectDateView::from),
            summary: project.summary,
            archived: project.archived,
            can_manage: project.can_manage,
            has_page: project.has_page,
        }
    }
}

/// How many of each provider, in the order of the list.
fn counts(publishers: &[Publisher]) -> Vec<PublisherCount> {
    let mut counts: Vec<PublisherCount> = Vec::new();
    for publisher in publishers {
        let name = publisher.provider_name();
        match counts.iter_mut().find(|count| count.name == name) {
            Some(count) => count.count += 1,
            None => counts.push(PublisherCount {
                provider: publisher.provider(),
                name: name.to_owned(),
                count: 1,
            }),
        }
    }
    counts
}

pub(crate) async fn list_projects(state: &AppState) -> Result<ProjectsView, IpcError> {
    let engine = state.engine().await?;
    let account = engine.account().await?;
    let projects = engine.store().projects(account.id).await.map_err(sync::Error::from)?;
    Ok(ProjectsView {
        read_at_ms: account.projects_read_at_ms,
        projects: projects.into_iter().map(ProjectView::from).collect(),
    })
}

pub(crate) async fn refresh_projects(state: &AppState) -> Result<ProjectsView, IpcError> {
    state.wake_demo().await?;
    let refreshed = state.engine().await?.refresh_projects().await;
    state.announce(Changed::App);
    refreshed?;
    list_projects(state).await
}
