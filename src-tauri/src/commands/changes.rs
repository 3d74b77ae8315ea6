//! The changes whose life is not over, of every project.

use serde::{Deserialize, Serialize};
use trustdesk_core::domain::ChangeId;
use trustdesk_core::sync;
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

#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Decision {
    SendAgain,
    Discard,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct DecideChange {
    /// As it was shown when the person decided.
    change: ReviewedChange,
    decision: Decision,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct DecidedView {
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

/// A change that moved on meanwhile is left where it is; the page reads what is true now.
pub(crate) async fn decide_change(
    state: &AppState,
    input: DecideChange,
) -> Result<DecidedView, IpcError> {
    state.try_to_wake_demo().await;
    let engine = state.engine().await?;
    let shown = input.change.into();
    let decided = match input.decision {
        Decision::SendAgain => engine.retry_reviewed(&shown).await,
        Decision::Discard => engine.discard_change(&shown.id).await.map(|_| Vec::new()),
    };
    announce(state);
    Ok(DecidedView { to_send: decided?.into_iter().map(ReviewedChange::from).collect() })
}

fn announce(state: &AppState) {
    state.announce(Changed::App);
    state.announce(Changed::Projects);
    state.announce(Changed::Changes);
}
