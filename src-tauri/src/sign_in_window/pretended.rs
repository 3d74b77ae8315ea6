//! A sign-in page without a window, for tests.

use std::sync::Mutex;

use tokio::sync::{Notify, watch};
use trustdesk_core::secrets::KeptCookies;
use trustdesk_domain::Index;
use url::Url;

use super::{LoadedAddress, SignInPage};
use crate::error::IpcError;

/// It loads what the test says.
#[derive(Default)]
pub(crate) struct PretendedPage {
    loaded: Mutex<Option<watch::Sender<Option<Url>>>>,
    cookies: Mutex<KeptCookies>,
    is_open: Notify,
    is_read: Notify,
}

impl PretendedPage {
    /// Waits until it is open.
    pub(super) async fn opened(&self) {
        self.is_open.notified().await;
    }

    /// Waits until its cookies have been read.
    pub(super) async fn read(&self) {
        self.is_read.notified().await;
    }

    pub(super) fn is_open(&self) -> bool {
        self.loaded.lock().expect("not poisoned").is_some()
    }

    /// The index has set these.
    pub(super) fn hold(&self, cookies: KeptCookies) {
        *self.cookies.lock().expect("not poisoned") = cookies;
    }

    /// It has come to this address of the index.
    pub(super) fn load(&self, index: &Index, path: &str) {
        let address = index.origin.join(path).expect("an address");
        let loaded = self.loaded.lock().expect("not poisoned");
        loaded.as_ref().expect("it is open").send_replace(Some(address));
    }
}

impl SignInPage for PretendedPage {
    fn open(&self, _: &Index) -> Result<LoadedAddress, IpcError> {
        let (sender, loaded) = watch::channel(None);
        *self.loaded.lock().expect("not poisoned") = Some(sender);
        self.is_open.notify_one();
        Ok(loaded)
    }

    fn cookies(&self, _: &Index) -> KeptCookies {
        self.is_read.notify_one();
        self.cookies.lock().expect("not poisoned").clone()
    }

    fn close(&self) {
        self.loaded.lock().expect("not poisoned").take();
    }

    fn window_is_gone(&self, _: &str) {}
}
