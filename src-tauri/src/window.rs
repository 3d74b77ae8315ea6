//! The main window: made here and not by the configuration, so that it can be kept from navigating
//! anywhere, and hidden until its page is there.

use std::path::PathBuf;

use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder};

/// The label that the capability names.
pub(crate) const MAIN: &str = "main";

/// Opens it; what the webview itself keeps lies in the folder.
pub(crate) fn open<R: Runtime>(
    app: &impl Manager<R>,
    webview_folder: PathBuf,
) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Trustdesk")
        .inner_size(1280.0, 820.0)
        .min_inner_size(340.0, 480.0)
        .visible(false)
        .data_directory(webview_folder)
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
    }
    window.map(drop)
}

/// The page embedded in this program, and nothing else: `tauri://localhost`, or on Windows and
/// Android `http://tauri.localhost`.
fn is_our_page(address: &Url) -> bool {
    match address.scheme() {
        "tauri" => address.host_str() == Some("localhost"),
        "http" | "https" => address.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_our_page;

    #[test]
    fn the_window_stays_on_its_own_page() {
        let allowed = |address: &str| is_our_page(&address.parse().expect("an address"));
        assert!(allowed("tauri://localhost/index.html"));
        assert!(allowed("http://tauri.localhost/"));
        for address in [
            "https://pypi.org/",
            "https://tauri.localhost.evil.example/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
        ] {
            assert!(!allowed(address), "{address}");
        }
    }
}
