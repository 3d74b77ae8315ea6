//! The built programs and a folder for one window test.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::tour::Stage;
use crate::window::Window;

/// None: there is no display, so the test is skipped, which is said.
pub(crate) fn stage() -> Option<(Stage, TempDir)> {
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
    Some((stage, folder))
}

/// The app in its window, with its data in the stage's folder.
pub(crate) async fn start(stage: &Stage, environment: &[(&str, &Path)]) -> Window {
    let data = stage.data.join("app");
    let mut environment = environment.to_vec();
    environment.push(("TRUSTDESK_DATA", &data));
    Window::open(&stage.app, &environment).await.expect("the app opens its window")
}

/// A program of this workspace, beside the folder of the test itself.
fn built(name: &str) -> PathBuf {
    let this = std::env::current_exe().expect("a path");
    let folder = this.parent().and_then(Path::parent).expect("target/debug");
    let program = folder.join(name);
    assert!(program.is_file(), "{} is not built: cargo build --workspace", program.display());
    program
}
