//! The window itself. No capability names it, so that every command is refused to its page; it keeps
//! nothing on disk; and it stays with the index (`addresses.rs`).

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use secrecy::SecretString;
use tauri::webview::{NewWindowResponse, PageLoadEvent, PageLoadPayload, PermissionResponse};
use tauri::{AppHandle, Manager, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use tokio::sync::watch;
use trustdesk_core::secrets::KeptCookies;
use trustdesk_domain::Index;
use url::Url;

use super::addresses::{is_of, may_load, sign_in_page};
use super::{LoadedAddress, SignInPage};
use crate::error::IpcError;
use crate::window::MAIN;

const LABEL: &str = "sign-in";
const SESSION: &str = "session_id";
const REMEMBERED_DEVICE: &str = "remember_device";

/// The one window of its kind.
pub(crate) struct SignInWindow<R: Runtime> {
    app: AppHandle<R>,
    /// The main window's. This one writes nothing there, but without a name it would get a folder
    /// among the person's own.
    webview_folder: PathBuf,
    open: Arc<Mutex<Option<Open>>>,
}

/// What the open window is for, and who hears what it has loaded.
struct Open {
    origin: Url,
    loaded: watch::Sender<Option<Url>>,
}

impl<R: Runtime> SignInWindow<R> {
    pub(crate) fn new(app: AppHandle<R>, webview_folder: PathBuf) -> Self {
        Self { app, webview_folder, open: Arc::default() }
    }

    fn window(&self) -> Option<WebviewWindow<R>> {
        self.app.get_webview_window(LABEL)
    }

    /// Its user agent is the webview's own: a check that looks for a browser would refuse ours, and
    /// all of it can be replaced only.
    fn build(&self, index: &Index) -> tauri::Result<()> {
        let (page, origin) = (sign_in_page(&index.origin), index.origin.clone());
        let (open, home) = (Arc::clone(&self.open), page.clone());
        // What a window loads first is on its way before anything can be set for it.
        let is_empty_first = cfg!(target_os = "linux") && index.is_on_this_computer();
        let first = if is_empty_first { empty_page()? } else { page.clone() };
        let has_begun = Arc::new(AtomicBool::new(!is_empty_first));
        let begun = Arc::clone(&has_begun);
        let mut window = WebviewWindowBuilder::new(&self.app, LABEL, WebviewUrl::External(first))
            .title(format!("Sign in to {} – Trustdesk", index.host()))
            .inner_size(760.0, 700.0)
            .min_inner_size(340.0, 420.0)
            .center()
            .incognito(true)
            .data_directory(self.webview_folder.clone())
            .on_navigation(move |address| may_load(&origin, address))
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_download(|_, _| false)
            .on_permission_request(|_, _| PermissionResponse::Deny)
            .on_page_load(move |window, load| {
                if begun.load(Ordering::SeqCst) {
                    heard(&open, &home, &window, &load);
                }
            });
        if let Some(main) = self.app.get_webview_window(MAIN) {
            window = window.parent(&main)?;
        }
        let window = window.build()?;
        #[cfg(target_os = "linux")]
        crate::window::looks_nothing_up_ahead(&window)?;
        if is_empty_first { load_without_proxy(&window, &page, has_begun) } else { Ok(()) }
    }
}

impl<R: Runtime> SignInPage for SignInWindow<R> {
    fn open(&self, index: &Index) -> Result<LoadedAddress, IpcError> {
        let (sender, loaded) = watch::channel(None);
        let found = {
            let mut open = lock(&self.open);
            let found = open.as_ref().map(|open| open.origin.clone());
            if found.as_ref().is_none_or(|origin| *origin == index.origin) {
                *open = Some(Open { origin: index.origin.clone(), loaded: sender });
            }
            found
        };
        let Some(origin) = found else {
            // Without the lock: what the window loads while it is made is heard on another thread.
            self.build(index).map_err(|_| {
                lock(&self.open).take();
                IpcError::bug("a second window can be opened")
            })?;
            return Ok(loaded);
        };
        if let Some(window) = self.window() {
            // A system that lets no program come to the front shows it where it is.
            let _ = window.set_focus();
        }
        if origin == index.origin { Ok(loaded) } else { Err(other_index(&origin)) }
    }

    fn cookies(&self, index: &Index) -> KeptCookies {
        // The mark of a remembered device is set for the sign-in page only.
        let page = sign_in_page(&index.origin);
        let cookies = self.window().and_then(|window| window.cookies_for_url(page).ok());
        let cookies = cookies.unwrap_or_default();
        let value = |name| {
            let cookie = cookies.iter().find(|cookie| cookie.name() == name)?;
            Some(SecretString::from(cookie.value()))
        };
        KeptCookies { session: value(SESSION), remembered_device: value(REMEMBERED_DEVICE) }
    }

    fn close(&self) {
        if let Some(window) = self.window() {
            // It was in memory only, and goes with the window even if this fails.
            let _ = window.clear_all_browsing_data();
            let _ = window.destroy();
        }
    }

    fn window_is_gone(&self, label: &str) {
        match label {
            LABEL => drop(lock(&self.open).take()),
            // The app would go on for it alone.
            MAIN => self.close(),
            _ => {}
        }
    }
}

fn empty_page() -> tauri::Result<Url> {
    Url::parse("about:blank").map_err(tauri::Error::InvalidUrl)
}

/// WebKitGTK takes its proxies from the environment and the desktop, also for this computer. Nothing is
/// loaded where it cannot be told to leave them out.
#[cfg(target_os = "linux")]
fn load_without_proxy<R: Runtime>(
    window: &WebviewWindow<R>,
    page: &Url,
    has_begun: Arc<AtomicBool>,
) -> tauri::Result<()> {
    use webkit2gtk::{NetworkProxyMode, WebViewExt as _, WebsiteDataManagerExt as _};

    let page = page.to_string();
    window.with_webview(move |webview| {
        let webview = webview.inner();
        if let Some(data) = webview.website_data_manager() {
            data.set_network_proxy_settings(NetworkProxyMode::NoProxy, None);
            has_begun.store(true, Ordering::SeqCst);
            webview.load_uri(&page);
        }
    })
}

/// The other systems' webviews leave loopback out by themselves.
#[cfg(not(target_os = "linux"))]
fn load_without_proxy<R: Runtime>(
    window: &WebviewWindow<R>,
    page: &Url,
    _has_begun: Arc<AtomicBool>,
) -> tauri::Result<()> {
    window.navigate(page.clone())
}

fn heard<R: Runtime>(
    open: &Mutex<Option<Open>>,
    home: &Url,
    window: &WebviewWindow<R>,
    load: &PageLoadPayload<'_>,
) {
    match load.event() {
        // Where only a frame may be.
        PageLoadEvent::Started if !is_of(home, load.url()) => {
            let _ = window.navigate(home.clone());
        }
        PageLoadEvent::Started => {}
        PageLoadEvent::Finished => {
            if let Some(open) = lock(open).as_ref() {
                open.loaded.send_replace(Some(load.url().clone()));
            }
        }
    }
}

fn other_index(origin: &Url) -> IpcError {
    let host = origin.host_str().unwrap_or_default();
    IpcError::Busy {
        message: format!("The window that signs in to {host} is still open. Close it first."),
    }
}

fn lock(open: &Mutex<Option<Open>>) -> MutexGuard<'_, Option<Open>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}
