//! Work that takes many requests: reading everything, sending a reviewed list.

use serde::{Deserialize, Serialize};
use trustdesk_core::domain::{ChangeAction, ChangeId};
use trustdesk_core::sync::{self, Connection};
use ts_rs::TS;

use super::publishers::ChangeView;
use crate::error::IpcError;
use crate::events::Changed;
use crate::state::AppState;
use crate::work::{Job, Watch, WorkView};

#[derive(Debug, Serialize, TS)]
pub(crate) struct ReviewView {
    /// All that wait, in the order in which they would be sent.
    changes: Vec<ChangeView>,
    adds: usize,
    removes: usize,
    projects: usize,
    /// Adds sent from here; the index may have counted more.
    sent_in_24h: i64,
    /// Adds that the index takes in 24 hours.
    limit: i64,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct SyncChanges {
    /// The changes that were reviewed. No other is sent.
    ids: Vec<String>,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct WorkState {
    /// None: there was none in this run.
    work: Option<WorkView>,
}

pub(crate) async fn review_changes(state: &AppState) -> Result<ReviewView, IpcError> {
    let sync::Review { changes, sent_in_24h, limit } = state.engine().await?.review().await?;
    let adds = changes.iter().filter(|change| change.action == ChangeAction::Add).count();
    let mut projects: Vec<&str> = changes.iter().map(|change| change.project.as_str()).collect();
    projects.dedup();
    Ok(ReviewView {
        adds,
        removes: changes.len() - adds,
        projects: projects.len(),
        changes: changes.into_iter().map(ChangeView::from).collect(),
        sent_in_24h,
        limit,
    })
}

pub(crate) async fn sync_changes(state: &AppState, input: SyncChanges) -> Result<(), IpcError> {
    start(state, Job::Send(input.ids)).await
}

pub(crate) async fn refresh_everything(state: &AppState) -> Result<(), IpcError> {
    start(state, Job::Refresh).await
}

pub(crate) async fn stop_work(state: &AppState) -> Result<(), IpcError> {
    state.work().stop();
    state.announce(Changed::Work);
    Ok(())
}

pub(crate) async fn get_work(state: &AppState) -> Result<WorkState, IpcError> {
    Ok(WorkState { work: state.work().view() })
}

/// A gate has opened: if the person wants it so, what was confirmed within a day goes out now.
pub(super) async fn send_if_wanted(state: &AppState) -> Result<(), IpcError> {
    if !state.preferences().sends_by_itself() {
        return Ok(());
    }
    let engine = state.engine().await?;
    if engine.screen().await?.connection != Connection::Online {
        return Ok(());
    }
    let ids = engine.freshly_confirmed().await?;
    if ids.is_empty() {
        return Ok(());
    }
    start(state, Job::Send(ids.into_iter().map(|id| id.0).collect())).await
}

/// Begins in the background; the page hears of each step. Asking again while some work is running
/// starts nothing: its progress is on screen.
async fn start(state: &AppState, job: Job) -> Result<(), IpcError> {
    state.wake_demo().await?;
    // What cannot even begin is the answer, not a result.
    state.engine().await?.account().await?;
    if state.work().begin(&job) {
        let watch = Watch(state.clone());
        tauri::async_runtime::spawn(async move {
            let ended = run(&watch, job).await;
            watch.end(ended);
        });
    }
    Ok(())
}

async fn run(watch: &Watch, job: Job) -> Result<(), IpcError> {
    let engine = watch.0.engine().await?;
    match job {
        Job::Refresh => engine.refresh_everything(watch).await?,
        Job::Send(ids) => {
            let ids: Vec<ChangeId> = ids.into_iter().map(ChangeId).collect();
            engine.sync_changes(&ids, watch).await?;
        }
    }
    Ok(())
}
