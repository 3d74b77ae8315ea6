//! A page in the window that asks the shell for commands, as the page of the main window does.

use serde_json::{Value, json};

use super::made_up::{MadeUp, page};
use super::{ask, choose, open};
use crate::stage::{stage, start};

/// Every kind of thing that the main page may ask, and what not even that may.
fn commands() -> Value {
    json!([
        ["get_app", {}],
        ["list_accounts", {}],
        ["sign_out", {}],
        ["cancel_sign_in", {}],
        ["set_theme", { "input": { "theme": "dark" } }],
        ["choose_index", { "input": { "index": { "kind": "pypi" } } }],
        ["open_link", { "input": { "target": { "kind": "index" } } }],
        ["plugin:event|listen", { "event": "changed", "target": { "kind": "Any" }, "handler": 1 }],
        ["plugin:event|emit", { "event": "changed", "payload": {} }],
        ["plugin:window|close", { "label": "main" }],
        ["plugin:webview|get_all_webviews", {}],
        ["plugin:store|load", { "path": "preferences.json" }]
    ])
}

fn asking_page() -> String {
    let commands = commands();
    page(
        "",
        &format!(
            "<script>(async () => {{
                const tell = (what, how) => fetch('/told/' + what + '/' + encodeURIComponent(how));
                const silence = () => new Promise((heard) => setTimeout(() => heard('nothing'), 5000));
                for (const [command, input] of {commands}) {{
                    const shell = window.__TAURI_INTERNALS__;
                    if (!shell) {{ await tell(command, 'no shell'); continue; }}
                    const asked = shell.invoke(command, input).then(
                        (answer) => 'answered ' + JSON.stringify(answer),
                        (error) => 'refused ' + JSON.stringify(error));
                    await tell(command, await Promise.race([asked, silence()]));
                }}
                await tell('end', '');
            }})();</script>"
        ),
    )
}

#[tokio::test]
async fn no_command_is_answered_to_the_page_of_the_index() {
    let Some((stage, _alone)) = stage().await else { return };
    let index = MadeUp::serve(|_, _| asking_page()).await;
    let window = start(&stage, &[]).await;
    window.screen("start").await.expect("the first start");
    choose(&window, &index.origin()).await;
    let before = ask(&window, "get_app").await;
    open(&window, "").await;
    index.asked_for("/told/end", 1).await;

    let asked = index.asked();
    let told: Vec<_> = asked.iter().filter(|target| target.starts_with("/told/")).collect();
    let commands = commands();
    assert_eq!(told.len(), commands.as_array().expect("a list").len() + 1, "{told:?}");
    for told in &told[..told.len() - 1] {
        assert!(told.contains("/refused%20"), "{told}");
    }
    assert_eq!(ask(&window, "get_app").await, before, "and nothing has happened");
    ask(&window, "cancel_sign_in").await;
    assert_eq!(super::answer(&window).await["step"], "cancelled");
}
