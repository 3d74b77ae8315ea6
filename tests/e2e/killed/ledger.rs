//! The books that are kept over all kills: what the screen promised, held against what the database
//! has each time that the app is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use trustdesk_core::store::Store;
use trustdesk_domain::{Change, ChangeAction, Draft, ListedPublisher, Provider};

use super::PROJECT;
use super::typing::{Text, Typing, text};

/// What a person confirmed, or was about to when the app was killed.
pub(super) struct Asked {
    pub(super) action: ChangeAction,
    pub(super) marker: String,
    /// Whether the screen showed it.
    pub(super) shown: bool,
}

#[derive(Default)]
pub(super) struct Ledger {
    /// The drafts that stand in their forms.
    pub(super) open: BTreeMap<Provider, Text>,
    /// Those that were put aside.
    pub(super) parked: Vec<(Provider, Text)>,
    /// The adds and removals that are kept, by their markers.
    pub(super) adds: BTreeSet<String>,
    pub(super) removals: BTreeSet<String>,
    /// How often the screen called something saved before a kill.
    pub(super) saved: usize,
}

/// What the database has while no app runs.
struct Kept {
    drafts: Vec<Draft>,
    changes: Vec<Change>,
    listed: Vec<ListedPublisher>,
}

async fn kept(data: &Path) -> Kept {
    let store = Store::open(data).await.expect("the database opens");
    assert!(store.recovery().is_none(), "a kill damages nothing");
    let index = store.selected_index().await.expect("read").expect("an index was chosen");
    let account = store.selected_account(&index.key).await.expect("read").expect("signed in").id;
    let drafts = store.drafts(account, Some(PROJECT)).await.expect("read");
    let changes = store.changes_on_page(account, PROJECT).await.expect("read");
    let page = store.publishing(account, PROJECT).await.expect("read");
    let listed = page.map(|page| page.page.publishers).unwrap_or_default();
    store.close().await;
    Kept { drafts, changes, listed }
}

impl Kept {
    fn has(&self, asked: &Asked) -> bool {
        let has_marker = |listed: &ListedPublisher| listed.publisher.line().contains(&asked.marker);
        let is_listed = self.listed.iter().any(has_marker);
        self.change(asked).is_some() || is_listed == (asked.action == ChangeAction::Add)
    }

    fn change(&self, asked: &Asked) -> Option<&Change> {
        let is_it = |change: &&Change| {
            change.intent.action() == asked.action
                && change.intent.publisher().line().contains(&asked.marker)
        };
        self.changes.iter().find(is_it)
    }

    fn state(&self, asked: &Asked) -> String {
        self.change(asked).map_or("nowhere".to_owned(), |change| format!("{:?}", change.state))
    }
}

impl Ledger {
    /// The app was killed at this moment, with this typed into a provider's form.
    pub(super) async fn examine(
        &mut self,
        data: &Path,
        provider: Provider,
        typing: &Typing,
        asked: Option<&Asked>,
        killed_at: Instant,
    ) {
        let kept = kept(data).await;
        let is_kept = asked.is_some_and(|asked| self.enter(&kept, asked));
        let became_a_change = is_kept && asked.is_some_and(|it| it.action == ChangeAction::Add);
        let mut drafts: Vec<_> = kept
            .drafts
            .iter()
            .map(|it| (it.typed.provider, text(&it.typed.fields), it.open))
            .collect();
        self.take_known(&mut drafts, provider);
        assert!(drafts.len() <= 1, "one form makes one draft: {drafts:?}");
        let (found, open) =
            drafts.pop().map_or_else(|| (Text::new(), true), |(_, text, open)| (text, open));
        if became_a_change {
            assert_eq!(found, Text::new(), "the draft has become a change in the same moment");
        } else if let Err(lost) = typing.allows(&found, killed_at) {
            panic!("{provider:?}: {lost}");
        }
        self.saved += usize::from(typing.has_saved());
        self.open.remove(&provider);
        if !open {
            self.parked.push((provider, found));
        } else if !found.is_empty() {
            self.open.insert(provider, found);
        }
    }

    /// Books what was asked for; whether it is kept.
    fn enter(&mut self, kept: &Kept, asked: &Asked) -> bool {
        let is_kept = kept.has(asked);
        let (action, marker) = (asked.action, &asked.marker);
        eprintln!("    {action:?} {marker} was found {}", kept.state(asked));
        assert!(is_kept || !asked.shown, "{action:?} {marker} was on screen and is gone");
        if is_kept {
            let book = match action {
                ChangeAction::Add => &mut self.adds,
                ChangeAction::Remove => &mut self.removals,
            };
            book.insert(marker.clone());
        }
        is_kept
    }

    /// Takes out every draft that was there before, which must be as it was.
    fn take_known(&self, drafts: &mut Vec<(Provider, Text, bool)>, typed: Provider) {
        let parked = self.parked.iter().map(|(provider, text)| (*provider, text));
        let others = self.open.iter().filter(|(provider, _)| **provider != typed);
        for (provider, text) in parked.chain(others.map(|(provider, text)| (*provider, text))) {
            let place = drafts.iter().position(|it| (it.0, &it.1) == (provider, text));
            let Some(place) = place else {
                panic!("the saved draft {text:?} is lost: {drafts:?}");
            };
            drafts.remove(place);
        }
    }
}
