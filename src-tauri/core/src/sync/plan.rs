//! What a list of publishers says of the changes that wait: pure, so that every case is a table.

use trustdesk_domain::{
    Change, ChangeEvent, ChangeId, ChangeState, Intent, ListedPublisher, Publisher, PublisherId,
    PublishingPage,
};

use super::Wait;

/// Whether the list shows what a change asked for. Nothing else is proof.
fn is_listed(intent: &Intent, page: &PublishingPage) -> bool {
    match intent {
        Intent::Add { .. } => row_of_add(intent, page).is_some(),
        Intent::Remove { row, .. } => !page.publishers.iter().any(|listed| listed.id == *row),
    }
}

/// The row of the list that an add asked for; none of a removal.
pub(super) fn row_of_add<'a>(
    intent: &Intent,
    page: &'a PublishingPage,
) -> Option<&'a ListedPublisher> {
    match intent {
        Intent::Add { publisher, .. } => {
            let identity = publisher.identity();
            page.publishers.iter().find(|listed| listed.publisher.identity() == identity)
        }
        Intent::Remove { .. } => None,
    }
}

/// Whether the row that a removal would remove is another publisher in this list.
pub(super) fn is_of_another_row(intent: &Intent, page: &PublishingPage) -> bool {
    let Intent::Remove { row, publisher, .. } = intent else { return false };
    let listed = page.publishers.iter().find(|listed| listed.id == *row);
    listed.is_some_and(|listed| listed.publisher.identity() != publisher.identity())
}

/// The row under which the index lists an ActiveState publisher that was just sent, if not under the
/// actor that was asked for: it knows actors by their id and keeps the name that it stored first
/// (protocol, section 13). A row that was not there before the request, of the same project, is the
/// one.
pub(super) fn renamed_row_of<'a>(
    change: &Change,
    before: &PublishingPage,
    after: &'a PublishingPage,
) -> Option<&'a ListedPublisher> {
    let Intent::Add { publisher: Publisher::Activestate(asked), .. } = &change.intent else {
        return None;
    };
    after.publishers.iter().find(|listed| match &listed.publisher {
        Publisher::Activestate(found) => {
            found.organization == asked.organization
                && found.project == asked.project
                && !before.publishers.iter().any(|known| known.id == listed.id)
        }
        _ => false,
    })
}

/// What a list means for an open change; none: it says nothing yet. The index must be through with the
/// change's request for its absence to mean anything.
pub(super) fn settled(
    change: &Change,
    page: &PublishingPage,
    index_is_through: bool,
) -> Option<ChangeEvent> {
    if is_listed(&change.intent, page) {
        return Some(ChangeEvent::Listed);
    }
    (change.state == ChangeState::Checking && index_is_through).then(|| {
        if change.sends.are_used_up() {
            ChangeEvent::RetriesExhausted
        } else {
            ChangeEvent::NotListedForCertain
        }
    })
}

/// What a list means for a change that was discarded while nobody knew its outcome.
pub(super) fn outcome_of_discarded(
    change: &Change,
    page: &PublishingPage,
    index_is_through: bool,
) -> DiscardedOutcome {
    let was_listed = matches!(&change.intent, Intent::Add { listed_as: Some(_), .. });
    match row_of_add(&change.intent, page) {
        Some(row) => DiscardedOutcome::Listed(row.id.clone()),
        // It came and is gone again: whoever adds it from now on, it is not this one's doing.
        None if was_listed => DiscardedOutcome::NoEffect,
        None if index_is_through && !is_listed(&change.intent, page) => DiscardedOutcome::NoEffect,
        None => DiscardedOutcome::Unknown,
    }
}

/// What came of a change that was discarded while nobody knew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DiscardedOutcome {
    /// The index has listed it under this row.
    Listed(PublisherId),
    /// The index has certainly not done it, or it was undone since.
    NoEffect,
    /// Nobody knows yet, or its row is gone as it asked.
    Unknown,
}

/// Why a change is not sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeldBack {
    /// The index takes no new publisher of the provider of this name.
    ProviderOff(String),
    /// The publisher that takes its place is not listed yet.
    ReplacementNotListed(ChangeId),
    /// This change asks for the same and comes first, or is being checked.
    AskedAlready(ChangeId),
    /// It was sent without effect and is left alone for a time.
    SentBefore(Wait),
    /// The index takes no more registrations for a time.
    Limit(Wait),
    /// Its answer was lost, and for a time the index may still be at work on it.
    OutcomeUnknown(Wait),
    /// The project's list was not read yet.
    ListNotRead,
}

impl HeldBack {
    const fn is_by_list(&self) -> bool {
        matches!(self, Self::ProviderOff(_) | Self::ReplacementNotListed(_))
    }
}

/// What is known of a project's changes when it is decided which of them to send.
pub(super) struct Situation<'a> {
    /// Those whose life is not over.
    pub(super) open: &'a [Change],
    /// Those that were discarded while nobody knew their outcome.
    pub(super) discarded_unknown: &'a [Change],
    pub(super) page: &'a PublishingPage,
}

impl<'a> Situation<'a> {
    /// Every change that waits, oldest first, with what holds it back; none: it can be sent now.
    /// `wait` tells how long one is to be left alone after requests without effect.
    pub(super) fn waiting(
        &self,
        wait: impl Fn(&Change) -> Option<Wait>,
    ) -> Vec<(&'a Change, Option<HeldBack>)> {
        let mut asked: Vec<&Change> = self.in_flight().collect();
        let waiting = self.open.iter().filter(|change| change.state == ChangeState::Waiting);
        waiting
            .map(|change| {
                let other = asked.iter().find(|other| other.intent.asks_the_same(&change.intent));
                let held_back = self
                    .held_back_by_list(change)
                    .or_else(|| Some(HeldBack::AskedAlready(other?.id.clone())))
                    .or_else(|| wait(change).map(HeldBack::SentBefore));
                if !held_back.as_ref().is_some_and(HeldBack::is_by_list) {
                    // The list that follows the first of two that ask for the same answers both.
                    asked.push(change);
                }
                (change, held_back)
            })
            .collect()
    }

    fn in_flight(&self) -> impl Iterator<Item = &'a Change> {
        let is_in_flight =
            |change: &&Change| matches!(change.state, ChangeState::Sending | ChangeState::Checking);
        // One that was listed since is no longer on its way.
        let may_be = |change: &&Change| match &change.intent {
            Intent::Add { listed_as, .. } => listed_as.is_none(),
            Intent::Remove { .. } => true,
        };
        let discarded = self.discarded_unknown.iter().filter(may_be);
        self.open.iter().filter(is_in_flight).chain(discarded)
    }

    fn held_back_by_list(&self, change: &Change) -> Option<HeldBack> {
        match &change.intent {
            Intent::Remove { after: Some(new), .. } => {
                (!new.is_listed(self.page)).then(|| HeldBack::ReplacementNotListed(new.id.clone()))
            }
            Intent::Remove { after: None, .. } => None,
            Intent::Add { publisher, .. } => {
                let provider = publisher.provider();
                let is_on = provider.is_some_and(|it| self.page.providers.contains(&it));
                let name = publisher.provider_name();
                (!is_on).then(|| HeldBack::ProviderOff(name.to_owned()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;
    use trustdesk_domain::{
        Activestate, After, ChangeAction, Github, IndexTime, Provider, Reasons, Sends,
    };

    fn publisher(owner: &str) -> Publisher {
        Publisher::Github(Github {
            owner: owner.to_owned(),
            repository: "demo".to_owned(),
            workflow_filename: "release.yml".to_owned(),
            environment: None,
        })
    }

    fn add_of(publisher: Publisher) -> Intent {
        Intent::Add { publisher, listed_as: None }
    }

    fn removal_of(row: &str, after: Option<After>) -> Intent {
        Intent::Remove { row: PublisherId(row.to_owned()), publisher: publisher("octo-org"), after }
    }

    fn change(action: ChangeAction, state: ChangeState) -> Change {
        Change {
            id: ChangeId("1".to_owned()),
            project: "demo".to_owned(),
            intent: match action {
                ChangeAction::Add => add_of(publisher("octo-org")),
                ChangeAction::Remove => removal_of("id", None),
            },
            base: None,
            state,
            reasons: Reasons::default(),
            confirmed_at_ms: 0,
            claimed_at_ms: Some(1_000),
            sends: Sends::default(),
            settled_at_ms: None,
        }
    }

    /// What of these changes can be sent now.
    fn to_send(open: &[Change], page: &PublishingPage) -> Vec<Change> {
        let situation = Situation { open, discarded_unknown: &[], page };
        let free = situation.waiting(|_| None).into_iter().filter(|(_, held)| held.is_none());
        free.map(|(change, _)| change.clone()).collect()
    }

    /// What holds these changes back, in their order.
    fn held_back(situation: &Situation<'_>, wait: Option<Wait>) -> Vec<Option<HeldBack>> {
        situation.waiting(|_| wait).into_iter().map(|(_, held)| held).collect()
    }

    fn page(listed: &[&str]) -> PublishingPage {
        let row = |owner: &&str| ListedPublisher {
            id: PublisherId("id".to_owned()),
            publisher: publisher(owner),
        };
        PublishingPage {
            publishers: listed.iter().map(row).collect(),
            providers: vec![Provider::Github],
            gitlab_instances: Vec::new(),
        }
    }

    #[test]
    fn an_add_is_done_when_its_identity_is_listed_whoever_put_it_there() {
        for state in [ChangeState::Waiting, ChangeState::Checking, ChangeState::NeedsYou] {
            let add = change(ChangeAction::Add, state);
            assert_eq!(settled(&add, &page(&["Octo-Org"]), false), Some(ChangeEvent::Listed));
        }
    }

    #[test]
    fn a_removal_is_done_when_its_row_is_gone_and_not_before() {
        let remove = change(ChangeAction::Remove, ChangeState::Waiting);
        assert_eq!(settled(&remove, &page(&["octo-org"]), true), None);
        assert_eq!(settled(&remove, &page(&[]), false), Some(ChangeEvent::Listed));
    }

    #[test]
    fn only_a_lost_answer_is_given_up_and_only_when_the_index_is_through() {
        let events = |state| {
            let add = change(ChangeAction::Add, state);
            [false, true].map(|is_through| settled(&add, &page(&[]), is_through))
        };
        let given_up = Some(ChangeEvent::NotListedForCertain);
        for state in ChangeState::ALL {
            let expected = if state == ChangeState::Checking { given_up } else { None };
            assert_eq!(events(state), [None, expected], "{state:?}");
        }
    }

    #[test]
    fn lost_answer_after_three_requests_in_a_day_is_left_to_a_person() {
        let sends = Sends(vec![Some(IndexTime(0)), None, Some(IndexTime(1))]);
        let add = Change { sends, ..change(ChangeAction::Add, ChangeState::Checking) };
        assert_eq!(settled(&add, &page(&[]), true), Some(ChangeEvent::RetriesExhausted));
        assert_eq!(settled(&add, &page(&[]), false), None, "the index may still do it");
        assert_eq!(settled(&add, &page(&["octo-org"]), true), Some(ChangeEvent::Listed));
    }

    #[test]
    fn discarded_change_without_an_answer_is_unknown_until_the_list_tells() {
        use DiscardedOutcome::{Listed, NoEffect, Unknown};
        let outcome = |action, listed: &[&str], is_through| {
            let change = change(action, ChangeState::Discarded);
            outcome_of_discarded(&change, &page(listed), is_through)
        };
        let row = PublisherId("id".to_owned());
        for is_through in [false, true] {
            let added = outcome(ChangeAction::Add, &["octo-org"], is_through);
            assert_eq!(added, Listed(row.clone()));
            assert_eq!(
                outcome(ChangeAction::Remove, &[], is_through),
                Unknown,
                "it may come again"
            );
        }
        assert_eq!(outcome(ChangeAction::Add, &[], false), Unknown);
        assert_eq!(outcome(ChangeAction::Remove, &["octo-org"], false), Unknown);
        assert_eq!(outcome(ChangeAction::Add, &[], true), NoEffect);
        assert_eq!(outcome(ChangeAction::Remove, &["octo-org"], true), NoEffect);
    }

    #[test]
    fn each_change_that_is_held_back_has_its_own_reason() {
        let add = change(ChangeAction::Add, ChangeState::Waiting);
        let off = PublishingPage { providers: Vec::new(), ..page(&[]) };
        let alone = slice::from_ref(&add);
        let no_one = Situation { open: alone, discarded_unknown: &[], page: &page(&[]) };
        assert_eq!(held_back(&no_one, None), [None]);
        let wait = Some(Wait::from(0, 7));
        let waits = wait.map(HeldBack::SentBefore);
        assert_eq!(held_back(&no_one, wait), slice::from_ref(&waits));
        let switched_off = Situation { page: &off, ..no_one };
        let expected = HeldBack::ProviderOff("GitHub".to_owned());
        assert_eq!(held_back(&switched_off, wait), [Some(expected)]);

        let first = Change { id: ChangeId("0".to_owned()), ..add.clone() };
        let twice = [first, add.clone()];
        let twice = Situation { open: &twice, discarded_unknown: &[], page: &page(&[]) };
        let asked = Some(HeldBack::AskedAlready(ChangeId("0".to_owned())));
        assert_eq!(held_back(&twice, None), [None, asked.clone()]);
        assert_eq!(held_back(&twice, wait), [waits, asked], "nobody goes around the wait");

        let unknown = change(ChangeAction::Add, ChangeState::Discarded);
        let unknown = [Change { id: ChangeId("0".to_owned()), ..unknown }];
        let again = Situation { open: alone, discarded_unknown: &unknown, page: &page(&[]) };
        let asked = HeldBack::AskedAlready(ChangeId("0".to_owned()));
        assert_eq!(held_back(&again, None), [Some(asked)], "the index may be at work on it");
        let (publisher, listed_as) = (publisher("octo-org"), Some(PublisherId("id".to_owned())));
        let intent = Intent::Add { publisher, listed_as };
        let listed = [Change { intent, ..unknown[0].clone() }];
        let again = Situation { discarded_unknown: &listed, ..again };
        assert_eq!(held_back(&again, None), [None], "that one was listed, and is gone again");
    }

    #[test]
    fn only_what_waits_is_sent_and_only_where_the_index_takes_it() {
        let changes = [
            change(ChangeAction::Add, ChangeState::Waiting),
            change(ChangeAction::Remove, ChangeState::Waiting),
            change(ChangeAction::Add, ChangeState::Rejected),
            change(ChangeAction::Remove, ChangeState::NeedsYou),
        ];
        assert_eq!(to_send(&changes, &page(&[])).len(), 2);
        let switched_off = PublishingPage { providers: Vec::new(), ..page(&["octo-org"]) };
        let sent = to_send(&changes, &switched_off);
        assert_eq!(sent.len(), 1, "a removal works while a provider is switched off");
        assert_eq!(sent[0].intent.action(), ChangeAction::Remove);
    }

    #[test]
    fn what_is_asked_for_twice_is_sent_once_at_a_time() {
        for action in [ChangeAction::Add, ChangeAction::Remove] {
            let waiting = change(action, ChangeState::Waiting);
            let sent = |other| to_send(&[other, waiting.clone()], &page(&[])).len();
            assert_eq!(sent(waiting.clone()), 1, "the list that follows answers both");
            for state in [ChangeState::Sending, ChangeState::Checking] {
                assert_eq!(sent(change(action, state)), 0, "{state:?}: it may be done already");
            }
        }
        let add = change(ChangeAction::Add, ChangeState::Waiting);
        let another = Change { intent: add_of(publisher("another")), ..add.clone() };
        assert_eq!(to_send(&[add, another], &page(&[])).len(), 2);
        let remove = change(ChangeAction::Remove, ChangeState::Waiting);
        let another = Change { intent: removal_of("another", None), ..remove.clone() };
        assert_eq!(to_send(&[remove, another], &page(&[])).len(), 2);
    }

    #[test]
    fn a_replaced_publisher_stays_until_the_new_one_is_listed() {
        let after = After {
            id: ChangeId("0".to_owned()),
            state: ChangeState::Waiting,
            publisher: publisher("new-owner"),
            listed_as: None,
        };
        let intent = removal_of("id", Some(after));
        let changes = [Change { intent, ..change(ChangeAction::Remove, ChangeState::Waiting) }];
        assert!(to_send(&changes, &page(&["octo-org"])).is_empty());
        assert_eq!(to_send(&changes, &page(&["octo-org", "New-Owner"])).len(), 1);
    }

    #[test]
    fn an_actor_under_an_older_name_is_told_by_the_row_that_came_with_the_request() {
        let by = |actor: &str| {
            Publisher::Activestate(Activestate {
                organization: "Harbor".to_owned(),
                project: "sync".to_owned(),
                actor: actor.to_owned(),
            })
        };
        let row = |id: &str, actor: &str| ListedPublisher {
            id: PublisherId(id.to_owned()),
            publisher: by(actor),
        };
        let listing = |publishers| PublishingPage { publishers, ..PublishingPage::default() };
        let intent = add_of(by("new-name"));
        let add = Change { intent, ..change(ChangeAction::Add, ChangeState::Sending) };
        let before = listing(vec![row("1", "someone")]);
        let after = listing(vec![row("1", "someone"), row("2", "old-name")]);
        let found = renamed_row_of(&add, &before, &after).expect("the new row");
        assert_eq!(found.id.0, "2");
        assert_eq!(renamed_row_of(&add, &after, &after), None, "an old row proves nothing");
    }
}
