//! The window with the index's own sign-in page: what is done in it, and what its page cannot do.

mod keys;
mod lock;
mod made_up;
mod refused;
mod traces;
mod walk;

use serde_json::{Value, json};

use crate::window::Window;

/// How its title begins; the index's host follows.
const TITLE: &str = "^Sign in to 127.0.0.1";
const MAIN_TITLE: &str = "^Trustdesk$";

/// Chooses an index by its address.
async fn choose(window: &Window, origin: &str) {
    let input = json!({ "index": { "kind": "other", "url": origin } });
    let script = format!(
        "const done = arguments[0];
         window.__TAURI_INTERNALS__.invoke('choose_index', {{ input: {input} }})
             .then((app) => done(app.index), (error) => done(error));"
    );
    let chosen = window.ask_later(&script).await.expect("a script");
    assert_eq!(chosen["origin"].as_str().map(|it| it.trim_end_matches('/')), Some(origin));
}

/// Opens the window for whoever was typed. Its answer comes later.
async fn open(window: &Window, username: &str) {
    let input = json!({ "username": username });
    let script = format!(
        "window.signIn = window.__TAURI_INTERNALS__.invoke('sign_in_in_window', {{ input: {input} }})
             .catch((error) => error);
         arguments[0](null);"
    );
    window.ask_later(&script).await.expect("a script");
}

/// What came of it, when the window is gone.
async fn answer(window: &Window) -> Value {
    window.ask_later("window.signIn.then(arguments[0]);").await.expect("an answer")
}

/// What a command without input answers.
async fn ask(window: &Window, command: &str) -> Value {
    let command = json!(command);
    let script = format!(
        "window.__TAURI_INTERNALS__.invoke({command}, {{}}).then(arguments[0], arguments[0]);"
    );
    window.ask_later(&script).await.expect("a script")
}
