//! The main window: made here and not by the configuration, so that it can be kept from navigating
//! anywhere, and hidden until its page is there.

use std::path::PathBuf;

use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder};

/// The label that the capability names.
pub(crate) const MAIN: &str = "main";

/// Opens it; what the webview itself keeps lies in the folder, or nowhere.
pub(crate) fn open<R: Runtime>(
    app: &impl Manager<R>,
    webview_folder: PathBuf,
    keeps_files: bool,
) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Trustdesk")
        .inner_size(1280.0, 820.0)
        .min_inner_size(340.0, 480.0)
        .visible(false)
        .data_directory(webview_folder)
        .incognito(!keeps_files)
        .on_navigation(is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_page_load(|window, load| {
            if matches!(load.event(), PageLoadEvent::Finished) {
                // A window that cannot be shown is of no use to anybody; there is nothing better to do.
                let _ = window.show();
            }
        })
        .build();
    #[cfg(target_os = "linux")]
    if let Ok(window) = &window {
        crate::page_process::watch(window)?;
        looks_nothing_up_ahead(window)?;
    }
    window.map(drop)
}

/// The page embedded in this program, and nothing else. Another system's address of it would be looked
/// up on this one as any other, and whoever listens there would be shown in our window.
fn is_our_page(address: &Url) -> bool {
    let (scheme, host) =
        if cfg!(windows) { ("http", "tauri.localhost") } else { ("tauri", "localhost") };
    address.scheme() == scheme
        && address.host_str() == Some(host)
        && address.port().is_none()
        && address.username().is_empty()
        && address.password().is_none()
}

/// A page's words must not leave as the name of a server that is looked up ahead of a click. WebKit
/// has a setting; Chromium obeys the page's own `x-dns-prefetch-control`.
#[cfg(target_os = "linux")]
pub(crate) fn looks_nothing_up_ahead<R: Runtime>(
    window: &tauri::WebviewWindow<R>,
) -> tauri::Result<()> {
    use webkit2gtk::{SettingsExt as _, WebViewExt as _};

    window.with_webview(|page| {
        if let Some(settings) = page.inner().settings() {
            settings.set_enable_dns_prefetching(false);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::is_our_page;

    #[test]
    fn the_window_stays_on_its_own_page() {
        let allowed = |address: &str| is_our_page(&address.parse().expect("an address"));
        let (ours, others) = if cfg!(windows) {
            ("http://tauri.localhost/", "tauri://localhost/")
        } else {
            ("tauri://localhost/index.html", "http://tauri.localhost/")
        };
        assert!(allowed(ours));
        for address in [
            others,
            "http://tauri.localhost:8000/",
            "https://tauri.localhost/",
            "tauri://localhost:1/",
            "tauri://somebody@localhost/",
            "https://pypi.org/",
            "https://tauri.localhost.evil.example/",
            "tauri://localhost.evil.example/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
        ] {
            assert!(!allowed(address), "{address}");
        }
    }
}
