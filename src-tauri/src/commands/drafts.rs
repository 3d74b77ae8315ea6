//! Drafts: what is typed, saved while it is typed.

use serde::{Deserialize, Serialize};
use trustdesk_core::sync::Engine;
use trustdesk_domain::{ChangeId, Draft, DraftId, Fields, InPlaceOf, Provider, PublisherId, Typed};
use ts_rs::TS;

use crate::error::IpcError;
use crate::events::Changed;
use crate::state::AppState;

#[derive(Debug, Deserialize, TS)]
pub(crate) struct SaveDraft {
    /// A UUID that the page makes, so that saving twice is saving once.
    id: String,
    project: String,
    provider: Provider,
    fields: Fields,
    /// The row of the listed publisher that is to be replaced.
    replaces: Option<String>,
    /// The change that is to be given up for this.
    edits: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct OfDraft {
    id: String,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct DraftSaved {
    saved_at_ms: i64,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct DraftsView {
    drafts: Vec<DraftView>,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct DraftView {
    id: String,
    project: String,
    provider: Provider,
    fields: Fields,
    replaces: Option<String>,
    edits: Option<String>,
    /// Whether it stands in the form of its project and provider.
    open: bool,
    saved_at_ms: i64,
    /// What it would register; none: it is not complete yet.
    line: Option<String>,
}

pub(crate) async fn save_draft(state: &AppState, input: SaveDraft) -> Result<DraftSaved, IpcError> {
    let SaveDraft { id, project, provider, fields, replaces, edits } = input;
    let typed = Typed { project, provider, fields, in_place_of: in_place_of(replaces, edits) };
    let saved_at_ms = state.engine().await?.save_draft(&DraftId(id), &typed).await?;
    // Not the project's page: it is what is being typed into, and knows.
    state.announce(Changed::Drafts);
    Ok(DraftSaved { saved_at_ms })
}

pub(crate) async fn park_draft(state: &AppState, input: OfDraft) -> Result<(), IpcError> {
    state.engine().await?.park_draft(&DraftId(input.id)).await?;
    state.announce(Changed::Drafts);
    Ok(())
}

pub(crate) async fn open_draft(state: &AppState, input: OfDraft) -> Result<(), IpcError> {
    state.engine().await?.open_draft(&DraftId(input.id)).await?;
    state.announce(Changed::Drafts);
    Ok(())
}

pub(crate) async fn discard_draft(state: &AppState, input: OfDraft) -> Result<(), IpcError> {
    state.engine().await?.discard_draft(&DraftId(input.id)).await?;
    state.announce(Changed::Drafts);
    Ok(())
}

pub(crate) async fn restore_draft(state: &AppState, input: OfDraft) -> Result<(), IpcError> {
    state.engine().await?.restore_draft(&DraftId(input.id)).await?;
    state.announce(Changed::Drafts);
    Ok(())
}

pub(crate) async fn list_drafts(state: &AppState) -> Result<DraftsView, IpcError> {
    Ok(DraftsView { drafts: drafts_of(state.engine().await?, None).await? })
}

/// What a form or a draft of it takes the place of, by the names that the page has for it.
pub(super) fn in_place_of(replaces: Option<String>, edits: Option<String>) -> InPlaceOf {
    InPlaceOf { publisher: replaces.map(PublisherId), change: edits.map(ChangeId) }
}

/// The drafts of a project, or of all.
pub(super) async fn drafts_of(
    engine: &Engine,
    project: Option<&str>,
) -> Result<Vec<DraftView>, IpcError> {
    let mut views = Vec::new();
    for draft in engine.drafts(project).await? {
        let line = engine.drafted(&draft).await?.map(|publisher| publisher.line());
        let Draft { id, typed, open, saved_at_ms } = draft;
        let Typed { project, provider, fields, in_place_of } = typed;
        views.push(DraftView {
            id: id.0,
            project,
            provider,
            fields,
            replaces: in_place_of.publisher.map(|row| row.0),
            edits: in_place_of.change.map(|change| change.0),
            open,
            saved_at_ms,
            line,
        });
    }
    Ok(views)
}
