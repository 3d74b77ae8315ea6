//! The demo index, started when it is wanted: inside this process, with its state in the data
//! folder, or another process on this computer that the environment names.

use std::path::PathBuf;

use tokio::sync::OnceCell;
use trustdesk_core::domain::Index;
use trustdesk_demo_index::{DemoIndex, Options};
use url::Url;

use crate::error::IpcError;

/// Names a demo index that runs already; loopback addresses only.
const ORIGIN: &str = "TRUSTDESK_DEMO_ORIGIN";
const STATE_FILE: &str = "demo-index.json";

/// The demo index of this run.
pub(crate) struct Demo {
    folder: PathBuf,
    running: OnceCell<Running>,
}

struct Running {
    origin: Url,
    /// Dropping it would stop it.
    _index: Option<DemoIndex>,
}

impl Demo {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder, running: OnceCell::new() }
    }

    /// The demo index, started if it does not run yet.
    pub(crate) async fn index(&self) -> Result<Index, IpcError> {
        let running = self.running.get_or_try_init(|| self.start()).await?;
        Ok(Index::demo(running.origin.clone()))
    }

    async fn start(&self) -> Result<Running, IpcError> {
        if let Ok(address) = std::env::var(ORIGIN) {
            let origin = Index::other(&address).ok().map(|index| index.origin);
            let origin = origin.filter(|origin| origin.scheme() == "http");
            let origin = origin.ok_or_else(|| IpcError::bug("the demo index is on loopback"))?;
            return Ok(Running { origin, _index: None });
        }
        let state_file = Some(self.folder.join(STATE_FILE));
        let started = DemoIndex::start(Options { state_file, ..Options::default() }).await;
        let index = started.map_err(|error| IpcError::NotFound {
            message: format!("The demo index could not be started: {error}."),
        })?;
        Ok(Running { origin: index.origin(), _index: Some(index) })
    }
}
