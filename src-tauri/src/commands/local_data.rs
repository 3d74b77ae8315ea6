//! What is kept on this computer, as a whole: how much it is, a copy of it, and its end. Nothing here
//! changes anything on an index, but that sessions end there.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use serde::Serialize;
use trustdesk_core::store::Holdings;
use trustdesk_core::sync;
use ts_rs::TS;

use super::accounts::{all_changed, no_work};
use super::app::AppView;
use super::settings::keep;
use crate::demo;
use crate::error::IpcError;
use crate::log;
use crate::state::AppState;

/// Of all accounts on all indexes.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
pub(crate) struct LocalDataView {
    accounts: u32,
    projects: u32,
    drafts: u32,
    open_changes: u32,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct Exported {
    /// The new file.
    path: String,
}

pub(crate) async fn get_local_data(state: &AppState) -> Result<LocalDataView, IpcError> {
    let holdings = state.engine().await?.store().holdings().await.map_err(sync::Error::from)?;
    let Holdings { accounts, projects, drafts, open_changes } = holdings;
    Ok(LocalDataView { accounts, projects, drafts, open_changes })
}

pub(crate) async fn export_data(state: &AppState) -> Result<Exported, IpcError> {
    let export = state.engine().await?.store().export(state.now_ms()).await;
    let export = export.map_err(sync::Error::from)?;
    written(state, "trustdesk", "json", move |file, _| {
        let mut file = BufWriter::new(file);
        serde_json::to_writer_pretty(&mut file, &export)?;
        writeln!(file)?;
        file.flush()
    })
    .await
}

pub(crate) async fn export_log(state: &AppState) -> Result<Exported, IpcError> {
    written(state, "trustdesk-log", "txt", |file, state| log::copy(state.folder(), file)).await
}

pub(crate) async fn delete_log(state: &AppState) -> Result<(), IpcError> {
    let (data, today) = (state.folder().to_owned(), today(state));
    let deleted = tauri::async_runtime::spawn_blocking(move || log::delete(&data, &today)).await;
    let deleted = deleted.map_err(|_| IpcError::bug("a log can be deleted"))?;
    deleted.map_err(|error| IpcError::file(&log::folder(state.folder()), &error))
}

/// Everything but the theme, the log and what was exported: the app is at its first start again.
pub(crate) async fn delete_data(state: &AppState) -> Result<AppView, IpcError> {
    no_work(state)?;
    let engine = state.engine().await?;
    engine.forget_everything().await?;
    state.demo().forget().await?;
    keep(state, |state| state.preferences().forget_former()).await?;
    all_changed(state).await
}

/// The demo index as it was at first, and nobody signed in to it.
pub(crate) async fn reset_demo(state: &AppState) -> Result<AppView, IpcError> {
    state.demo().can_be_reset()?;
    no_work(state)?;
    state.engine().await?.forget_accounts(&demo::key()).await?;
    state.demo().forget().await?;
    state.wake_demo().await?;
    all_changed(state).await
}

/// Disks are slow: off the threads that answer the page.
async fn written(
    state: &AppState,
    name: &str,
    ending: &'static str,
    content: impl Fn(&mut File, &AppState) -> io::Result<()> + Send + 'static,
) -> Result<Exported, IpcError> {
    let name = format!("{name}-{}", today(state));
    let state = state.clone();
    let writing = tauri::async_runtime::spawn_blocking(move || {
        state.exports().write(&name, ending, |file| content(file, &state))
    });
    let path: PathBuf = writing.await.map_err(|_| IpcError::bug("a file can be written"))??;
    Ok(Exported { path: path.display().to_string() })
}

/// 2026-11-23, by UTC as the log's own files.
fn today(state: &AppState) -> String {
    log::day(state.now_ms())
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use serde_json::Value;
    use trustdesk_core::clock::SystemClock;
    use trustdesk_core::secrets::MemorySecrets;
    use trustdesk_core::store::Store;
    use trustdesk_core::sync::Engine;
    use trustdesk_domain::{Github, Index, Publisher};

    use super::*;
    use crate::commands::app::get_app;
    use crate::commands::demo_account::sign_in_demo_account;
    use crate::settings::{InMemory, Theme};
    use crate::work::Job;

    const PROJECT: &str = "sampleproject";

    async fn started(folder: &Path) -> AppState {
        let store = Store::open(folder).await.expect("opens");
        let secrets = Arc::new(MemorySecrets::default());
        let engine = Engine::start(store, secrets, Arc::new(SystemClock)).await.expect("starts");
        let preferences = Arc::new(InMemory::default());
        AppState::on(engine, folder.to_owned(), preferences, Box::new(drop))
    }

    /// Chooses the demo index, signs in and reads the list of projects.
    async fn sign_in(state: &AppState) -> Index {
        let index = state.demo().index().await.expect("the demo index runs");
        let engine = state.engine().await.expect("there");
        engine.select_index(&index).await.expect("chosen");
        sign_in_demo_account(state).await.expect("signed in");
        engine.refresh_projects().await.expect("read");
        index
    }

    async fn view(state: &AppState) -> Value {
        serde_json::to_value(get_app(state).await.expect("read")).expect("written")
    }

    async fn kept(state: &AppState) -> LocalDataView {
        get_local_data(state).await.expect("counted")
    }

    #[tokio::test]
    async fn after_everything_was_deleted_the_app_is_at_its_first_start_and_goes_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = started(folder.path()).await;
        state.preferences().set_theme(Theme::Dark);
        sign_in(&state).await;
        assert_eq!(kept(&state).await.accounts, 1);
        assert!(kept(&state).await.projects > 0, "or there would be nothing to delete");

        let app = delete_data(&state).await.expect("deleted");
        let app = serde_json::to_value(app).expect("written");
        assert_eq!((&app["index"], &app["username"]), (&Value::Null, &Value::Null));
        assert_eq!(app["session_kept"], Value::Null);
        assert_eq!(app["theme"], "dark", "it says nothing of anybody");
        let nothing = LocalDataView { accounts: 0, projects: 0, drafts: 0, open_changes: 0 };
        assert_eq!(kept(&state).await, nothing);
        assert!(!folder.path().join("demo-index.json").exists());

        sign_in(&state).await;
        assert_eq!(view(&state).await["username"], "demo", "without a new start");
    }

    #[tokio::test]
    async fn nothing_is_deleted_while_work_goes_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = started(folder.path()).await;
        sign_in(&state).await;
        assert!(state.work().begin(&Job::Refresh), "what is being read would come back");
        for refused in [delete_data(&state).await, reset_demo(&state).await] {
            assert!(matches!(refused, Err(IpcError::Busy { .. })), "{refused:?}");
        }
        assert_eq!(kept(&state).await.accounts, 1);
        assert_eq!(view(&state).await["session_kept"], "memory", "and nobody was signed out");
    }

    #[tokio::test]
    async fn nothing_is_deleted_while_another_process_sends() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = started(folder.path()).await;
        sign_in(&state).await;
        let engine = state.engine().await.expect("there");
        let account = engine.account().await.expect("signed in").id;
        let sending = engine.store().sender_lock(account).expect("asked").expect("free");
        for refused in [delete_data(&state).await, reset_demo(&state).await] {
            assert!(matches!(refused, Err(IpcError::Busy { .. })), "{refused:?}");
        }
        assert_eq!(kept(&state).await.accounts, 1);
        drop(sending);
        delete_data(&state).await.expect("it is through");
    }

    #[tokio::test]
    async fn the_demo_index_is_reset_to_what_it_was_and_asks_to_sign_in() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = started(folder.path()).await;
        sign_in(&state).await;
        let publisher = Publisher::Github(Github {
            owner: "octo-org".to_owned(),
            repository: PROJECT.to_owned(),
            workflow_filename: "release.yml".to_owned(),
            environment: None,
        });
        state.demo().add_behind(PROJECT, publisher).await;
        assert_eq!(listed(&state).await, 1);

        let app = reset_demo(&state).await.expect("reset");
        let app = serde_json::to_value(app).expect("written");
        assert_eq!(app["index"]["key"], "demo", "it is still the one on screen");
        assert_eq!((&app["username"], &app["session_kept"]), (&Value::Null, &Value::Null));
        sign_in(&state).await;
        assert_eq!(listed(&state).await, 0, "as on its first day");
    }

    async fn listed(state: &AppState) -> usize {
        let engine = state.engine().await.expect("there");
        engine.refresh_publishing(PROJECT).await.expect("read");
        let account = engine.account().await.expect("signed in").id;
        let page = engine.store().publishing(account, PROJECT).await.expect("read");
        page.expect("there").page.publishers.len()
    }

    #[tokio::test]
    async fn what_is_exported_is_a_new_file_each_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = started(folder.path()).await;
        sign_in(&state).await;
        let first = export_data(&state).await.expect("written").path;
        let second = export_data(&state).await.expect("written").path;
        assert_ne!(first, second);
        let text = std::fs::read(first).expect("there");
        let document: Value = serde_json::from_slice(&text).expect("JSON");
        assert_eq!(document["indexes"][0]["accounts"][0]["username"], "demo");
        let log = export_log(&state).await.expect("written").path;
        assert!(log.ends_with(".txt"), "{log}");
    }
}
