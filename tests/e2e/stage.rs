//! The built programs and a folder for one window test.

use std::path::Path;

use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};
use trustdesk_tests::built::built;

use crate::tour::Stage;
use crate::window::Window;

/// One app at a time: a second one would hand over to the first and end.
static WINDOW: Mutex<()> = Mutex::const_new(());

/// What keeps a stage to itself; dropping it deletes the folder and lets the next test begin.
pub(crate) struct Alone {
    _folder: TempDir,
    _turn: MutexGuard<'static, ()>,
}

/// None: there is no display, so the test is skipped, which is said.
pub(crate) async fn stage() -> Option<(Stage, Alone)> {
    if std::env::var_os("DISPLAY").is_none_or(|display| display.is_empty()) {
        println!("skipped: there is no display for the window");
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let stage = Stage {
        app: built("trustdesk"),
        cli: built("trustdesk-cli"),
        out: folder.path().join("pictures"),
        data: folder.path().to_owned(),
    };
    let turn = WINDOW.lock().await;
    Some((stage, Alone { _folder: folder, _turn: turn }))
}

/// The app in its window, with its data in the stage's folder.
pub(crate) async fn start(stage: &Stage, environment: &[(&str, &Path)]) -> Window {
    let data = stage.data.join("app");
    let mut environment = environment.to_vec();
    environment.push(("TRUSTDESK_DATA", &data));
    Window::open(&stage.app, &environment).await.expect("the app opens its window")
}
