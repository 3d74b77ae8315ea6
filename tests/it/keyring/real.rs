//! A real Secret Service: gnome-keyring on a bus of its own, without a display and without anything
//! that could start a keyring by itself.

use std::fs;
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

/// What the process says of each of its words. None: there is nothing to run it with.
fn said(words: &str) -> Option<Vec<String>> {
    for program in ["dbus-run-session", "gnome-keyring-daemon"] {
        let mut version = Command::new(program);
        version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        if version.status().is_err() {
            println!("skipped: there is no {program}");
            return None;
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let bus = folder.path().join("bus.conf");
    fs::write(&bus, BUS.replace("FOLDER", &folder.path().to_string_lossy())).expect("written");
    let mut session = Command::new("dbus-run-session");
    session.arg("--config-file").arg(&bus).arg("--");
    session.arg(env!("CARGO_BIN_EXE_one_keyring")).args(words.split(' '));
    for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        session.env(name, folder.path());
    }
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL"]
    {
        session.env_remove(name);
    }
    let output = session.output().expect("it runs");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    Some(said.lines().map(str::to_owned).collect())
}

#[test]
fn a_session_is_kept_found_by_the_next_start_replaced_and_deleted() {
    let Some(said) = said("start load a load again load b again load delete load again load")
    else {
        return;
    };
    let expected = [
        "start: done (Ready, announced 0)",
        "load: nothing (Ready, announced 0)",
        "a: Keyring (Ready, announced 0)",
        "load: a from Keyring (Ready, announced 0)",
        "again:  (Ready, announced 0)",
        "load: a from Keyring (Ready, announced 0)",
        "b: Keyring (Ready, announced 0)",
        "again:  (Ready, announced 0)",
        "load: b from Keyring (Ready, announced 0)",
        "delete: left behind: false (Ready, announced 0)",
        "load: nothing (Ready, announced 0)",
        "again:  (Ready, announced 0)",
        "load: nothing (Ready, announced 0)",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_locked_keyring_that_cannot_ask_says_so_at_once_and_takes_what_it_missed_when_it_is_unlocked() {
    let Some(said) = said("start a lock load delete b end start load c again load") else { return };
    let expected = [
        "start: done (Ready, announced 0)",
        "a: Keyring (Ready, announced 0)",
        "lock: done (Ready, announced 0)",
        // One change and not two: it never kept anybody waiting.
        "load: Locked (Locked, announced 1)",
        "delete: left behind: true (Locked, announced 2)",
        "b: Memory (Locked, announced 3)",
        "end: done (Locked, announced 3)",
        "start: done (Locked, announced 3)",
        "load: b from Memory (Locked, announced 3)",
        "c: Keyring (Ready, announced 4)",
        "again:  (Ready, announced 4)",
        "load: c from Keyring (Ready, announced 4)",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_keyring_that_starts_later_ends_and_starts_again_is_used_without_a_restart() {
    let Some(said) = said("load a start b again load end load c start d again load") else {
        return;
    };
    let expected = [
        "load: Missing (Missing, announced 1)",
        "a: Memory (Missing, announced 2)",
        "start: done (Missing, announced 2)",
        "b: Keyring (Ready, announced 3)",
        "again:  (Ready, announced 3)",
        "load: b from Keyring (Ready, announced 3)",
        "end: done (Ready, announced 3)",
        "load: Missing (Missing, announced 4)",
        "c: Memory (Missing, announced 5)",
        "start: done (Missing, announced 5)",
        "d: Keyring (Ready, announced 6)",
        "again:  (Ready, announced 6)",
        "load: d from Keyring (Ready, announced 6)",
    ];
    assert_eq!(said, expected);
}
