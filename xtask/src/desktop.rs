//! A desktop that nobody sees: a session bus, a display, a window manager and an unlocked keyring, for the window tests and
//! the tour. It ends with the program that runs in it.
//!
//! It shares nothing with the desktop of the person who runs it: with their runtime folder `gnome-keyring-daemon --unlock`
//! would talk to *their* keyring, and with their data folder the app would open *their* database.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs, io, process, thread};

use crate::program::{KEYRING, is_installed, program, run_shown, spoken};
use crate::repository::Repository;
use crate::stop::Stop;

/// The keyring's password is empty. openbox ends with the display.
const SESSION: &str = r#"echo "" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
openbox >/dev/null 2>&1 &
exec "$@""#;

const PARTS: [&str; 4] = ["dbus-run-session", "xvfb-run", "gnome-keyring-daemon", "openbox"];

/// Lives as long as the session may run; dropping it deletes all that the session wrote.
pub(crate) struct Desktop {
    folder: PathBuf,
}

impl Desktop {
    pub(crate) fn new() -> Result<Self, Stop> {
        // Not below `target`: sockets lie in here, and their paths may have 107 bytes.
        let name = |attempt| format!("trustdesk-desktop-{}-{attempt}", process::id());
        let mut folders = (0_u32..).map(|attempt| env::temp_dir().join(name(attempt)));
        // One that is there already was left by a run that was cut off, or is not ours at all.
        let folder = folders.find(|folder| !folder.exists()).unwrap_or_default();
        make_private(&folder).map_err(|source| Stop::File { path: folder.clone(), source })?;
        Ok(Self { folder })
    }

    /// `inner`, to be run inside the session with its arguments and environment.
    pub(crate) fn wrap(&self, repository: &Repository, inner: &Command) -> Command {
        let mut outer = program(repository, "dbus-run-session");
        outer.args(["--", "xvfb-run", "-a", "-s", "-screen 0 1280x900x24"]);
        outer.args(["bash", "-c", SESSION, "desktop"]);
        outer.arg(inner.get_program()).args(inner.get_args());
        for (name, value) in inner.get_envs() {
            match value {
                Some(value) => outer.env(name, value),
                None => outer.env_remove(name),
            };
        }
        for name in ["XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            outer.env(name, &self.folder);
        }
        for name in ["WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL", "DBUS_SESSION_BUS_ADDRESS"] {
            outer.env_remove(name);
        }
        // The session's own.
        outer.env(KEYRING, "system").env("GDK_BACKEND", "x11");
        outer
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        // The session's daemons end after the program, and may still write while we delete. What is left over in the end lies
        // in the temporary folder and harms nobody.
        for _ in 0..10 {
            if fs::remove_dir_all(&self.folder).is_ok() || !self.folder.exists() {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Others who may read the temporary folder must not reach the session's sockets.
fn make_private(folder: &Path) -> io::Result<()> {
    private_builder().create(folder)
}

#[cfg(unix)]
fn private_builder() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

#[cfg(not(unix))]
fn private_builder() -> fs::DirBuilder {
    fs::DirBuilder::new()
}

/// Runs a command in a desktop of its own, from the folder where we are. Where the parts of one are missing it runs without,
/// and says itself what it cannot do.
pub(crate) fn run(repository: &Repository, command: &[OsString]) -> Result<(), Stop> {
    let [name, arguments @ ..] = command else { return Ok(()) };
    let mut inner = Command::new(name);
    inner.args(arguments);
    if !PARTS.iter().all(|part| is_installed(part)) {
        return run_shown(&mut inner);
    }
    let desktop = Desktop::new()?;
    let mut outer = desktop.wrap(repository, &inner);
    if let Ok(here) = env::current_dir() {
        outer.current_dir(here);
    }
    run_shown(&mut outer).map_err(|stop| match stop {
        Stop::Failed { status, .. } => Stop::Failed { program: spoken(&inner), status },
        other => other,
    })
}

/// Whether a window can be opened where we are.
pub(crate) fn has_display() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_runs_the_program_with_its_arguments_and_variables() {
        let repository = Repository::of_this_build();
        let mut inner = program(&repository, "tour");
        inner.args(["--out", "a folder"]).env("ANSWER", "42");
        let desktop = Desktop { folder: env::temp_dir().join("trustdesk-desktop-never-made") };
        let outer = desktop.wrap(&repository, &inner);
        let words: Vec<_> = outer.get_args().collect();
        assert!(words.ends_with(&[
            "desktop".as_ref(),
            "tour".as_ref(),
            "--out".as_ref(),
            "a folder".as_ref()
        ]));
        assert!(
            outer.get_envs().any(|(name, value)| name == "ANSWER" && value == Some("42".as_ref()))
        );
    }

    #[test]
    fn the_session_does_not_see_the_keyring_or_the_data_of_the_person_who_runs_it() {
        let repository = Repository::of_this_build();
        let desktop = Desktop { folder: env::temp_dir().join("trustdesk-desktop-never-made") };
        let outer = desktop.wrap(&repository, &program(&repository, "tour"));
        for name in ["XDG_RUNTIME_DIR", "XDG_DATA_HOME"] {
            let own = outer
                .get_envs()
                .any(|(known, value)| known == name && value == Some(desktop.folder.as_os_str()));
            assert!(own, "{name} must be the session's own");
        }
    }
}
