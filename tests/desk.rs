//! Trustdesk without its window: the whole core on one data folder, and the demo index that it is
//! taken to. What a journey does more than once has its verb here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;
use tempfile::TempDir;
use trustdesk_core::index::Patience;
use trustdesk_core::secrets::MemorySecrets;
use trustdesk_core::store::{AccountId, CachedPublishing, Store};
use trustdesk_core::sync::{Connection, Engine, Error, Queued, SignInStep};
use trustdesk_demo_index::{DemoIndex, Options, PASSWORD, RequestLine, USERNAME, current_code};
use trustdesk_domain::{
    Change, ChangeId, ChangeState, Fields, Index, ListedPublisher, Provider, Typed,
    is_on_this_computer,
};
use url::Url;

use crate::proxy::{MESSAGES, Place, Proxy};
use crate::sends::ReviewAndSend as _;
use crate::time::{CODE_STEP_MS, START_MS, Time};

/// The project that most stories are about: on a fresh demo index it has no publisher.
pub const PROJECT: &str = "sampleproject";

/// The core on a data folder.
pub struct Desk {
    /// Everything that a window would ask.
    pub engine: Engine,
    /// Where the sessions are kept, as in a keyring that outlives the engine.
    pub secrets: Arc<MemorySecrets>,
    /// The time, for the core and the index alike.
    pub time: Arc<Time>,
    folder: PathBuf,
    /// The folder goes when the desk goes.
    temporary: Option<TempDir>,
}

/// A demo index in memory and a desk that is signed in to it and has read its projects.
pub async fn signed_in() -> (DemoIndex, Desk) {
    let time = Time::at(START_MS);
    let index = start_index(&time, None).await;
    let desk = Desk::at(&index.origin(), &time).await;
    desk.sign_in().await;
    desk.engine.refresh_projects().await.expect("the projects are read");
    (index, desk)
}

/// The same with one add waiting, on a desk that waits this long for answers and reaches its index
/// through a wire.
pub async fn with_an_add_waiting(patience: Patience) -> (DemoIndex, Proxy, Desk, Change) {
    let (index, mut desk) = signed_in().await;
    desk.engine = desk.engine.with_patience(patience);
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    (index, proxy, desk, add)
}

/// A demo index on this time; with a file it remembers what it knew when it was last stopped.
pub async fn start_index(time: &Arc<Time>, state_file: Option<&Path>) -> DemoIndex {
    let clock = Arc::clone(time);
    let state_file = state_file.map(Path::to_owned);
    let options = Options { state_file, clock, ..Options::default() };
    DemoIndex::start(options).await.expect("the demo index starts")
}

/// What is typed into GitHub's form.
#[must_use]
pub fn fields(owner: &str, repository: &str, workflow_filename: &str, environment: &str) -> Fields {
    let typed = [
        ("owner", owner),
        ("repository", repository),
        ("workflow_filename", workflow_filename),
        ("environment", environment),
    ];
    typed.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The publisher that a story adds when it does not matter which.
#[must_use]
pub fn release_workflow() -> Fields {
    fields("octo-org", PROJECT, "release.yml", "pypi")
}

/// How many changes of publishers the index was asked for, whatever it answered.
#[must_use]
pub fn posts(index: &DemoIndex) -> usize {
    let asked_for_change =
        |line: &&RequestLine| line.method == "POST" && line.path.ends_with("/settings/publishing/");
    index.requests().iter().filter(asked_for_change).count()
}

impl Desk {
    /// A new desk that has chosen the demo index at this address.
    pub async fn at(origin: &Url, time: &Arc<Time>) -> Self {
        let temporary = tempfile::tempdir().expect("a folder");
        let mut desk = Self::open(temporary.path(), MemorySecrets::default().into(), time).await;
        desk.temporary = Some(temporary);
        desk.choose(origin).await;
        desk
    }

    /// The core on a folder that may have been used before.
    pub async fn open(folder: &Path, secrets: Arc<MemorySecrets>, time: &Arc<Time>) -> Self {
        let store = Store::open(folder).await.expect("the database opens");
        let engine = Engine::start(store, Arc::clone(&secrets) as _, Arc::clone(time) as _);
        let engine = engine.await.expect("the core starts");
        let (folder, time) = (folder.to_owned(), Arc::clone(time));
        Self { engine, secrets, time, folder, temporary: None }
    }

    /// The program ends and starts again: the same folder, the same keyring.
    pub async fn restart(self) -> Self {
        self.engine.store().close().await;
        let Self { engine, secrets, time, folder, temporary } = self;
        drop(engine);
        Self { temporary, ..Self::open(&folder, secrets, &time).await }
    }

    /// Where the database lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The demo index listens at this address from now on. Under a name that leads elsewhere it is
    /// another index to the core.
    pub async fn choose(&self, origin: &Url) {
        let index = if is_on_this_computer(origin) {
            Index::demo(origin.clone())
        } else {
            Index::other(origin.as_str()).expect("an address of an index")
        };
        self.engine.select_index(&index).await.expect("the index is chosen");
    }

    /// Signs in with the right password and the code of the moment. An index takes a code once, so
    /// the authenticator moves on afterwards.
    pub async fn sign_in(&self) {
        let password = SecretString::from(PASSWORD);
        let step = self.engine.sign_in(USERNAME, &password).await.expect("the index answers");
        assert!(
            matches!(step, SignInStep::SecondFactor(_)),
            "a right password leads to the code: {step:?}"
        );
        let code = SecretString::from(current_code(self.time.now_ms()).code);
        let step = self.engine.sign_in_with_code(&code, false).await.expect("the index answers");
        assert!(matches!(step, SignInStep::SignedIn(..)), "a right code signs in: {step:?}");
        self.time.pass(CODE_STEP_MS);
    }

    /// The account on screen.
    pub async fn account(&self) -> AccountId {
        self.engine.account().await.expect("somebody has signed in").id
    }

    /// How the account stands with its index.
    pub async fn connection(&self) -> Connection {
        self.engine.screen().await.expect("the screen is read").connection
    }

    /// Confirms an add of a GitHub publisher, which must be taken.
    pub async fn queue_add(&self, project: &str, fields: &Fields) -> Change {
        self.queue_add_of(Provider::Github, project, fields).await
    }

    /// Confirms an add that must be taken.
    pub async fn queue_add_of(&self, provider: Provider, project: &str, fields: &Fields) -> Change {
        self.queue_typed(&Typed::new(project, provider, fields)).await
    }

    /// The same of what may take another's place.
    pub async fn queue_typed(&self, typed: &Typed) -> Change {
        match self.engine.queue_add(typed, None).await.expect("decided") {
            Queued::Queued(change, _) => *change,
            other => panic!("{typed:?} was not queued: {other:?}"),
        }
    }

    /// Sends what waits for the project, and lets something happen behind the sync's back: after the
    /// list was read and before the first change is sent, where the messages are read.
    ///
    /// # Errors
    /// Those of the sync.
    pub async fn sync_while(
        &self,
        index: &DemoIndex,
        place: Place,
        behind: impl FnOnce(),
    ) -> Result<(), Error> {
        let proxy = Proxy::before(index).await;
        self.choose(&proxy.origin()).await;
        let mut held = proxy.hold(MESSAGES, place);
        let (synced, ()) = tokio::join!(self.engine.sync_project(PROJECT), async {
            held.reached().await;
            behind();
            held.pass_on().await;
        });
        self.choose(&index.origin()).await;
        synced
    }

    /// A change as it is kept now.
    pub async fn change(&self, id: &ChangeId) -> Change {
        let change = self.engine.store().change(self.account().await, id).await.expect("reads");
        change.expect("a confirmed change is never lost")
    }

    /// Where a change is now.
    pub async fn state(&self, id: &ChangeId) -> ChangeState {
        self.change(id).await.state
    }

    /// A publishing page as it was last read.
    pub async fn cached(&self, project: &str) -> CachedPublishing {
        let page = self.engine.store().publishing(self.account().await, project).await;
        page.expect("the database is read").expect("the page was read before")
    }

    /// The publishers of a project as they were last read.
    pub async fn listed(&self, project: &str) -> Vec<ListedPublisher> {
        self.cached(project).await.page.publishers
    }
}
