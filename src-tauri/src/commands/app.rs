//! The frame of the screen: index, account, connection, theme.

use serde::{Deserialize, Serialize};
use trustdesk_core::secrets::{Keyring, SessionKept};
use trustdesk_core::store::{self, Place, Recovery};
use trustdesk_core::sync::{self, Connection, Screen};
use trustdesk_domain::Index;
use trustdesk_files::{self as files, Exposure};
use ts_rs::TS;

use super::work::go_on;
use crate::error::IpcError;
use crate::events::Changed;
use crate::settings::Theme;
use crate::state::AppState;

#[derive(Debug, Serialize, TS)]
pub(crate) struct AppView {
    version: String,
    /// None: first start, nothing is chosen.
    index: Option<IndexView>,
    /// The chosen index is stored under an address that is not its own, and was not used: what to say
    /// of that.
    wrong_address: Option<String>,
    /// The proxy through which the index is asked, as HOST:PORT; none: it is asked directly.
    proxy: Option<String>,
    /// None: nobody has signed in there yet.
    username: Option<String>,
    connection: Connection,
    /// Until when the index takes the password as confirmed; none: nobody knows.
    confirmed_until_ms: Option<i64>,
    /// When the session ends unless it is used before; none: nobody knows.
    session_ends_ms: Option<i64>,
    /// Whether the index knows this device again, so that the password alone signs in.
    remembers_device: bool,
    /// When the list of projects was read.
    last_read_ms: Option<i64>,
    /// None: not read yet.
    project_count: Option<usize>,
    change_count: usize,
    /// None: there is no session. "memory" must be said on screen.
    session_kept: Option<SessionKept>,
    keyring: Keyring,
    theme: Theme,
    /// Whether sessions are kept in memory only and end with the program. None: what was chosen cannot
    /// be read, so that they are.
    forgets_session: Option<bool>,
    data_folder: String,
    /// What became of a damaged database when it was opened; none: it was sound.
    recovery: Option<RecoveryView>,
    /// Whether the data folder cannot be written: then nothing can be saved.
    is_read_only: bool,
    data_place: PlaceView,
    /// Who else on this computer can use the data folder; none: nobody, or it cannot be told.
    data_exposure: Option<ExposureView>,
}

/// What other users of this computer can do in the data folder.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExposureView {
    Readable,
    Writable,
}

impl From<Exposure> for ExposureView {
    fn from(exposure: Exposure) -> Self {
        match exposure {
            Exposure::Readable => Self::Readable,
            Exposure::Writable => Self::Writable,
        }
    }
}

/// Where the data folder lies. What is not on this computer alone is warned of.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "place", rename_all = "snake_case")]
pub(crate) enum PlaceView {
    Here,
    Network { file_system: String },
    Synced { by: String },
}

impl From<&Place> for PlaceView {
    fn from(place: &Place) -> Self {
        match place {
            Place::Here => Self::Here,
            Place::Network(file_system) => Self::Network { file_system: file_system.clone() },
            Place::Synced(by) => Self::Synced { by: (*by).to_owned() },
        }
    }
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct RecoveryView {
    /// The folder with the damaged files.
    kept_aside: String,
    drafts: u32,
    changes: u32,
    /// Rows that made no sense any more.
    unreadable: u32,
    /// What was in it that Trustdesk never puts there, such as a trigger; empty: it was damaged.
    altered: Vec<String>,
}

impl From<&Recovery> for RecoveryView {
    fn from(recovery: &Recovery) -> Self {
        Self {
            kept_aside: recovery.kept_aside.display().to_string(),
            drafts: recovery.drafts,
            changes: recovery.changes,
            unreadable: recovery.unreadable,
            altered: recovery.altered.clone(),
        }
    }
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct IndexView {
    key: String,
    name: String,
    /// What gets the password.
    host: String,
    origin: String,
    is_demo: bool,
}

impl From<Index> for IndexView {
    fn from(index: Index) -> Self {
        Self {
            host: index.host(),
            is_demo: index.is_demo(),
            origin: index.origin.to_string(),
            name: index.name,
            key: index.key.0,
        }
    }
}

#[derive(Debug, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum IndexChoice {
    Pypi,
    // Spelled by hand: the usual rule would write test_pypi.
    #[serde(rename = "testpypi")]
    TestPypi,
    Demo,
    Other {
        url: String,
    },
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct ChooseIndex {
    index: IndexChoice,
}

pub(crate) async fn get_app(state: &AppState) -> Result<AppView, IpcError> {
    let engine = state.engine().await?;
    let (screen, wrong_address) = match engine.screen().await {
        Err(sync::Error::Store(error @ store::Error::WrongAddress { .. })) => {
            (Screen::default(), Some(IpcError::from(&error).message().to_owned()))
        }
        screen => (screen?, None),
    };
    let mut project_count = None;
    let mut change_count = 0;
    if let Some(account) = &screen.account {
        let store = engine.store();
        if account.projects_read_at_ms.is_some() {
            project_count = Some(store.project_count(account.id).await.map_err(sync::Error::from)?);
        }
        change_count = store.open_changes(account.id).await.map_err(sync::Error::from)?.len();
    }
    Ok(AppView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        last_read_ms: screen.account.as_ref().and_then(|account| account.projects_read_at_ms),
        username: screen.account.map(|account| account.username),
        proxy: screen.index.as_ref().and_then(|index| engine.proxy_of(index)),
        index: screen.index.map(IndexView::from),
        wrong_address,
        connection: screen.connection,
        confirmed_until_ms: engine.confirmed_until_ms().await,
        session_ends_ms: engine.session_ends_ms().await,
        remembers_device: engine.remembers_device().await,
        project_count,
        change_count,
        session_kept: screen.session_kept,
        keyring: engine.keyring(),
        theme: state.preferences().theme(),
        forgets_session: engine.forgets_sessions(),
        data_folder: state.folder().display().to_string(),
        recovery: engine.store().recovery().map(RecoveryView::from),
        is_read_only: engine.store().is_read_only(),
        data_place: engine.store().place().into(),
        data_exposure: files::exposure(state.folder()).map(ExposureView::from),
    })
}

pub(crate) async fn choose_index(
    state: &AppState,
    input: ChooseIndex,
) -> Result<AppView, IpcError> {
    let built_in = || IpcError::bug("the built-in addresses are addresses");
    let index = match input.index {
        IndexChoice::Pypi => Index::pypi().ok_or_else(built_in)?,
        IndexChoice::TestPypi => Index::testpypi().ok_or_else(built_in)?,
        IndexChoice::Demo => state.demo().index().await?,
        IndexChoice::Other { url } => Index::other(&url).map_err(sync::Error::from)?,
    };
    leave(state);
    state.engine().await?.select_index(&index).await?;
    get_app(state).await
}

pub(crate) async fn leave_index(state: &AppState) -> Result<AppView, IpcError> {
    leave(state);
    state.engine().await?.leave_index().await?;
    get_app(state).await
}

/// Who signs in there now would be on screen beside another index, and so would what is done there.
fn leave(state: &AppState) {
    state.sign_in_page().close();
    state.work().stop();
}

/// Asks the index who the session belongs to. What the answer is, is part of the view, so a closed
/// gate is no error here.
pub(crate) async fn refresh_connection(state: &AppState) -> Result<AppView, IpcError> {
    state.wake_demo().await?;
    match state.engine().await?.refresh_connection().await {
        Ok(())
        | Err(
            sync::Error::Index(_)
            | sync::Error::KeyringLocked
            | sync::Error::NoIndex
            | sync::Error::NoAccount,
        ) => {}
        Err(error) => return Err(error.into()),
    }
    go_on(state).await?;
    get_app(state).await
}

pub(crate) async fn sign_out(state: &AppState) -> Result<AppView, IpcError> {
    state.engine().await?.sign_out().await?;
    state.announce(Changed::App);
    get_app(state).await
}
