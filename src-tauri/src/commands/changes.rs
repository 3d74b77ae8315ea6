//! The changes whose life is not over, of every project.

use serde::{Deserialize, Serialize};
use trustdesk_core::sync;
use trustdesk_domain::ChangeId;
use ts_rs::TS;

use super::publishers::{ChangeView, ReviewedChange, views};
use crate::error::IpcError;
use crate::events::Changed;
use crate::state::AppState;

#[derive(Debug, Serialize, TS)]
pub(crate) struct ChangesView {
    changes: Vec<ChangeView>,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct OfChange {
    pub(super) id: String,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct RetryChange {
    /// As it was shown when the person decided to send it again.
    change: ReviewedChange,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct RetriedView {
    /// What the person decided to send, with the removal that comes after it.
    to_send: Vec<ReviewedChange>,
}

pub(crate) async fn list_changes(state: &AppState) -> Result<ChangesView, IpcError> {
    state.try_to_wake_demo().await;
    let engine = state.engine().await?;
    let account = engine.account().await?.id;
    let changes = engine.store().open_changes(account).await.map_err(sync::Error::from)?;
    Ok(ChangesView { changes: views(engine, changes).await? })
}

pub(crate) async fn discard_change(state: &AppState, input: OfChange) -> Result<(), IpcError> {
    state.engine().await?.discard_change(&ChangeId(input.id)).await?;
    announce(state);
    Ok(())
}

/// Lets a change wait again. One that moved on meanwhile is left where it is; the page reads what is
/// true now.
pub(crate) async fn retry_change(
    state: &AppState,
    input: RetryChange,
) -> Result<RetriedView, IpcError> {
    state.try_to_wake_demo().await;
    let engine = state.engine().await?;
    let retried = engine.retry_reviewed(&input.change.into()).await;
    announce(state);
    Ok(RetriedView { to_send: retried?.into_iter().map(ReviewedChange::from).collect() })
}

fn announce(state: &AppState) {
    state.announce(Changed::App);
    state.announce(Changed::Projects);
    state.announce(Changed::Changes);
}
