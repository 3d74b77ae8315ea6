//! What the window leaves on the disk: nothing.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use super::made_up::{MadeUp, page, redirect};
use super::{TITLE, answer, choose, keys, open};
use crate::stage::{stage, start};

const SESSION: &str = "marker-session-7f3a91";
const DEVICE: &str = "marker-device-c04be2";
const TYPED: &str = "marker-typed-58d1aa";

/// Keeps what it can in every place that a page has, and signs in by itself when it is let.
const KEEPING_PAGE: &str = r#"
<input id="typed"><script>(async () => {
    document.querySelector('#typed').value = 'TYPED';
    document.cookie = 'typed=TYPED; max-age=3600';
    localStorage.setItem('typed', 'TYPED');
    sessionStorage.setItem('typed', 'TYPED');
    const kept = await caches.open('typed');
    await kept.put('/typed', new Response('TYPED'));
    await new Promise((opened, failed) => {
        const asked = indexedDB.open('TYPED');
        asked.onsuccess = opened;
        asked.onerror = failed;
    });
    await fetch('/kept');
    while ((await fetch('/go-on')).status !== 200);
    location.href = '/signed-in';
})();</script>"#;

fn answered(head: &str, may_go_on: bool) -> String {
    let is = |path| head.starts_with(&format!("GET {path}"));
    match head {
        _ if is("/account/login/") => {
            let device = format!("remember_device={DEVICE}; Max-Age=2592000; HttpOnly");
            let device = format!("Set-Cookie: {device}; SameSite=Strict; Path=/account/login/\r\n");
            page(&device, &KEEPING_PAGE.replace("TYPED", TYPED))
        }
        _ if is("/go-on") && !may_go_on => {
            page("", "").replace("200 OK", "404 Not Found")
        }
        _ if is("/signed-in") => {
            let session = format!("session_id={SESSION}; Max-Age=43200; HttpOnly; Path=/");
            let session = format!("\r\nSet-Cookie: {session}\r\n\r\n");
            redirect("/manage/projects/").replace("\r\n\r\n", &session)
        }
        _ if is("/_includes/authed/current-user-indicator/") && head.contains(SESSION) => page(
            "",
            "<div id=user-indicator><a href='/user/alice/'>alice</a><form action='/account/logout/'>
             <input type=hidden name=csrf_token value=token></form></div>",
        ),
        _ => page("", ""),
    }
}

#[tokio::test]
async fn neither_cookies_nor_what_was_typed_are_found_on_the_disk() {
    let Some((stage, _alone)) = stage().await else { return };
    let home = stage.data.join("home");
    fs::create_dir_all(&home).expect("a folder");
    let places = ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"];
    let places = places.map(|name| (name, home.join(name)));
    let mut environment = vec![("HOME", home.as_path())];
    environment.extend(places.iter().map(|(name, place)| (*name, place.as_path())));

    let may_go_on = Arc::new(AtomicBool::new(false));
    let let_go_on = Arc::clone(&may_go_on);
    let index = MadeUp::serve(move |head, _| answered(head, may_go_on.load(SeqCst))).await;
    let window = start(&stage, &environment).await;
    window.screen("start").await.expect("the first start");
    choose(&window, &index.origin()).await;
    open(&window, "alice").await;
    index.asked_for("/kept", 1).await;
    assert!(holds_no_marker(&stage.data) > 3, "the app has files of its own");

    let_go_on.store(true, SeqCst);
    let answer = answer(&window).await;
    assert_eq!(answer["step"], "signed_in", "{answer}");
    assert_eq!(answer["app"]["username"], "alice");
    assert_eq!(answer["app"]["remembers_device"], true, "the mark came over too");
    keys::gone(TITLE).await;
    window.close().await.expect("closed");
    holds_no_marker(&stage.data);
}

/// Looks at every file in every folder, as bytes, and says how many there are.
fn holds_no_marker(folder: &Path) -> usize {
    let mut files = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files += holds_no_marker(&path);
        } else if let Ok(bytes) = fs::read(&path) {
            files += 1;
            for marker in [SESSION, DEVICE, TYPED] {
                let found = bytes.windows(marker.len()).any(|here| here == marker.as_bytes());
                assert!(!found, "{marker} is in {}", path.display());
            }
        }
    }
    files
}
