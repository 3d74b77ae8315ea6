//! Where a life takes place: a folder, a demo index behind a wire, the time, and the books.

use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use tokio::process::Command;
use trustdesk_core::secrets::MemorySecrets;
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::ChangeState;

use super::books::{Books, Listed, listed};
use super::kept::Kept;
use super::script::{PROJECTS, script};
use super::strace::Strace;
use crate::broken::Broken;
use crate::desk::{self, Desk};
use crate::proxy::Proxy;
use crate::sends::ReviewAndSend as _;
use crate::time::{CODE_STEP_MS, MINUTE_MS, SERVER_MAY_WORK_MS, START_MS, Time};

/// How often a person would try again before something counts as stuck.
const TRIES: usize = 3;
/// How long a change is left alone of which two requests in turn were cut off.
const AFTER_TWO_REQUESTS_MS: i64 = 5 * MINUTE_MS;
/// So many requests that are cut off in turn leave the change to a person.
const MOST_REQUESTS: usize = 3;

/// Which life, and whether its folder was used before: the first start on a folder writes much that
/// later ones do not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Life {
    pub(crate) seed: u64,
    pub(crate) number: usize,
    pub(crate) used: bool,
}

pub(crate) struct Stage {
    pub(crate) books: Books,
    pub(crate) proxy: Proxy,
    life: Life,
    time: Arc<Time>,
    index: DemoIndex,
    folder: TempDir,
    listed: Listed,
}

impl Stage {
    pub(crate) async fn begin(life: Life) -> Self {
        let time = Time::at(START_MS);
        let index = desk::start_index(&time, None).await;
        let proxy = Proxy::before(&index).await;
        let folder = tempfile::tempdir().expect("a folder");
        let books = Books::of(script(life.seed, life.number));
        let listed = listed(&index).expect("each once");
        let stage = Self { books, proxy, life, time, index, folder, listed };
        if life.used {
            stage.open().await.engine.store().close().await;
        }
        stage
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The process that goes on with the script.
    pub(crate) fn player(&self, torture: &Path, strace: Option<&Strace>) -> Command {
        let mut command = strace.map_or_else(|| Command::new(torture), |it| it.around(torture));
        command.arg("play").arg(self.folder.path()).arg(self.proxy.origin().as_str());
        let Life { seed, number, .. } = self.life;
        command.args([self.time.now_ms().to_string(), seed.to_string(), number.to_string()]);
        command.arg(self.books.next().to_string());
        command
    }

    /// The process is gone: what it had sent comes to the index, what it had kept is there, and time
    /// passes until the index must be through.
    pub(crate) async fn hold(&self) -> Result<(), Broken> {
        self.proxy.quiet().await;
        self.time.pass(CODE_STEP_MS + SERVER_MAY_WORK_MS);
        let kept = Kept::in_folder(self.folder.path()).await?;
        self.books.hold(&kept)?;
        Books::hold_claims(&kept, desk::posts(&self.index))
    }

    /// The app starts again and sends whatever waits. Then nothing may be left to do.
    pub(crate) async fn come_to_rest(&self) -> Result<(), Broken> {
        let desk = self.open().await;
        desk.sign_in().await;
        desk.engine.refresh_projects().await.expect("the projects are read");
        for _ in 0..TRIES {
            decide(&desk).await?;
            for project in PROJECTS {
                let synced = desk.engine.sync_project(project).await;
                synced.map_err(|error| Broken::Stuck(format!("{project}: {error:?}")))?;
            }
            self.time.pass(AFTER_TWO_REQUESTS_MS);
        }
        desk.engine.store().close().await;
        drop(desk);
        let kept = Kept::in_folder(self.folder.path()).await?;
        self.books.hold_at_rest(&kept, &self.index, &self.listed)
    }

    async fn open(&self) -> Desk {
        let secrets = MemorySecrets::default().into();
        let desk = Desk::open(self.folder.path(), secrets, &self.time).await;
        desk.choose(&self.proxy.origin()).await;
        desk
    }
}

/// A person sends again what was cut off so often that it was left to them.
async fn decide(desk: &Desk) -> Result<(), Broken> {
    let open = desk.engine.store().open_changes(desk.account().await).await.expect("reads");
    for change in open.into_iter().filter(|change| change.state == ChangeState::NeedsYou) {
        if change.sends.0.len() < MOST_REQUESTS {
            return Err(Broken::Stuck(format!("nobody has to decide on {change:?}")));
        }
        desk.engine.retry_change(&change.id).await.expect("decided");
    }
    Ok(())
}
