//! The changes whose life is not over, of every project.

use serde::{Deserialize, Serialize};
use trustdesk_core::domain::ChangeId;
use trustdesk_core::sync;
use ts_rs::TS;

use super::publishers::{ChangeView, views};
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
    id: String,
    decision: Decision,
}

pub(crate) async fn list_changes(state: &AppState) -> Result<ChangesView, IpcError> {
    let engine = state.engine().await?;
    let account = engine.account().await?.id;
    let changes = engine.store().open_changes(account).await.map_err(sync::Error::from)?;
    Ok(ChangesView { changes: views(engine, changes).await? })
}

pub(crate) async fn discard_change(state: &AppState, input: OfChange) -> Result<(), IpcError> {
    decide(state, input.id, Decision::Discard).await
}

pub(crate) async fn decide_change(state: &AppState, input: DecideChange) -> Result<(), IpcError> {
    decide(state, input.id, input.decision).await
}

/// A change that moved on meanwhile is left where it is; the page reads what is true now.
async fn decide(state: &AppState, id: String, decision: Decision) -> Result<(), IpcError> {
    let engine = state.engine().await?;
    let id = ChangeId(id);
    match decision {
        Decision::SendAgain => engine.retry_change(&id).await?,
        Decision::Discard => engine.discard_change(&id).await?,
    };
    state.announce(Changed::App);
    state.announce(Changed::Projects);
    state.announce(Changed::Changes);
    Ok(())
}
