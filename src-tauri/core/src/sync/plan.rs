//! What a list of publishers says of the changes that wait: pure, so that every case is a table.

use crate::domain::{
    Change, ChangeEvent, ChangeState, Intent, ListedPublisher, Publisher, PublishingPage,
};

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
    (change.state == ChangeState::Checking && index_is_through)
        .then_some(ChangeEvent::NotListedForCertain)
}

/// The changes to send now, oldest first: adds whose provider the index takes, and removals, but
/// none of a publisher whose replacement is not listed yet, and none that asks for what another one
/// is asking for: its list will answer both.
pub(super) fn to_send<'a>(changes: &'a [Change], page: &PublishingPage) -> Vec<&'a Change> {
    let taken = |change: &Change| match &change.intent {
        Intent::Remove { after, .. } => after.as_ref().is_none_or(|new| new.is_listed(page)),
        Intent::Add { publisher, .. } => {
            publisher.provider().is_some_and(|provider| page.providers.contains(&provider))
        }
    };
    let on_its_way =
        |change: &&Change| matches!(change.state, ChangeState::Sending | ChangeState::Checking);
    let mut asked: Vec<&Change> = changes.iter().filter(on_its_way).collect();
    let mut to_send = Vec::new();
    for change in changes.iter().filter(|change| change.state == ChangeState::Waiting) {
        if taken(change) && !asked.iter().any(|other| other.intent.asks_the_same(&change.intent)) {
            asked.push(change);
            to_send.push(change);
        }
    }
    to_send
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Activestate, After, ChangeAction, ChangeId, Github, Provider, PublisherId, Reasons,
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
            settled_at_ms: None,
        }
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
