//! A session bus of a test's own, for a real Secret Service (gnome-keyring): without a display and
//! without anything that could start a keyring by itself.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a session's bus is, but for the services that it would start.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// What runs a program on such a bus, with its files in this folder. None: it is not installed, which
/// is said.
///
/// # Panics
/// The folder cannot be written.
#[must_use]
pub fn session_bus(folder: &Path) -> Option<Command> {
    for program in ["dbus-run-session", "gnome-keyring-daemon"] {
        let mut version = Command::new(program);
        version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        if version.status().is_err() {
            println!("skipped: there is no {program}");
            return None;
        }
    }
    let bus = folder.join("bus.conf");
    fs::write(&bus, BUS.replace("FOLDER", &folder.to_string_lossy())).expect("written");
    let mut session = Command::new("dbus-run-session");
    session.arg("--config-file").arg(&bus).arg("--");
    for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        session.env(name, folder);
    }
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL"]
    {
        session.env_remove(name);
    }
    // A keyring of the test's own: the variable keeps tests from the person's.
    session.env("TRUSTDESK_KEYRING", "system");
    Some(session)
}
