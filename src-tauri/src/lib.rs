//! The desktop shell of Trustdesk: one window over the core. It holds no rules, no HTML and no SQL;
//! `commands/list.rs` says what the page can ask, `commands/` how the answers look.

mod commands;
#[cfg(test)]
mod contract;
mod demo;
mod elsewhere;
mod error;
mod events;
mod exports;
mod log;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod page_process;
mod settings;
mod sign_in_window;
mod state;
#[cfg(unix)]
mod told_to_end;
mod window;
mod work;

use std::path::PathBuf;
use std::sync::Arc;

use tauri::{App, AppHandle, Emitter, Manager, RunEvent, Runtime, WindowEvent};

use trustdesk_files as files;

use sign_in_window::SignInWindow;
use state::{Announce, AppState};

/// Where the data lies, if not in the system's usual folder.
const DATA: &str = "TRUSTDESK_DATA";
/// `demo` opens the demo index at the very first start.
const START_INDEX: &str = "TRUSTDESK_START_INDEX";

/// Runs the app until its window is closed.
///
/// # Errors
/// The window or the data folder could not be made.
#[expect(clippy::exit, reason = "tauri's own macro ends the program where its page is missing")]
pub fn run() -> tauri::Result<()> {
    trustdesk_core::process::keep_memory_private();
    let builder = tauri::Builder::default();
    #[cfg(target_os = "macos")]
    let builder = page_process::watched(builder);
    builder
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            // A second start carries nothing over; it only brings the window to the front.
            if let Some(window) = app.get_webview_window(window::MAIN) {
                let _ = window.set_focus();
            }
        }))
        .plugin(tauri_plugin_store::Builder::new().build())
        .invoke_handler(commands::handler())
        .setup(|app| set_up(app))
        .build(tauri::generate_context!())?
        .run(|app, event| watch_windows(app, &event));
    Ok(())
}

fn watch_windows<R: Runtime>(app: &AppHandle<R>, event: &RunEvent) {
    if let RunEvent::WindowEvent { label, event: WindowEvent::Destroyed, .. } = event
        && let Some(state) = app.try_state::<AppState>()
    {
        state.sign_in_page().window_is_gone(label);
    }
}

fn set_up<R: Runtime>(app: &App<R>) -> Result<(), Box<dyn std::error::Error>> {
    let folder = match std::env::var_os(DATA) {
        Some(folder) => {
            let folder = PathBuf::from(folder);
            // What cannot be made is said on screen, by the first command that needs it.
            let _ = files::make_folder(&folder);
            folder
        }
        None => {
            let folder = app.path().app_data_dir()?;
            let _ = files::make_usual_folder(&folder);
            folder
        }
    };
    if let Some(writing) = log::start(&folder) {
        // Dropped at the end, which writes what is still in memory.
        app.manage(writing);
    }
    let preferences = settings::open(app, &folder)?;
    let handle = app.handle().clone();
    let announce: Announce = Box::new(move |changed| {
        // A page that is not there any more needs no news.
        let _ = handle.emit_to(window::MAIN, events::CHANGED, changed);
    });
    let wanted = [app.path().download_dir(), app.path().home_dir()].into_iter().flatten();
    let exports = exports::Exports::new(wanted, &folder);
    let webview_folder = folder.join("webview");
    // What the webview itself writes has the mode that the system gives it. Where its folder is not
    // ours, it writes nothing.
    let is_ours = files::make_own_folder(&webview_folder)
        .map_or_else(|error| files::Refusal::of(&error).is_none(), |()| true);
    let sign_in_page = Arc::new(SignInWindow::new(app.handle().clone(), webview_folder.clone()));
    let state = AppState::new(folder, exports, preferences, announce, sign_in_page);
    if std::env::var(START_INDEX).as_deref() == Ok("demo") {
        tauri::async_runtime::block_on(open_demo_first(&state));
    }
    tauri::async_runtime::spawn(elsewhere::watch(state.clone()));
    #[cfg(unix)]
    tauri::async_runtime::spawn(told_to_end::watch(app.handle().clone(), state.clone()));
    app.manage(state);
    window::open(app, webview_folder, is_ours)?;
    Ok(())
}

/// Only where nothing was chosen yet; what goes wrong here is said by the start screen's own button.
async fn open_demo_first(state: &AppState) {
    let Ok(engine) = state.engine().await else { return };
    let nothing_chosen = engine.screen().await.is_ok_and(|screen| screen.index.is_none());
    if nothing_chosen && let Ok(index) = state.demo().index().await {
        let _ = engine.select_index(&index).await;
    }
}
