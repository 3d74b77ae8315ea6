//! The data folder that a run works on, opened by the first command that needs it. All lines of a
//! batch share it, and with it one session.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

use clap::Args;
use tokio::sync::OnceCell;
use trustdesk_core::clock::SystemClock;
use trustdesk_core::secrets::{KeyringSecrets, KeyringState, Secrets};
use trustdesk_core::store::{Recovery, Store};
use trustdesk_core::sync::{self, Engine};
use trustdesk_files::{self as files, Exposure};

use crate::failure::Failure;
use crate::index_name::IndexName;
use crate::output::remark;
use crate::shown;
use crate::stop::Stop;

/// The app's identifier (`tauri.conf.json`), which names its folder.
const APP: &str = "dev.trustdesk.desktop";
/// The app looks there too.
const DATA: &str = "TRUSTDESK_DATA";

/// What every command takes.
#[derive(Args, Clone, Debug)]
pub(crate) struct Run {
    /// The data folder; without it the one that TRUSTDESK_DATA names, or the app's own.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// pypi, testpypi, demo or an address, for this run only; without it the index that the app shows.
    #[arg(long, global = true, value_name = "INDEX")]
    index: Option<IndexName>,
    /// The account on that index, for this run only; without it the one that the app shows.
    #[arg(long, global = true, value_name = "NAME")]
    account: Option<String>,
    /// Prints one JSON document (JSON lines for check, batch and demo) and nothing else.
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// What a run works on.
pub(crate) struct Here {
    run: Run,
    engine: OnceCell<Engine>,
    stop: Stop,
    is_batch: AtomicBool,
}

impl Here {
    pub(crate) fn new(run: Run) -> Self {
        Self {
            run,
            engine: OnceCell::new(),
            stop: Stop::default(),
            is_batch: AtomicBool::default(),
        }
    }

    /// Where the data lies.
    pub(crate) fn folder(&self) -> Result<PathBuf, Failure> {
        let usual = || dirs::data_dir().map(|data| data.join(APP));
        self.named_folder()
            .or_else(usual)
            .ok_or_else(|| Failure::wrong_use("the system names no data folder: write --data DIR"))
    }

    /// Not clap's to read: it would show the flag as one that every command needs.
    fn named_folder(&self) -> Option<PathBuf> {
        self.run.data.clone().or_else(|| Some(std::env::var_os(DATA)?.into()))
    }

    /// A folder that the person named stays as it is, and is warned of.
    fn prepare(&self, folder: &Path) {
        if self.named_folder().is_none() {
            // One that cannot be written may still be read, which the store finds out.
            let _ = files::make_usual_folder(folder);
        } else if let Some(exposure) = files::exposure(folder) {
            remark(&exposed(folder, exposure));
        }
    }

    /// The account that was named for this run.
    pub(crate) fn named_account(&self) -> Option<&str> {
        self.run.account.as_deref()
    }

    /// From now on standard input has the commands.
    pub(crate) fn becomes_batch(&self) {
        self.is_batch.store(true, Ordering::Relaxed);
    }

    /// Whether this is a batch, whose commands come through standard input.
    pub(crate) fn is_batch(&self) -> bool {
        self.is_batch.load(Ordering::Relaxed)
    }

    pub(crate) const fn stop(&self) -> &Stop {
        &self.stop
    }

    pub(crate) async fn engine(&self) -> Result<&Engine, Failure> {
        self.engine.get_or_try_init(|| self.start()).await
    }

    /// What was committed is on disk afterwards.
    pub(crate) async fn close(&self) {
        if let Some(engine) = self.engine.get() {
            engine.store().close().await;
        }
    }

    async fn start(&self) -> Result<Engine, Failure> {
        let folder = self.folder()?;
        self.prepare(&folder);
        let engine = open(&folder).await?;
        let index = match &self.run.index {
            Some(name) => Some(name.find(engine.store()).await?),
            None => None,
        };
        Ok(engine.only_for_this_run(index, self.run.account.clone()))
    }
}

async fn open(folder: &Path) -> Result<Engine, sync::Error> {
    let store = Store::open(folder).await?;
    if let Some(recovery) = store.recovery() {
        remark(&recovered(recovery));
    }
    Engine::start(store, keyring(), Arc::new(SystemClock)).await
}

fn exposed(folder: &Path, exposure: Exposure) -> String {
    let done = match exposure {
        Exposure::Readable => "read",
        Exposure::Writable => "written",
    };
    format!(
        "The data folder can be {done} by other users of this computer: {}. Trustdesk leaves its mode \
         as it is; `chmod 700` closes it.",
        folder.display()
    )
}

/// What became of a database that could not be used as it was.
fn recovered(recovery: &Recovery) -> String {
    let Recovery { kept_aside, drafts, changes, unreadable, altered } = recovery;
    let why = if altered.is_empty() {
        "The database was damaged".to_owned()
    } else {
        format!("Another program has changed the database ({})", shown::text(&altered.join(", ")))
    };
    format!(
        "{why} and was rebuilt: {drafts} drafts and {changes} changes were carried over, \
         {unreadable} entries could not be read. The old files are in {}.",
        kept_aside.display()
    )
}

/// The system's keyring. While it keeps us waiting somebody may have to answer it, perhaps at another
/// screen than this terminal.
fn keyring() -> Arc<KeyringSecrets> {
    Arc::new_cyclic(|keyring: &Weak<KeyringSecrets>| {
        let keyring = Weak::clone(keyring);
        KeyringSecrets::new(move || {
            let state = keyring.upgrade().map(|keyring| keyring.keyring().state);
            if state == Some(KeyringState::Waiting) {
                remark("Waiting for the keyring, which may be asking you in a window of its own.");
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::APP;

    #[test]
    fn the_data_folder_is_the_apps_own() {
        let configuration = include_str!("../../tauri.conf.json");
        let configuration: serde_json::Value =
            serde_json::from_str(configuration).expect("tauri reads it too");
        assert_eq!(configuration["identifier"], APP);
    }
}
