//! Preferences, and the folders where things lie.

use serde::Deserialize;
use ts_rs::TS;

use crate::error::IpcError;
use crate::events::Changed;
use crate::log;
use crate::settings::Theme;
use crate::state::AppState;

#[derive(Debug, Deserialize, TS)]
pub(crate) struct SetTheme {
    theme: Theme,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct SetSendsByItself {
    on: bool,
}

#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Folder {
    Data,
    Logs,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct OpenFolder {
    folder: Folder,
}

pub(crate) async fn set_theme(state: &AppState, input: SetTheme) -> Result<(), IpcError> {
    keep(state, move |state| state.preferences().set_theme(input.theme)).await
}

pub(crate) async fn set_sends_by_itself(
    state: &AppState,
    input: SetSendsByItself,
) -> Result<(), IpcError> {
    keep(state, move |state| state.preferences().set_sends_by_itself(input.on)).await?;
    state.announce(Changed::App);
    Ok(())
}

/// Shows a folder in the system's file manager. The page names which; the path is ours.
pub(crate) async fn open_folder(state: &AppState, input: OpenFolder) -> Result<(), IpcError> {
    let folder = match input.folder {
        Folder::Data => state.folder().to_owned(),
        Folder::Logs => log::folder(state.folder()),
    };
    let shown = folder.display().to_string();
    let opened = tauri::async_runtime::spawn_blocking(move || open::that_detached(folder)).await;
    match opened {
        Ok(Ok(())) => Ok(()),
        _ => Err(IpcError::NotFound {
            message: format!("No file manager could be opened. The folder is {shown}."),
        }),
    }
}

/// Preferences are written to disk: off the threads that answer the page.
async fn keep(
    state: &AppState,
    write: impl FnOnce(&AppState) + Send + 'static,
) -> Result<(), IpcError> {
    let state = state.clone();
    let saved = tauri::async_runtime::spawn_blocking(move || write(&state));
    saved.await.map_err(|_| IpcError::bug("a preference can be kept"))
}
