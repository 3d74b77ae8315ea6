//! Preferences, kept by tauri-plugin-store from Rust only: the page cannot reach the plugin.
//! Nothing in them is secret, and losing them loses nothing but a preference.

use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tauri::{Manager, Runtime};
use tauri_plugin_store::{Store, StoreExt};
use ts_rs::TS;

const FILE: &str = "preferences.json";
const THEME: &str = "theme";
const SENDS_BY_ITSELF: &str = "sends_by_itself";
const FORGETS_SESSION: &str = "forgets_session";

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
    /// Whether waiting changes go out as soon as they can. Off by default: nothing is sent unasked.
    fn sends_by_itself(&self) -> bool;
    fn set_sends_by_itself(&self, on: bool);
    /// Whether sessions end with the program. Off by default.
    fn forgets_session(&self) -> bool;
    fn set_forgets_session(&self, on: bool);
    /// Back to what nobody has chosen, but for the theme, which says nothing of anybody.
    fn forget(&self) {
        self.set_sends_by_itself(false);
        self.set_forgets_session(false);
    }
}

/// Opens the preferences in the data folder. An unreadable file counts as empty.
pub(crate) fn open<R: Runtime>(
    app: &impl Manager<R>,
    folder: &Path,
) -> tauri_plugin_store::Result<Arc<dyn Preferences>> {
    let store: Arc<Store<R>> = app.app_handle().store(folder.join(FILE))?;
    Ok(Arc::new(Kept(store)))
}

struct Kept<R: Runtime>(Arc<Store<R>>);

impl<R: Runtime> Preferences for Kept<R> {
    fn theme(&self) -> Theme {
        self.read(THEME)
    }

    fn set_theme(&self, theme: Theme) {
        self.write(THEME, theme);
    }

    fn sends_by_itself(&self) -> bool {
        self.read(SENDS_BY_ITSELF)
    }

    fn set_sends_by_itself(&self, on: bool) {
        self.write(SENDS_BY_ITSELF, on);
    }

    fn forgets_session(&self) -> bool {
        self.read(FORGETS_SESSION)
    }

    fn set_forgets_session(&self, on: bool) {
        self.write(FORGETS_SESSION, on);
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

/// Preferences without a file, for tests.
#[cfg(test)]
#[derive(Default)]
pub(crate) struct InMemory(std::sync::Mutex<(Theme, bool, bool)>);

#[cfg(test)]
impl Preferences for InMemory {
    fn theme(&self) -> Theme {
        self.0.lock().expect("not poisoned").0
    }

    fn set_theme(&self, theme: Theme) {
        self.0.lock().expect("not poisoned").0 = theme;
    }

    fn sends_by_itself(&self) -> bool {
        self.0.lock().expect("not poisoned").1
    }

    fn set_sends_by_itself(&self, on: bool) {
        self.0.lock().expect("not poisoned").1 = on;
    }

    fn forgets_session(&self) -> bool {
        self.0.lock().expect("not poisoned").2
    }

    fn set_forgets_session(&self, on: bool) {
        self.0.lock().expect("not poisoned").2 = on;
    }
}
