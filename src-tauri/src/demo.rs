//! The demo index, started when it is wanted: inside this process, with its state in the data
//! folder, or another process on this computer that the environment names.

use std::io;
use std::path::PathBuf;

use tokio::sync::Mutex;
use trustdesk_demo_index::{DemoIndex, Options};
use trustdesk_domain::{Index, IndexKey};
use trustdesk_files as files;
use url::Url;

use crate::error::IpcError;

/// Names a demo index that runs already; loopback addresses only.
const ORIGIN: &str = "TRUSTDESK_DEMO_ORIGIN";
const STATE_FILE: &str = "demo-index.json";

/// What its accounts are kept under, whether it runs or not.
pub(crate) fn key() -> IndexKey {
    IndexKey("demo".to_owned())
}

/// The demo index of this run.
pub(crate) struct Demo {
    folder: PathBuf,
    /// The address of one that runs outside this process.
    outside: Option<String>,
    running: Mutex<Option<Running>>,
}

struct Running {
    origin: Url,
    /// Dropping it would stop it; none: it runs outside.
    index: Option<DemoIndex>,
}

impl Demo {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder, outside: std::env::var(ORIGIN).ok(), running: Mutex::default() }
    }

    /// The demo index, started if it does not run yet.
    pub(crate) async fn index(&self) -> Result<Index, IpcError> {
        let mut running = self.running.lock().await;
        let origin = match running.as_ref() {
            Some(running) => running.origin.clone(),
            None => running.insert(self.start().await?).origin.clone(),
        };
        Ok(Index::demo(origin))
    }

    /// Lets something happen on the index, as its operators or other people would do it.
    #[cfg(test)]
    pub(crate) async fn behind(&self, happens: impl FnOnce(&DemoIndex) + Send) {
        let running = self.running.lock().await;
        let index = running.as_ref().and_then(|running| running.index.as_ref());
        happens(index.expect("the demo index runs here"));
    }

    /// The link in the newest mail that has one, of the demo index in this process.
    pub(crate) async fn mailed_link(&self) -> Option<String> {
        let running = self.running.lock().await;
        let mails = running.as_ref()?.index.as_ref()?.mailbox();
        mails.into_iter().rev().find_map(|mail| mail.link)
    }

    /// One that runs outside this process knows what it likes.
    pub(crate) fn can_be_reset(&self) -> Result<(), IpcError> {
        if self.outside.is_none() {
            return Ok(());
        }
        Err(IpcError::NotSaved {
            message: "The demo index runs outside this app, so it cannot be reset from here. \
                      Reset it where it was started."
                .to_owned(),
        })
    }

    /// Deletes what is in the data folder of it, and stops it if it runs on that: it begins anew when
    /// it is wanted again.
    pub(crate) async fn forget(&self) -> Result<(), IpcError> {
        let mut running = self.running.lock().await;
        if let Some(Running { index: Some(index), .. }) = running.take() {
            index.stop().await;
        }
        let path = self.folder.join(STATE_FILE);
        match tokio::fs::remove_file(&path).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(IpcError::file(&path, &error));
            }
            Ok(()) | Err(_) => {}
        }
        files::delete_unfinished(&path).map_err(|error| IpcError::file(&path, &error))
    }

    async fn start(&self) -> Result<Running, IpcError> {
        if let Some(address) = &self.outside {
            let origin = Index::other(address).ok().map(|index| index.origin);
            let origin = origin.filter(|origin| origin.scheme() == "http");
            let origin = origin.ok_or_else(|| IpcError::bug("the demo index is on loopback"))?;
            return Ok(Running { origin, index: None });
        }
        let state_file = Some(self.folder.join(STATE_FILE));
        let started = DemoIndex::start(Options { state_file, ..Options::default() }).await;
        let index = started.map_err(|error| IpcError::NotFound {
            message: format!("The demo index could not be started: {error}."),
        })?;
        Ok(Running { origin: index.origin(), index: Some(index) })
    }
}

#[cfg(test)]
impl Demo {
    /// Adds a publisher as somebody else would.
    pub(crate) async fn add_behind(&self, project: &str, publisher: trustdesk_domain::Publisher) {
        let running = self.running.lock().await;
        let index = running.as_ref().and_then(|running| running.index.as_ref());
        index.expect("it runs here").add_publisher_behind(project, publisher);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn its_key_is_the_one_of_the_index() {
        let folder = tempfile::tempdir().expect("a folder");
        let demo = Demo::new(folder.path().to_owned());
        assert_eq!(demo.index().await.expect("runs").key, key());
    }

    #[tokio::test]
    async fn one_that_was_forgotten_begins_anew_and_answers() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join(STATE_FILE);
        let demo = Demo::new(folder.path().to_owned());
        demo.index().await.expect("runs");
        std::fs::write(&state, "what it knew").expect("written");
        demo.forget().await.expect("stopped");
        assert!(!state.exists(), "nothing it knew is left");
        demo.index().await.expect("a state that it cannot read would keep it from starting");
        demo.forget().await.expect("again");
        demo.forget().await.expect("with nothing to forget");
    }

    #[tokio::test]
    async fn nothing_that_a_stopped_write_left_is_there_after_it_was_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let left = ".demo-index.json.4b4b2a5e-0a52-4c0b-8c7e-3f5d6f6c1c11.new";
        std::fs::write(folder.path().join(left), "sessions").expect("written");
        Demo::new(folder.path().to_owned()).forget().await.expect("forgotten");
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 0);
    }

    #[tokio::test]
    async fn one_that_runs_outside_is_left_alone() {
        let outside = DemoIndex::start(Options::default()).await.expect("runs");
        let folder = tempfile::tempdir().expect("a folder");
        let origin = Some(outside.origin().to_string());
        let demo =
            Demo { folder: folder.path().to_owned(), outside: origin, running: Mutex::default() };
        assert_eq!(demo.index().await.expect("there").origin, outside.origin());
        let error = demo.can_be_reset().expect_err("it is not ours");
        assert!(error.message().contains("outside this app"), "{error:?}");
        demo.forget().await.expect("there is nothing of it here");
        assert_eq!(demo.index().await.expect("still there").origin, outside.origin());
    }
}
