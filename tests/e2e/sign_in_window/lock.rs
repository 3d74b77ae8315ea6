//! A page in the window that tries to lead it away, or to open and fetch something else.

use std::fs;
use std::time::Duration;

use tokio::time::timeout;

use super::keys::{self, Shown};
use super::made_up::{MadeUp, page, redirect};
use super::{TITLE, answer, ask, choose, open};
use crate::stage::{stage, start};

const TRY_AGAIN: Duration = Duration::from_secs(1);

/// `OTHER` is another server. Each try has time for a few answers of the index, and a page that was
/// led away tells no more.
const LEADING_PAGE: &str = r#"
<iframe src="about:blank" id="empty"></iframe>
<script>(async () => {
    const tell = (what, how) => fetch('/told/' + what + '/' + encodeURIComponent(how));
    // A navigation cuts off what is under way, even if it is refused later.
    const ask = (what) => fetch(what).then((answer) => answer.ok, () => false);
    const wait = async () => { for (let i = 0; i < 10; i += await ask('/wait')); };
    const asked = async (what) => { while (!await ask('/asked' + what)); await wait(); };
    const add = (tag, fields) => document.body.appendChild(
        Object.assign(document.createElement(tag), fields));

    const own = add('iframe', { src: '/frame' });
    await new Promise((loaded) => own.onload = loaded);
    await tell('own-frame', own.contentDocument.body.textContent);
    add('iframe', { src: 'OTHER/frame' });
    await wait();
    own.contentWindow.location.href = 'OTHER/from-frame';
    await wait();

    // What a script opens by itself is refused to any page; what a person presses is another matter.
    const press = add('a', { href: '/blank', target: '_blank', style: 'position:fixed; inset:0' });
    const pressed = new Promise((done) => press.onclick = () =>
        done(['/popup', 'OTHER/popup'].map((what) => window.open(what) === null)));
    await tell('press', 'me');
    await tell('popups', 'none ' + await pressed);
    await wait();
    press.remove();

    add('a', { href: 'OTHER/link' }).click();
    await wait();
    location.href = 'OTHER/location';
    await wait();
    location.href = '/away';
    await asked('/away');
    add('form', { action: 'OTHER/form', method: 'post' }).submit();
    await wait();
    document.head.append(Object.assign(document.createElement('meta'),
        { httpEquiv: 'refresh', content: '0; url=OTHER/meta' }));
    await wait();
    location.href = 'tauri://localhost/index.html';
    await wait();
    location.href = 'file:///etc/passwd';
    await wait();
    add('a', { href: '/file', download: 'saved.txt' }).click();
    await asked('/file');
    await tell('still', location.pathname);
    location.href = 'about:blank';
})();</script>"#;

#[tokio::test]
async fn the_window_stays_with_its_index_and_opens_and_saves_nothing() {
    let Some((stage, _alone)) = stage().await else { return };
    let home = stage.data.join("home");
    fs::create_dir_all(home.join("Downloads")).expect("folders");
    let says_where = "XDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\n";
    fs::write(home.join("user-dirs.dirs"), says_where).expect("written");
    let other = MadeUp::serve(|_, _| page("", "somewhere else")).await;
    let elsewhere = other.origin();
    let index = MadeUp::serve(move |head, asked| {
        let was_here = asked.iter().any(|target| target.starts_with("/account/login/"));
        let is = |path| head.starts_with(&format!("GET {path}"));
        match head {
            _ if is("/account/login/") && !was_here => {
                page("", &LEADING_PAGE.replace("OTHER", &elsewhere))
            }
            _ if is("/away") => redirect(&format!("{elsewhere}/redirected")),
            _ if is("/file") => {
                page("Content-Disposition: attachment; filename=saved.txt\r\n", "x")
            }
            _ if is("/asked/")
                && !asked.iter().any(|it| head.contains(&format!("/asked{it} "))) =>
            {
                page("", "").replace("200 OK", "404 Not Found")
            }
            _ => page("", "a frame"),
        }
    })
    .await;
    let window = start(&stage, &[("HOME", &home), ("XDG_CONFIG_HOME", &home)]).await;
    window.screen("start").await.expect("the first start");
    choose(&window, &index.origin()).await;
    open(&window, "").await;

    index.asked_for("/told/press", 1).await;
    let shown = Shown::titled(TITLE).await;
    // A press before the window is drawn goes nowhere.
    while timeout(TRY_AGAIN, index.asked_for("/told/popups", 1)).await.is_err() {
        shown.is_clicked();
    }
    index.asked_for("/told/still/%2Faccount%2Flogin%2F", 1).await;
    index.asked_for("/account/login/", 2).await;
    let asked = index.asked();
    let told = |what: &str| asked.iter().any(|target| target == what);
    assert!(told("/told/own-frame/a%20frame"), "the index may use frames: {asked:?}");
    assert!(told("/told/popups/none%20true%2Ctrue"), "{asked:?}");
    assert!(!told("/popup") && !told("/blank"), "no window was opened for them: {asked:?}");
    assert!(told("/away") && told("/file"), "the redirect and the file were met: {asked:?}");
    assert_eq!(other.asked(), Vec::<String>::new(), "nobody else is asked for anything");
    assert_eq!(keys::count(TITLE), 1, "it has not opened another");
    let saved = fs::read_dir(home.join("Downloads")).expect("there").count();
    assert_eq!(saved, 0, "nothing is saved");

    ask(&window, "cancel_sign_in").await;
    assert_eq!(answer(&window).await["step"], "cancelled");
}
