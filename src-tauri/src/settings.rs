//! Preferences, kept by tauri-plugin-store from Rust only: the page cannot reach the plugin.
//! Nothing in them is secret, and losing them loses nothing but a preference.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tauri::{Manager, Runtime};
use tauri_plugin_store::{Store, StoreExt};
use trustdesk_files as files;
use ts_rs::TS;

const FILE: &str = "preferences.json";
/// More than all preferences, in bytes.
const LARGEST: u64 = 1 << 20;
const THEME: &str = "theme";
/// Kept in the database since (`core/src/store/session_settings.rs`): what guards secrets must not be
/// lost with a preference.
const FORMERLY_FORGETS_SESSION: &str = "forgets_session";

/// Which colours the screen has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// A person's preferences.
pub(crate) trait Preferences: Send + Sync {
    fn theme(&self) -> Theme;
    fn set_theme(&self, theme: Theme);
    /// What earlier versions kept here is not to be taken over once more.
    fn forget_former(&self) {}
}

/// Opens the preferences in the data folder. An unreadable file counts as empty.
pub(crate) fn open<R: Runtime>(
    app: &impl Manager<R>,
    folder: &Path,
) -> tauri_plugin_store::Result<Arc<dyn Preferences>> {
    let path = folder.join(FILE);
    if !is_ours(&path) {
        return Ok(Arc::new(InMemory::default()));
    }
    let store: Arc<Store<R>> = app.app_handle().store(path)?;
    Ok(Arc::new(Kept(store)))
}

/// Whether the plugin may read and write it, which follows links and waits for pipes. It writes with
/// the mode that the file has, so that it is made here, for its owner only.
fn is_ours(path: &Path) -> bool {
    let made = files::create_own(path).and_then(|mut file| file.write_all(b"{}"));
    if made.is_ok() {
        return true;
    }
    match files::open_own(path) {
        Ok(file) => file.metadata().is_ok_and(|file| file.len() <= LARGEST),
        // It can be read, or the plugin fails as well.
        Err(error) => files::Refusal::of(&error).is_none(),
    }
}

struct Kept<R: Runtime>(Arc<Store<R>>);

impl<R: Runtime> Preferences for Kept<R> {
    fn theme(&self) -> Theme {
        self.read(THEME)
    }

    fn set_theme(&self, theme: Theme) {
        self.write(THEME, theme);
    }

    fn forget_former(&self) {
        if self.0.delete(FORMERLY_FORGETS_SESSION) {
            let _ = self.0.save();
        }
    }
}

impl<R: Runtime> Kept<R> {
    /// What cannot be read is as if it had never been chosen.
    fn read<T: DeserializeOwned + Default>(&self, name: &str) -> T {
        let value = self.0.get(name);
        value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
    }

    fn write(&self, name: &str, value: impl Serialize) {
        if let Ok(value) = serde_json::to_value(value) {
            self.0.set(name, value);
            // Kept at once; a failure costs this preference only, and the plugin tries again at exit.
            let _ = self.0.save();
        }
    }
}

/// Preferences without a file: where something else has its name, and for tests.
#[derive(Default)]
pub(crate) struct InMemory(std::sync::Mutex<Theme>);

impl InMemory {
    fn chosen(&self) -> std::sync::MutexGuard<'_, Theme> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Preferences for InMemory {
    fn theme(&self) -> Theme {
        *self.chosen()
    }

    fn set_theme(&self, theme: Theme) {
        *self.chosen() = theme;
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn file_of_preferences_is_its_owners_only_and_neither_a_link_nor_a_pipe() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert!(is_ours(&path));
        assert_eq!((mode(&path), fs::read(&path).expect("made")), (0o600, b"{}".to_vec()));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("set");
        assert!(is_ours(&path));
        assert_eq!(mode(&path), 0o600);

        let (letter, link) = (folder.path().join("letter"), folder.path().join("link"));
        symlink(&letter, &link).expect("made");
        assert!(!is_ours(&link) && !letter.exists());
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("runs").success());
        assert!(!is_ours(&pipe));
        let large = folder.path().join("large");
        fs::write(&large, vec![b' '; 2 << 20]).expect("written");
        assert!(!is_ours(&large));
    }
}
