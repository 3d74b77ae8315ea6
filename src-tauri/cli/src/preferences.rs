//! What a person has chosen in the app's settings and means for every program on the same data.

use std::path::Path;

use serde::Deserialize;
use trustdesk_core::files;

/// The app's file, and its names in it.
const FILE: &str = "preferences.json";
/// In bytes.
const LARGEST: u64 = 1 << 20;

#[derive(Default, Deserialize)]
struct Preferences {
    #[serde(default)]
    forgets_session: bool,
}

/// Whether sessions end with the program. A file that cannot be read counts as empty, as in the app.
pub(crate) fn forgets_session(folder: &Path) -> bool {
    let kept = files::read_own(&folder.join(FILE));
    let kept = kept.and_then(|file| files::content(file, LARGEST)).unwrap_or_default();
    serde_json::from_slice(&kept).unwrap_or_else(|_| Preferences::default()).forgets_session
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn it_is_read_as_the_app_writes_it() {
        let app = include_str!("../../src/settings.rs");
        for name in [FILE, "forgets_session"] {
            assert!(app.contains(&format!(": &str = \"{name}\";")), "the app calls it {name}");
        }
        let folder = tempfile::tempdir().expect("a folder");
        assert!(!forgets_session(folder.path()), "nothing was chosen");
        for (kept, forgets) in [
            (r#"{"theme":"dark","forgets_session":true}"#, true),
            (r#"{"forgets_session":false}"#, false),
            (r#"{"theme":"dark"}"#, false),
            ("nonsense", false),
        ] {
            fs::write(folder.path().join(FILE), kept).expect("written");
            assert_eq!(forgets_session(folder.path()), forgets, "{kept}");
        }
    }
}
