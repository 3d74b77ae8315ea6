//! The name on the session's bus by which an app finds another one that runs already.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

const NAME: &str = "string:dev.trustdesk.desktop.SingleInstance";
const ASK_EVERY: Duration = Duration::from_millis(5);
const FREE_LIMIT: Duration = Duration::from_secs(10);

/// Waits until the bus has noticed that the app has ended: until then the next one would hand over to
/// nobody and end.
pub(crate) fn free() {
    let since = Instant::now();
    while is_taken() && since.elapsed() < FREE_LIMIT {
        thread::sleep(ASK_EVERY);
    }
}

/// Where there is no bus, nobody holds a name.
pub(crate) fn is_taken() -> bool {
    let mut ask = Command::new("dbus-send");
    ask.args(["--session", "--print-reply=literal", "--dest=org.freedesktop.DBus"]);
    ask.args(["/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", NAME]);
    ask.output().is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("true"))
}
