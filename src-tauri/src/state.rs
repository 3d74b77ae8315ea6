//! What a command works with, made once when the app starts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::OnceCell;
use tracing::debug;
use trustdesk_core::clock::{Clock, SystemClock};
use trustdesk_core::secrets::KeyringSecrets;
use trustdesk_core::store::Store;
use trustdesk_core::sync::{self, Engine};

use crate::demo::Demo;
use crate::error::IpcError;
use crate::events::Changed;
use crate::exports::Exports;
use crate::settings::Preferences;
use crate::sign_in_window::SignInPage;
use crate::work::Work;

/// Tells the page that something has changed.
pub(crate) type Announce = Box<dyn Fn(Changed) + Send + Sync>;

/// Cheap to clone; every clone is the same state.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    /// Opened by the first command. A database that cannot be opened is said on screen instead of
    /// ending the app, and each later command tries again.
    engine: OnceCell<Engine>,
    clock: SystemClock,
    demo: Demo,
    exports: Exports,
    preferences: Arc<dyn Preferences>,
    work: Work,
    announce: Announce,
    sign_in_page: Arc<dyn SignInPage>,
}

impl AppState {
    pub(crate) fn new(
        folder: PathBuf,
        exports: Exports,
        preferences: Arc<dyn Preferences>,
        announce: Announce,
        sign_in_page: Arc<dyn SignInPage>,
    ) -> Self {
        Self::with(OnceCell::new(), folder, exports, preferences, announce, sign_in_page)
    }

    /// On an engine that is there already, so that a test needs no keyring of the machine's.
    #[cfg(test)]
    pub(crate) fn on(
        engine: Engine,
        folder: PathBuf,
        preferences: Arc<dyn Preferences>,
        announce: Announce,
    ) -> Self {
        let page = Arc::new(crate::sign_in_window::pretended::PretendedPage::default());
        Self::on_with_page(engine, folder, preferences, announce, page)
    }

    /// The same with a sign-in page of the test's own.
    #[cfg(test)]
    pub(crate) fn on_with_page(
        engine: Engine,
        folder: PathBuf,
        preferences: Arc<dyn Preferences>,
        announce: Announce,
        page: Arc<dyn SignInPage>,
    ) -> Self {
        let (engine, exports) = (OnceCell::new_with(Some(engine)), Exports::new([], &folder));
        Self::with(engine, folder, exports, preferences, announce, page)
    }

    fn with(
        engine: OnceCell<Engine>,
        folder: PathBuf,
        exports: Exports,
        preferences: Arc<dyn Preferences>,
        announce: Announce,
        sign_in_page: Arc<dyn SignInPage>,
    ) -> Self {
        let (demo, clock, work) = (Demo::new(folder.clone()), SystemClock, Work::default());
        Self(Arc::new(Inner {
            folder,
            engine,
            clock,
            demo,
            exports,
            preferences,
            work,
            announce,
            sign_in_page,
        }))
    }

    pub(crate) async fn engine(&self) -> Result<&Engine, IpcError> {
        // Weak: the engine is a part of the state that it would keep alive.
        let state = Arc::downgrade(&self.0);
        let secrets = move || {
            KeyringSecrets::new(move || {
                if let Some(state) = state.upgrade() {
                    (state.announce)(Changed::App);
                }
            })
        };
        let start = || start_engine(self.folder(), secrets());
        let started = self.0.engine.get_or_try_init(start).await;
        started.map_err(|error| IpcError::cannot_start(error, self.folder()))
    }

    /// The engine, if a command has opened it.
    pub(crate) fn opened(&self) -> Option<&Engine> {
        self.0.engine.get()
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0.folder
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.0.clock.now_ms()
    }

    pub(crate) fn demo(&self) -> &Demo {
        &self.0.demo
    }

    pub(crate) fn exports(&self) -> &Exports {
        &self.0.exports
    }

    pub(crate) fn preferences(&self) -> &dyn Preferences {
        self.0.preferences.as_ref()
    }

    pub(crate) fn work(&self) -> &Work {
        &self.0.work
    }

    pub(crate) fn sign_in_page(&self) -> Arc<dyn SignInPage> {
        Arc::clone(&self.0.sign_in_page)
    }

    pub(crate) fn announce(&self, changed: Changed) {
        (self.0.announce)(changed);
    }

    /// Brings the demo index up before changes of it are shown: what is shown names the address that it
    /// would be sent to. Why it cannot be brought up is said when something is sent.
    pub(crate) async fn try_to_wake_demo(&self) {
        if let Err(error) = self.wake_demo().await {
            debug!(why = error.message(), "the demo index stays down");
        }
    }

    /// Brings the demo index up if it is the one on screen: its port is new in each run.
    pub(crate) async fn wake_demo(&self) -> Result<(), IpcError> {
        let engine = self.engine().await?;
        let on_screen = engine.screen().await?.index.filter(|index| index.is_demo());
        if let Some(known) = on_screen {
            let running = self.demo().index().await?;
            if known.origin != running.origin {
                engine.select_index(&running).await?;
            }
        }
        Ok(())
    }
}

async fn start_engine(folder: &Path, secrets: KeyringSecrets) -> Result<Engine, sync::Error> {
    let store = Store::open(folder).await?;
    Engine::start(store, Arc::new(secrets), Arc::new(SystemClock)).await
}
