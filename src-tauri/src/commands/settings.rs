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
pub(crate) struct SetForgetsSession {
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

pub(crate) async fn set_forgets_session(
    state: &AppState,
    input: SetForgetsSession,
) -> Result<(), IpcError> {
    state.engine().await?.set_forgets_sessions(input.on).await?;
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
pub(super) async fn keep(
    state: &AppState,
    write: impl FnOnce(&AppState) + Send + 'static,
) -> Result<(), IpcError> {
    let state = state.clone();
    let saved = tauri::async_runtime::spawn_blocking(move || write(&state));
    saved.await.map_err(|_| IpcError::bug("a preference can be kept"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use trustdesk_core::clock::SystemClock;
    use trustdesk_core::secrets::{MemorySecrets, SecretName, Secrets};
    use trustdesk_core::store::Store;
    use trustdesk_core::sync::Engine;
    use trustdesk_domain::IndexKey;

    use super::*;
    use crate::commands::app::get_app;
    use crate::commands::demo_account::sign_in_demo_account;
    use crate::settings::InMemory;

    #[tokio::test]
    async fn a_session_that_is_to_be_forgotten_leaves_the_keyring_and_the_screen_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let keyring = Arc::new(MemorySecrets::default());
        let engine = Engine::start(store, Arc::clone(&keyring) as _, Arc::new(SystemClock)).await;
        let preferences = Arc::new(InMemory::default());
        let engine = engine.expect("starts");
        let state = AppState::on(engine, folder.path().to_owned(), preferences, Box::new(drop));
        let index = state.demo().index().await.expect("runs");
        state.engine().await.expect("there").select_index(&index).await.expect("chosen");
        sign_in_demo_account(&state).await.expect("signed in");
        let name = SecretName { index_key: IndexKey("demo".into()), username: "demo".into() };
        assert!(keyring.load(&name).await.found().is_some(), "it is kept at first");

        for (on, says) in [(true, "this_run"), (false, "memory")] {
            set_forgets_session(&state, SetForgetsSession { on }).await.expect("chosen");
            let app = serde_json::to_value(get_app(&state).await.expect("read")).expect("JSON");
            assert_eq!((&app["forgets_session"], &app["session_kept"]), (&on.into(), &says.into()));
            assert_eq!(keyring.load(&name).await.found().is_none(), on);
        }
    }
}
