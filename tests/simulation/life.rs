//! What happens in a life, and in which order.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use secrecy::SecretString;
use tempfile::TempDir;
use trustdesk_core::clock::Clock;
use trustdesk_core::index::PackageIndex;
use trustdesk_core::secrets::MemorySecrets;
use trustdesk_core::store::Store;
use trustdesk_core::sync::{Engine, Error, Queued, Unwatched};
use trustdesk_domain::{Change, ChangeId, ChangeState, Index, IndexTime, Provider, Typed};

use super::index::Simulated;
use super::promises::Promises;
use super::world::{Fate, World};
use super::{Seen, USERNAME};
use crate::broken::Broken;
use crate::desk::fields;
use crate::dice::Dice;
use crate::sends::ReviewAndSend as _;
use crate::time::{DAY_MS, HOUR_MS, START_MS, Time, YEAR_MS};

pub(super) const PROJECTS: [&str; 3] = ["harbor", "lantern", "tidepool"];
const WORKFLOWS: [&str; 4] = ["a.yml", "b.yml", "c.yml", "d.yml"];
/// Small, so that a life meets it.
const LIMIT: usize = 9;

/// A folder, the programs that run on it, and the world around them.
pub(super) struct Life {
    pub(super) dice: Dice,
    pub(super) time: Arc<Time>,
    pub(super) world: Arc<World>,
    folder: TempDir,
    /// The app and the command line; one of them may not run.
    pub(super) programs: [Option<Engine>; 2],
    pub(super) confirmed: Vec<ChangeId>,
    pub(super) promises: Promises,
    diary: Vec<String>,
}

impl Life {
    pub(super) async fn begin(seed: u64) -> Self {
        let time = Time::at(START_MS);
        let mut life = Self {
            dice: Dice::of_round(seed, 0),
            world: World::new(&time, &PROJECTS, LIMIT, !seed.is_multiple_of(4)),
            time,
            folder: tempfile::tempdir().expect("a folder"),
            programs: [None, None],
            confirmed: Vec::new(),
            promises: Promises::default(),
            diary: vec![format!("seed {seed}")],
        };
        life.start(0).await;
        life.program(0).refresh_projects().await.expect("nothing is wrong yet");
        life
    }

    pub(super) async fn live(&mut self, events: usize) -> Result<Seen, Broken> {
        for _ in 0..events {
            self.event().await;
            self.judge().await?;
        }
        self.come_to_rest().await?;
        Ok(self.promises.seen(&self.world))
    }

    pub(super) async fn end(self) -> Vec<String> {
        for program in self.programs.into_iter().flatten() {
            program.store().close().await;
        }
        self.diary
    }

    pub(super) async fn start(&mut self, which: usize) {
        let store = Store::open(self.folder.path()).await.expect("the database opens");
        let secrets = Arc::new(MemorySecrets::default());
        let engine = Engine::start(store, secrets, Arc::clone(&self.time) as _).await;
        let engine = engine.expect("the core starts");
        let index = Index::pypi().expect("known");
        engine.select_index(&index).await.expect("chosen");
        let door: Arc<dyn PackageIndex> = Arc::new(Simulated(Arc::clone(&self.world)));
        engine.connect(&index, USERNAME, door).await.expect("signed in");
        self.programs[which] = Some(engine);
    }

    pub(super) fn program(&self, which: usize) -> &Engine {
        self.programs[which].as_ref().expect("it runs")
    }

    /// One of the programs that run; the second one is started when it is first wanted.
    async fn some_program(&mut self) -> usize {
        let which = usize::from(self.dice.below(4) == 0);
        if self.programs[which].is_none() {
            self.start(which).await;
        }
        which
    }

    pub(super) fn note(&mut self, what: String) {
        self.diary.push(format!("{:>12} {what}", self.time.steady_ms()));
    }

    async fn event(&mut self) {
        let which = self.some_program().await;
        match self.dice.below(25) {
            0..=5 => self.confirm_add(which).await,
            6..=7 => self.confirm_removal(which).await,
            8 => self.decide(which, false).await,
            9 => self.decide(which, true).await,
            10..=14 => {
                self.mostly_confirm_password(which).await;
                self.sync(which).await;
            }
            15..=16 => {
                self.mostly_confirm_password(which).await;
                self.sync_until_killed(which).await;
            }
            17 => self.read(which).await,
            18 => self.restart(which).await,
            19 => self.others(),
            20..=21 => self.trouble(),
            22 => self.clock_is_set(),
            _ => self.time_passes(),
        }
    }

    async fn confirm_add(&mut self, which: usize) {
        let project = self.dice.one_of(&PROJECTS);
        let typed = fields("octo-org", project, self.dice.one_of(&WORKFLOWS), "");
        let typed = Typed::new(project, Provider::Github, &typed);
        let queued = self.program(which).queue_add(&typed, None).await.expect("decided");
        self.note(format!("program {which} adds to {project}: {}", outcome(&queued)));
        if let Queued::Queued(change, _) = queued {
            self.promises.decided(&change, self.world.now_ms());
            self.confirmed.push(change.id);
        }
    }

    async fn confirm_removal(&mut self, which: usize) {
        let project = self.dice.one_of(&PROJECTS);
        let store = self.program(which).store();
        let account = self.program(which).account().await.expect("signed in").id;
        let page = store.publishing(account, project).await.expect("read");
        let listed = page.map(|page| page.page.publishers).unwrap_or_default();
        if listed.is_empty() {
            return;
        }
        let row = &listed[self.dice.count(listed.len())];
        let change = self.program(which).queue_remove(project, &row.id).await.expect("decided");
        self.note(format!("program {which} removes {} from {project}", row.id.0));
        if !self.confirmed.contains(&change.id) {
            self.promises.decided(&change, self.world.now_ms());
            self.confirmed.push(change.id);
        }
    }

    /// Takes one back, or sends one again.
    async fn decide(&mut self, which: usize, again: bool) {
        let open = self.open(which).await;
        if open.is_empty() {
            return;
        }
        let change = open[self.dice.count(open.len())].clone();
        let (id, engine) = (change.id.clone(), self.program(which));
        let decided =
            if again { engine.retry_change(&id).await } else { engine.discard_change(&id).await };
        let what = if again { "sends again" } else { "takes back" };
        self.note(format!("program {which} {what} {}: {decided:?}", id.0));
        if decided.expect("decided") {
            self.promises.decided(&change, self.world.now_ms());
            if !again && change.state == ChangeState::Checking {
                self.promises.given_up(&change);
            }
        }
    }

    async fn mostly_confirm_password(&mut self, which: usize) {
        if self.dice.below(8) != 0 {
            self.confirm_password(which).await;
        }
    }

    pub(super) async fn confirm_password(&self, which: usize) {
        // A server that is down, or a session that is over, is met by the sync that follows.
        let _ = self.program(which).confirm_password(&SecretString::from("right")).await;
    }

    pub(super) async fn sync(&mut self, which: usize) {
        let ended = sync(self.program(which)).await;
        self.note(format!("program {which} syncs: {ended}"));
    }

    /// The process ends in the middle: nothing of it goes on, and its locks are free.
    async fn sync_until_killed(&mut self, which: usize) {
        let polls = self.dice.below(60);
        let ended = after_polls(polls, sync(self.program(which))).await;
        self.programs[which] = None;
        self.note(format!("program {which} syncs and is killed after {polls} polls: {ended:?}"));
        self.start(which).await;
        let account = self.program(which).account().await.expect("signed in");
        let kept = account.quota_closed_until.map(|IndexTime(until_ms)| until_ms);
        self.world.now().limit_is_known_until(kept);
    }

    async fn read(&mut self, which: usize) {
        let project = self.dice.one_of(&PROJECTS);
        let ended = self.program(which).refresh_publishing(project).await;
        self.note(format!("program {which} reads {project}: {}", said(ended)));
    }

    async fn restart(&mut self, which: usize) {
        if let Some(program) = self.programs[which].take() {
            program.store().close().await;
        }
        self.start(which).await;
        self.note(format!("program {which} was started again"));
    }

    fn others(&mut self) {
        let project = self.dice.one_of(&PROJECTS);
        let mut world = self.world.now();
        let listed = world.projects.get(project).cloned().unwrap_or_default();
        let what = if !listed.is_empty() && self.dice.below(2) == 0 {
            let row = &listed[self.dice.count(listed.len())];
            world.remove_row(project, &row.id);
            self.promises.removed_by_others(row);
            format!("somebody else removes {} from {project}", row.id.0)
        } else {
            let publisher = super::promises::github(project, self.dice.one_of(&WORKFLOWS));
            let request = trustdesk_core::index::Request::Add(publisher.clone());
            if world.shows(project, &request) {
                return;
            }
            let row = world.add_row(project, publisher.clone());
            self.promises.added_by_others(project, &publisher, row);
            format!("somebody else adds to {project}")
        };
        drop(world);
        self.note(what);
    }

    fn trouble(&mut self) {
        let late = i64::try_from(self.dice.below(40_000)).expect("small");
        let fates = [
            Fate::LostOnTheWay,
            Fate::AnswerLost,
            Fate::DoneLater(late),
            Fate::Refused,
            Fate::ReadOnly,
            Fate::PasswordAsked,
        ];
        let mut world = self.world.now();
        let project = self.dice.one_of(&PROJECTS);
        let what = match self.dice.below(12) {
            0 => {
                world.down = !world.down;
                format!("the index is down: {}", world.down)
            }
            1 => {
                world.signed_out = !world.signed_out;
                format!("the session is over: {}", world.signed_out)
            }
            2 => {
                world.password_asked = !world.password_asked;
                format!("the password is asked for: {}", world.password_asked)
            }
            3 => {
                world.read_only = !world.read_only;
                format!("the index is read-only: {}", world.read_only)
            }
            4 => {
                let is_closed = world.closed.remove(project);
                if !is_closed {
                    world.closed.insert(project.to_owned());
                }
                format!("{project} may be managed: {is_closed}")
            }
            5 => {
                world.swallows = !world.swallows;
                format!("no request for a change arrives: {}", world.swallows)
            }
            _ => {
                world.fate = Some(self.dice.one_of(&fates));
                format!("the next request: {:?}", world.fate)
            }
        };
        drop(world);
        self.note(what);
    }

    /// A person or a time server sets the clock of the computer, by a minute or by years.
    fn clock_is_set(&mut self) {
        let by_ms = self.dice.one_of(&[90_000, DAY_MS, 10 * YEAR_MS]);
        let by_ms = if self.dice.below(2) == 0 { by_ms } else { -by_ms };
        self.time.is_set(by_ms);
        self.note(format!("the clock is set by {} s", by_ms / 1000));
    }

    fn time_passes(&mut self) {
        let by_ms =
            self.dice.one_of(&[1_000, 20_000, 45_000, 90_000, HOUR_MS, 13 * HOUR_MS, DAY_MS]);
        self.time.pass(by_ms);
        self.note(format!("{} s pass", by_ms / 1000));
    }

    pub(super) async fn open(&self, which: usize) -> Vec<Change> {
        let engine = self.program(which);
        let account = engine.account().await.expect("signed in").id;
        engine.store().open_changes(account).await.expect("read")
    }
}

pub(super) async fn sync(engine: &Engine) -> String {
    let review = engine.review().await.expect("read");
    let ids: Vec<ChangeId> = review.changes.into_iter().map(|change| change.id).collect();
    said(engine.sync_each(&ids, &Unwatched).await)
}

fn said(ended: Result<(), Error>) -> String {
    match ended {
        Ok(()) => "through".to_owned(),
        Err(error @ (Error::Index(_) | Error::WaitingForQuota(_) | Error::AnotherSends)) => {
            error.to_string()
        }
        Err(error) => panic!("no fault of the simulation explains {error:?}"),
    }
}

fn outcome(queued: &Queued) -> &'static str {
    match queued {
        Queued::Queued(..) => "it waits",
        Queued::AlreadyListed => "it is listed",
        Queued::AlreadyWaiting => "it waits already",
        Queued::Invalid(_) | Queued::ReplacedGone => {
            panic!("what is typed here stands: {queued:?}")
        }
    }
}

/// Drops it after so many polls, if it is not through before.
pub(super) async fn after_polls<T>(polls: u64, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut left = polls;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}
