//! A process of its own on the system's real keyring: which one that is, a process reads from its
//! environment. The tests on the keyring run it on a bus of their own.
//!
//! Its arguments: what it does, one after the other. It prints a line for each, and the keyring's state.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use secrecy::{ExposeSecret, SecretString};
use trustdesk_core::secrets::{KeptCookies, KeyringSecrets, Loaded, SecretName, Secrets};
use trustdesk_domain::IndexKey;

/// What the scripts below ask the bus.
const ASK: &str = r#"ask() { dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus \
        /org/freedesktop/DBus "org.freedesktop.DBus.$1" string:org.freedesktop.secrets; }"#;
/// Starts one that is unlocked, and returns when the bus knows it.
const START: &str =
    "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    until ask NameHasOwner | grep -q true; do :; done";
const LOCK: &str = "dbus-send --session --print-reply --dest=org.freedesktop.secrets \
    /org/freedesktop/secrets org.freedesktop.Secret.Service.Lock \
    array:objpath:/org/freedesktop/secrets/collection/login >/dev/null";
/// Returns when the bus has noticed.
const END: &str = r#"kill "$(ask GetConnectionUnixProcessID | awk '{print $2}')"
    while ask NameHasOwner | grep -q true; do :; done"#;

#[tokio::main]
async fn main() {
    let announced = Arc::new(AtomicUsize::default());
    let mut secrets = start(&announced);
    let name = SecretName { index_key: IndexKey("demo".to_owned()), username: "demo".to_owned() };
    for word in std::env::args().skip(1) {
        let said = match word.as_str() {
            "start" => shell(START),
            "lock" => shell(LOCK),
            "end" => shell(END),
            "again" => {
                secrets = start(&announced);
                String::new()
            }
            "load" => said(secrets.load(&name).await),
            "delete" => {
                secrets.delete(&name).await;
                format!("left behind: {}", secrets.keyring().left_behind)
            }
            cookie => {
                let session = Some(SecretString::from(cookie));
                let cookies = KeptCookies { session, remembered_device: None };
                format!("{:?}", secrets.save(&name, &cookies).await)
            }
        };
        let state = secrets.keyring().state;
        println!("{word}: {said} ({state:?}, announced {})", announced.load(Ordering::SeqCst));
    }
}

fn start(announced: &Arc<AtomicUsize>) -> KeyringSecrets {
    let announced = Arc::clone(announced);
    KeyringSecrets::new(move || {
        announced.fetch_add(1, Ordering::SeqCst);
    })
}

fn said(loaded: Loaded) -> String {
    match loaded {
        Loaded::Found(cookies, kept) => {
            let session = cookies.session.expect("a session was saved");
            format!("{} from {kept:?}", session.expose_secret())
        }
        Loaded::Nothing => "nothing".to_owned(),
        Loaded::Unavailable(trouble) => format!("{trouble:?}"),
    }
}

fn shell(script: &str) -> String {
    let script = format!("{ASK}\n{script}");
    let ended = Command::new("sh").args(["-c", &script]).stdin(Stdio::null()).status();
    if ended.is_ok_and(|status| status.success()) { "done" } else { "failed" }.to_owned()
}
