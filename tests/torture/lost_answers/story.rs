//! One broken connection: a few changes of one project are confirmed, something happens to one of
//! their requests, and time passes until nothing is left to do. Then everybody is asked.

use std::time::Duration;

use trustdesk_core::index::Patience;
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{ChangeId, ChangeState, Github, InPlaceOf, Provider, Publisher, Typed};

use super::fault::Fault;
use crate::broken::Broken;
use crate::desk::{self, Desk, PROJECT, fields, posts};
use crate::dice::Dice;
use crate::proxy::{CHANGE, LIST, Place, Proxy};
use crate::sends::ReviewAndSend as _;
use crate::time::SERVER_MAY_WORK_MS;

/// An index at work on a request that broke off has done it by then.
const ARRIVES_AFTER_MS: i64 = 40_000;
/// A stalled answer is waited for in true time: not for long, and longer than a busy machine lets one
/// wait that is on its way.
const PATIENCE: Duration = Duration::from_secs(2);
/// Publishers that the project has before.
const ROWS: usize = 3;
/// Rounds of reading and sending until everything must be done.
const ROUNDS: usize = 6;

/// What a story came through.
#[derive(Clone, Debug)]
pub struct Told {
    /// What happened.
    pub fault: Fault,
    /// Requests for changes that came to the index.
    pub posts: usize,
    /// Whether the core was kept from an answer.
    pub broke: bool,
}

struct Story {
    index: DemoIndex,
    proxy: Proxy,
    desk: Desk,
    dice: Dice,
    fault: Fault,
    /// What was confirmed.
    changes: Vec<ChangeId>,
    /// The lines of the publishers that the project shall have.
    wanted: Vec<String>,
    /// How many requests it takes.
    requests: usize,
    diary: Vec<String>,
}

/// Tells one of them.
///
/// # Errors
/// The first promise that did not hold, with what happened until then.
///
/// # Panics
/// The core fails in a way that no fault of the wire explains.
pub async fn tell(seed: u64) -> Result<Told, (Broken, Vec<String>)> {
    let mut story = Story::begin(seed).await;
    let told = story.tell().await;
    told.map_err(|broken| (broken, story.diary))
}

impl Story {
    async fn begin(seed: u64) -> Self {
        let (index, mut desk) = desk::signed_in().await;
        let patience = Patience { connect: PATIENCE, silence: PATIENCE, answer: 4 * PATIENCE };
        desk.engine = desk.engine.with_patience(patience);
        let proxy = Proxy::before(&index).await;
        desk.choose(&proxy.origin()).await;
        for number in 0..ROWS {
            index.add_publisher_behind(PROJECT, of_workflow(&format!("listed-{number}.yml")));
        }
        desk.engine.refresh_publishing(PROJECT).await.expect("read");
        let wanted = lines(&index);
        let (changes, diary) = (Vec::new(), Vec::new());
        let dice = Dice::of_round(seed, 0);
        // In turn, so that as many stories as there are faults meet each of them.
        let fault = Fault::in_turn(seed);
        Self { index, proxy, desk, dice, fault, changes, wanted, requests: 0, diary }
    }

    async fn tell(&mut self) -> Result<Told, Broken> {
        for row in 0..=self.dice.count(ROWS) {
            self.confirm(row).await;
        }
        let fault = self.fault;
        let asked = CHANGE.after(self.dice.count(self.requests));
        let planned = fault.plan(&self.proxy, asked, &mut self.dice);
        if self.dice.below(4) == 0 {
            // The list is read before the changes; this is the reading after them.
            self.proxy.cut(LIST.after(1), self.dice.one_of(&[Place::InTheBody, Place::InTheHead]));
        }
        self.diary.push(format!("{fault:?} on {asked:?}"));
        let broke = self.sync().await;
        self.proxy.mend();
        if let Some(late) = planned.late {
            self.desk.time.pass(ARRIVES_AFTER_MS);
            // Whoever takes the lost answer for a request that never left asks once more now.
            self.sync().await;
            let arrived = late.arrives().await;
            self.diary.push(format!("the late request arrived: {arrived}"));
        }
        self.come_to_rest().await;
        self.judge().await?;
        Ok(Told { fault, posts: posts(&self.index), broke })
    }

    /// An add, or the removal or replacement of this row.
    async fn confirm(&mut self, row: usize) {
        let kind = self.dice.below(3);
        if kind == 0 {
            return self.add(InPlaceOf::default()).await;
        }
        let listed = self.desk.listed(PROJECT).await.remove(row);
        self.wanted.retain(|line| *line != listed.publisher.line());
        self.requests += 1;
        if kind == 1 {
            let removal = self.desk.engine.queue_remove(PROJECT, &listed.id).await.expect("queued");
            self.diary.push(format!("removal of {}", listed.publisher.line()));
            self.changes.push(removal.id);
        } else {
            self.diary.push(format!("in place of {}:", listed.publisher.line()));
            self.add(InPlaceOf { publisher: Some(listed.id), change: None }).await;
        }
    }

    async fn add(&mut self, in_place_of: InPlaceOf) {
        let typed = fields("octo-org", PROJECT, &format!("{}.yml", self.dice.word(8)), "");
        let typed = Typed { in_place_of, ..Typed::new(PROJECT, Provider::Github, &typed) };
        let add = self.desk.queue_typed(&typed).await;
        self.diary.push(format!("add of {}", add.intent.publisher().line()));
        self.wanted.push(add.intent.publisher().line());
        self.changes.push(add.id);
        self.requests += 1;
    }

    /// Sends what waits; whether something stood in the way.
    async fn sync(&mut self) -> bool {
        let synced = self.desk.engine.sync_project(PROJECT).await;
        self.diary.push(format!("sync: {synced:?}"));
        synced.is_err()
    }

    async fn read(&mut self) {
        let read = self.desk.engine.refresh_publishing(PROJECT).await;
        self.diary.push(format!("reading: {read:?}"));
    }

    async fn come_to_rest(&mut self) {
        for _ in 0..ROUNDS {
            self.read().await;
            self.sync().await;
            self.desk.time.pass(SERVER_MAY_WORK_MS);
        }
        self.read().await;
    }

    /// Compares what was asked for, what the database says of it, and what the index has.
    async fn judge(&self) -> Result<(), Broken> {
        let account = self.desk.account().await;
        for id in &self.changes {
            let change = self.desk.engine.store().change(account, id).await.expect("reads");
            let Some(change) = change else {
                return Err(Broken::Lost(format!("{} is gone", id.0)));
            };
            if change.state != ChangeState::Done {
                return Err(Broken::Stuck(format!("{} is {:?}", id.0, change.state)));
            }
        }
        let open = self.desk.engine.store().open_changes(account).await.expect("reads");
        if let Some(change) = open.first() {
            return Err(Broken::Stuck(format!("{} is {:?}", change.id.0, change.state)));
        }
        let (mut listed, mut wanted) = (lines(&self.index), self.wanted.clone());
        listed.sort_unstable();
        wanted.sort_unstable();
        if let Some(missing) = wanted.iter().find(|line| !listed.contains(line)) {
            return Err(Broken::Lost(format!("the index does not have {missing}")));
        }
        if listed != wanted {
            return Err(Broken::Doubled(format!("wanted {wanted:?}, and there are {listed:?}")));
        }
        if self.desk.listed(PROJECT).await != self.index.publishers(PROJECT) {
            return Err(Broken::Misread("the list that is kept is not the index's".to_owned()));
        }
        match posts(&self.index) {
            sent if sent == self.requests => Ok(()),
            sent => Err(Broken::Needless(format!("{sent} requests for {}", self.requests))),
        }
    }
}

fn of_workflow(workflow: &str) -> Publisher {
    Publisher::Github(Github {
        owner: "octo-org".to_owned(),
        repository: PROJECT.to_owned(),
        workflow_filename: workflow.to_owned(),
        environment: None,
    })
}

fn lines(index: &DemoIndex) -> Vec<String> {
    index.publishers(PROJECT).iter().map(|listed| listed.publisher.line()).collect()
}
