//! Several accounts on several indexes: which there are, which is on screen, and forgetting one.

use serde::{Deserialize, Serialize};
use trustdesk_core::store::AccountId;
use trustdesk_core::sync;
use ts_rs::TS;

use super::app::{AppView, IndexView, get_app};
use crate::error::IpcError;
use crate::events::Changed;
use crate::state::AppState;

#[derive(Debug, Serialize, TS)]
pub(crate) struct AccountsView {
    /// The one that was signed in to first first.
    accounts: Vec<AccountView>,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct AccountView {
    #[ts(type = "number")]
    id: i64,
    username: String,
    index: IndexView,
    on_screen: bool,
    /// When its list of projects was read.
    last_read_ms: Option<i64>,
    open_changes: usize,
    drafts: usize,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct OfAccount {
    #[ts(type = "number")]
    id: i64,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct ForgetAccount {
    #[ts(type = "number")]
    id: i64,
    /// Its drafts, changes and what was read of it too.
    with_data: bool,
}

pub(crate) async fn list_accounts(state: &AppState) -> Result<AccountsView, IpcError> {
    let engine = state.engine().await?;
    let store = engine.store();
    let mut accounts = Vec::new();
    for known in engine.known_accounts().await? {
        let id = known.account.id;
        let open_changes = store.open_changes(id).await.map_err(sync::Error::from)?.len();
        let drafts = store.drafts(id, None).await.map_err(sync::Error::from)?.len();
        accounts.push(AccountView {
            id: id.0,
            username: known.account.username,
            index: known.index.into(),
            on_screen: known.on_screen,
            last_read_ms: known.account.projects_read_at_ms,
            open_changes,
            drafts,
        });
    }
    Ok(AccountsView { accounts })
}

/// While something long runs for the account on screen, that one stays there.
pub(crate) async fn use_account(state: &AppState, input: OfAccount) -> Result<AppView, IpcError> {
    no_work(state)?;
    state.sign_in_page().close();
    state.engine().await?.select_account(AccountId(input.id)).await?;
    state.wake_demo().await?;
    all_changed(state).await
}

pub(crate) async fn forget_account(
    state: &AppState,
    input: ForgetAccount,
) -> Result<AppView, IpcError> {
    no_work(state)?;
    state.engine().await?.forget_account(AccountId(input.id), input.with_data).await?;
    all_changed(state).await
}

/// Between two of its requests nothing tells that more are to come.
pub(super) fn no_work(state: &AppState) -> Result<(), IpcError> {
    if state.work().is_running() { Err(IpcError::still_working()) } else { Ok(()) }
}

/// Another account is on screen: whatever shows something reads it again.
pub(super) async fn all_changed(state: &AppState) -> Result<AppView, IpcError> {
    state.work().forget();
    let news = [Changed::App, Changed::Projects, Changed::Changes, Changed::Drafts, Changed::Work];
    for changed in news {
        state.announce(changed);
    }
    get_app(state).await
}
