//! The store's changes against a model of them: whatever is decided and happens, in any order and
//! across restarts, both know the same.

mod model;

use proptest::prelude::*;
use proptest::sample::Index as Pick;
use proptest::test_runner::RngSeed;
use tempfile::TempDir;
use trustdesk_core::store::{AccountId, NewAdd, Store};
use trustdesk_domain::{
    Change, ChangeAction, ChangeEvent, ChangeId, Github, Index, ListedPublisher, Publisher,
    PublisherId, Reasons,
};

use model::Model;

const PROJECT: &str = "harbor";
const ROWS: usize = 3;
const EVENTS: [ChangeEvent; 10] = [
    ChangeEvent::Claimed,
    ChangeEvent::Listed,
    ChangeEvent::Refused,
    ChangeEvent::NotSent,
    ChangeEvent::ReplyLost,
    ChangeEvent::NotListedAfterSuccess,
    ChangeEvent::NotListedForCertain,
    ChangeEvent::OthersChanged,
    ChangeEvent::SendAgain,
    ChangeEvent::Discarded,
];

#[derive(Clone, Debug)]
enum Step {
    Add { replaces: Option<usize>, edits: Option<Pick> },
    Remove(usize),
    Happens(Pick, ChangeEvent),
    Discard(Pick),
    ConfirmAgain(Pick),
    Pass(i64),
    Restart,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let pick = any::<Pick>;
    let event = proptest::sample::select(EVENTS.to_vec());
    let step = prop_oneof![
        2 => (proptest::option::of(0..ROWS), proptest::option::weighted(0.3, pick()))
            .prop_map(|(replaces, edits)| Step::Add { replaces, edits }),
        1 => (0..ROWS).prop_map(Step::Remove),
        14 => (pick(), event).prop_map(|(which, event)| Step::Happens(which, event)),
        1 => pick().prop_map(Step::Discard),
        4 => pick().prop_map(Step::ConfirmAgain),
        1 => proptest::sample::select(vec![1, 3_600_000, 86_400_000]).prop_map(Step::Pass),
        1 => Just(Step::Restart),
    ];
    proptest::collection::vec(step, 1..80)
}

fn publisher(number: usize) -> Publisher {
    Publisher::Github(Github {
        owner: "octo-org".to_owned(),
        repository: "harbor".to_owned(),
        workflow_filename: format!("{number}.yml"),
        environment: None,
    })
}

fn row(number: usize) -> ListedPublisher {
    ListedPublisher { id: PublisherId(format!("row-{number}")), publisher: publisher(number) }
}

/// The store and its model, side by side.
struct Both {
    folder: TempDir,
    store: Store,
    account: AccountId,
    ids: Vec<ChangeId>,
    model: Model,
}

impl Both {
    async fn begin() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let index = Index::pypi().expect("known");
        store.select_index(&index).await.expect("opened");
        let account = store.select_account_named(&index.key, "alice").await.expect("opened").id;
        Self { folder, store, account, ids: Vec::new(), model: Model::default() }
    }

    async fn takes(&mut self, step: &Step) {
        let now_ms = self.model.now_ms;
        let made = self.ids.len();
        let known = |pick: &Pick| (made > 0).then(|| pick.index(made));
        match step {
            Step::Add { replaces, edits } => {
                let edits = edits.as_ref().and_then(known);
                self.model.add(*replaces, edits);
                let publisher = publisher(ROWS + made);
                let row = replaces.map(row);
                let add = NewAdd {
                    replaces: row.as_ref(),
                    edits: edits.map(|edits| &self.ids[edits]),
                    ..NewAdd::of(PROJECT, &publisher)
                };
                let kept = self.store.queue_add(self.account, &add, now_ms).await;
                let (add, _) = kept.expect("kept");
                self.ids.push(add.id);
                if self.model.changes.len() > self.ids.len() {
                    self.ids.push(self.newest().await);
                }
            }
            Step::Remove(number) => {
                self.model.made(ChangeAction::Remove, Some(*number));
                let (account, row) = (self.account, row(*number));
                let removal = self.store.queue_remove(account, PROJECT, &row, now_ms).await;
                self.ids.push(removal.expect("kept").id);
            }
            Step::Happens(pick, event) => {
                let Some(which) = known(pick) else { return };
                let moved = self.model.happens(which, *event);
                let id = &self.ids[which];
                let none = Reasons::default();
                let found = self.store.move_change(id, *event, &none, now_ms).await;
                assert_eq!(found.expect("written"), moved, "{event:?} moves what it moves");
            }
            Step::Discard(pick) => {
                let Some(which) = known(pick) else { return };
                let moved = self.model.discard(which);
                let found = self.store.discard_change(&self.ids[which], now_ms).await;
                assert_eq!(found.expect("written"), moved, "taken back if it can be");
            }
            Step::ConfirmAgain(pick) => {
                let Some(which) = known(pick) else { return };
                let moved = self.model.confirm_again(which);
                let found = self.store.confirm_again(&self.ids[which], now_ms).await;
                assert_eq!(found.expect("written"), moved, "waits again if it can");
            }
            Step::Pass(by_ms) => self.model.now_ms += by_ms,
            Step::Restart => {
                self.store.close().await;
                self.store = Store::open(self.folder.path()).await.expect("opens again");
            }
        }
    }

    /// The removal that came with an add sorts after it.
    async fn newest(&self) -> ChangeId {
        let open = self.store.open_changes(self.account).await.expect("read");
        open.into_iter().map(|change| change.id).max().expect("just made")
    }

    async fn know_the_same(&self) {
        let mut open = Vec::new();
        for (id, known) in self.ids.iter().zip(&self.model.changes) {
            let change = self.store.change(self.account, id).await.expect("read");
            let change = change.expect("a confirmed change is never lost");
            let after = |change: &Change| change.intent.after().map(|new| new.id.clone());
            let expected = (known.action, known.state, known.after.map(|at| self.ids[at].clone()));
            assert_eq!((change.intent.action(), change.state, after(&change)), expected);
            open.extend((!known.state.is_final()).then(|| id.clone()));
        }
        let found = self.store.open_changes(self.account).await.expect("read");
        let found: Vec<ChangeId> = found.into_iter().map(|change| change.id).collect();
        assert_eq!(found, open, "in the order in which they were made");
        let attempts = self.store.attempts(self.account, self.model.now_ms).await.expect("read");
        assert_eq!(attempts, self.model.attempts(), "what counts against the limit");
    }
}

proptest! {
    // PROPTEST_CASES asks for more of them.
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").map_or(40, |text| text.parse().expect("a number")),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_store_knows_of_changes_what_a_list_of_them_would(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let mut both = Both::begin().await;
            for step in &steps {
                both.takes(step).await;
                both.know_the_same().await;
            }
            both.store.close().await;
        });
    }
}
