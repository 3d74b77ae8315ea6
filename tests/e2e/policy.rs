//! What the page cannot do, tried from within the page.

use serde_json::{Value, json};

use crate::stage::{stage, start};
use crate::window::Window;

/// Asks the shell for a command as the page does, and says what came of it.
async fn invoke(window: &Window, command: &str, input: &Value) -> String {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         window.__TAURI_INTERNALS__.invoke({}, {input}).then(
             (answer) => done('answered ' + JSON.stringify(answer)),
             (error) => done('refused ' + JSON.stringify(error)));",
        json!(command)
    );
    let said = window.ask_later(&script).await.expect("a script");
    said.as_str().expect("words").to_owned()
}

#[tokio::test]
async fn the_page_reaches_the_listed_commands_and_nothing_else() {
    let Some((stage, _alone)) = stage().await else { return };
    let window = start(&stage, &[]).await;
    window.screen("start").await.expect("the first start");

    let answer = invoke(&window, "get_app", &json!({})).await;
    assert!(answer.starts_with("answered"), "a command of the list: {answer}");
    for (command, input) in [
        ("plugin:store|load", json!({ "path": "preferences.json" })),
        ("plugin:window|set_title", json!({ "label": "main", "value": "hacked" })),
        (
            "plugin:webview|create_webview_window",
            json!({ "options": { "label": "x", "url": "/" } }),
        ),
        ("plugin:path|resolve_directory", json!({ "directory": 1 })),
        ("plugin:event|emit", json!({ "event": "changed", "payload": {} })),
        ("plugin:single-instance|x", json!({})),
        ("no_such_command", json!({})),
    ] {
        let answer = invoke(&window, command, &input).await;
        assert!(answer.starts_with("refused"), "{command}: {answer}");
    }
}

#[tokio::test]
async fn hostile_input_to_a_command_is_an_answer_and_not_an_end() {
    let Some((stage, _alone)) = stage().await else { return };
    let window = start(&stage, &[]).await;
    window.screen("start").await.expect("the first start");
    for (command, input) in [
        ("open_publishing", json!({ "input": { "project": "../../etc/passwd" } })),
        (
            "check_publisher",
            json!({ "input": { "project": "a", "provider": "evil", "fields": {} } }),
        ),
        (
            "choose_index",
            json!({ "input": { "index": { "kind": "other", "url": "javascript:alert(1)" } } }),
        ),
        (
            "open_link",
            json!({ "input": { "target": { "kind": "docs", "link": "https://evil.example" } } }),
        ),
        ("queue_remove", json!({ "input": 7 })),
        ("discard_change", json!({})),
        ("sign_in", json!({ "input": { "username": "a" } })),
    ] {
        let answer = invoke(&window, command, &input).await;
        assert!(answer.starts_with("refused"), "{command}: {answer}");
    }
    let huge = json!({ "owner": "x".repeat(1_000_000) });
    let input = json!({ "input": { "project": "a", "provider": "github", "fields": huge } });
    let answer = invoke(&window, "check_publisher", &input).await;
    assert!(answer.contains("Specify repository name"), "judged like any other text");
    let answer = invoke(&window, "get_app", &json!({})).await;
    assert!(answer.starts_with("answered"), "the app goes on: {answer}");
}

#[tokio::test]
async fn the_page_runs_no_foreign_script_and_reaches_no_network() {
    let Some((stage, _alone)) = stage().await else { return };
    let window = start(&stage, &[]).await;
    window.screen("start").await.expect("the first start");
    let tried = window
        .ask_later(
            "const done = arguments[arguments.length - 1];
             const blocked = [];
             document.addEventListener('securitypolicyviolation',
                 (event) => blocked.push(event.effectiveDirective));
             const inline = document.createElement('script');
             inline.textContent = 'window.ran = true';
             document.head.append(inline);
             const remote = document.createElement('script');
             remote.src = 'https://evil.example/x.js';
             document.head.append(remote);
             const frame = document.createElement('iframe');
             frame.src = 'https://evil.example/';
             document.body.append(frame);
             let evaluated = true;
             try { (0, eval)('1'); } catch { evaluated = false; }
             fetch('http://127.0.0.1:9/').then(() => 'fetched', () => 'not fetched').then((fetched) =>
                 setTimeout(() => done({ ran: window.ran === true, evaluated, fetched, blocked }), 0));",
        )
        .await
        .expect("a script");
    assert_eq!(tried["ran"], false, "an injected inline script: {tried}");
    assert_eq!(tried["evaluated"], false, "eval: {tried}");
    assert_eq!(tried["fetched"], "not fetched", "{tried}");
    let blocked = tried["blocked"].as_array().expect("a list");
    for directive in ["script-src-elem", "connect-src"] {
        assert!(blocked.iter().any(|one| one == directive), "{directive} is blocked: {tried}");
    }
}

#[tokio::test]
async fn the_window_cannot_be_led_away() {
    let Some((stage, _alone)) = stage().await else { return };
    let window = start(&stage, &[]).await;
    window.screen("start").await.expect("the first start");
    let script = "const done = arguments[arguments.length - 1];
         location.href = 'http://127.0.0.1:9/'; window.open('http://127.0.0.1:9/');
         requestAnimationFrame(() => requestAnimationFrame(() => done(location.href)));";
    let address = window.ask_later(script).await.expect("still there");
    assert!(address.as_str().is_some_and(|address| address.starts_with("tauri://")), "{address}");
    window.screen("start").await.expect("the same screen");
}
