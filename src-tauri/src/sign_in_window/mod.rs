//! Signing in on the index's own page, in a window of its own: for captchas, a CDN's challenge and
//! whatever else that page asks. Here is when its session is looked for and handed to the core; the
//! window is in `window.rs`, where it may go in `addresses.rs`.

mod addresses;
#[cfg(test)]
pub(crate) mod pretended;
#[cfg(test)]
mod tests;
mod window;

use std::sync::Arc;

use tokio::sync::watch;
use trustdesk_core::secrets::KeptCookies;
use trustdesk_core::sync;
use trustdesk_domain::Index;
use url::Url;

use crate::error::IpcError;
use crate::state::AppState;

pub(crate) use window::SignInWindow;

/// The window with the index's own sign-in page; tests have one without a display.
pub(crate) trait SignInPage: Send + Sync {
    /// Opens it, or brings the one that is open to the front. What comes back is the address that
    /// was loaded last, until the window is gone or somebody opens it anew.
    fn open(&self, index: &Index) -> Result<LoadedAddress, IpcError>;

    /// What the index has set in it. Blocks: the window is asked and answers.
    fn cookies(&self, index: &Index) -> KeptCookies;

    /// Forgets what the window knows and closes it, if it is open.
    fn close(&self);

    /// One of the app's windows is gone: perhaps this one, or the main one, which it does not outlive.
    fn window_is_gone(&self, label: &str);
}

/// The address that was loaded last. Only the newest counts: what is signed in there stays signed in.
pub(crate) type LoadedAddress = watch::Receiver<Option<Url>>;

/// Opens the window and answers when it is gone, with the name of who signed in; none: it was closed
/// before anybody did, and nothing has changed.
///
/// # Errors
/// Somebody else than was typed signed in, or the index could not be asked who it was.
pub(crate) async fn sign_in(state: &AppState, typed: &str) -> Result<Option<String>, IpcError> {
    let engine = state.engine().await?;
    let index = engine.screen().await?.index.ok_or(sync::Error::NoIndex)?;
    let page = state.sign_in_page();
    let mut loaded = page.open(&index)?;
    // One at a time: the next page is looked at when the index has answered for the last.
    while loaded.changed().await.is_ok() {
        let address = loaded.borrow_and_update().clone();
        if !address.is_some_and(|address| addresses::may_be_signed_in(&index.origin, &address)) {
            continue;
        }
        let cookies = cookies(&page, &index).await;
        if cookies.session.is_none() {
            continue;
        }
        let taken = engine.take_session(&index, typed, cookies).await;
        if matches!(taken, Ok(None)) {
            continue;
        }
        page.close();
        // Whoever asks again right away must not find the old window.
        while loaded.changed().await.is_ok() {}
        return Ok(taken?);
    }
    Ok(None)
}

async fn cookies(page: &Arc<dyn SignInPage>, index: &Index) -> KeptCookies {
    let (page, index) = (Arc::clone(page), index.clone());
    let read = tauri::async_runtime::spawn_blocking(move || page.cookies(&index)).await;
    read.unwrap_or_default()
}
