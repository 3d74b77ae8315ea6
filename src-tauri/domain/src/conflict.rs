//! What others did to a project's publishers while a change of it waited. What was decided on one
//! list is not sent to another: the person who decided looks again.

use super::{Change, ChangeAction, ChangeState, ListedPublisher, PublishingPage};

/// Base, and theirs; mine is the change itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The list when the change was confirmed.
    pub base: Vec<ListedPublisher>,
    /// What others added since.
    pub added: Vec<ListedPublisher>,
    /// What others removed since.
    pub removed: Vec<ListedPublisher>,
}

/// How a list differs from the one on which a change was confirmed, apart from what was asked for from
/// here and from what the change asks for itself. None: not at all, or the list was not known then.
/// `ours` are the changes that were done since the change was confirmed, and those that were discarded
/// while nobody knew whether the index had done them.
///
/// What was done before that explains nothing, and must not be among them: the index keeps a row while
/// any project has it, and someone else can add or remove the same row again (protocol 3.7).
#[must_use]
pub fn conflict(change: &Change, page: &PublishingPage, ours: &[Change]) -> Option<Conflict> {
    let base = change.base.as_ref()?;
    let identity = change.intent.publisher().identity();
    let is_own_wish = |action, listed: &ListedPublisher| {
        change.intent.action() == action && listed.publisher.identity() == identity
    };
    let by_others = |action, listed: &&ListedPublisher| {
        !is_own_wish(action, listed) && !was_asked_for_here((action, listed), ours)
    };
    let added = without(&page.publishers, base);
    let removed = without(base, &page.publishers);
    let conflict = Conflict {
        base: base.clone(),
        added: added.filter(|listed| by_others(ChangeAction::Add, listed)).cloned().collect(),
        removed: removed
            .filter(|listed| by_others(ChangeAction::Remove, listed))
            .cloned()
            .collect(),
    };
    (!conflict.added.is_empty() || !conflict.removed.is_empty()).then_some(conflict)
}

/// The rows of a list that another one does not have.
fn without<'a>(
    list: &'a [ListedPublisher],
    other: &'a [ListedPublisher],
) -> impl Iterator<Item = &'a ListedPublisher> {
    list.iter().filter(|listed| !other.iter().any(|known| known.id == listed.id))
}

fn was_asked_for_here((action, listed): (ChangeAction, &ListedPublisher), ours: &[Change]) -> bool {
    ours.iter().filter(|it| it.intent.action() == action).any(|it| {
        match (it.state, it.intent.row()) {
            (ChangeState::Done, Some(row)) => *row == listed.id,
            // Only until a list shows that it was undone: then its outcome is no longer unknown.
            (ChangeState::Discarded, Some(row)) => *row == listed.id,
            // An add that was never seen in a list has no row yet.
            (ChangeState::Discarded, None) => {
                it.intent.publisher().identity() == listed.publisher.identity()
            }
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ChangeId, Github, Intent, Publisher, PublisherId, Reasons, Sends};

    fn listed(workflow: &str) -> ListedPublisher {
        ListedPublisher {
            id: PublisherId(format!("row of {workflow}")),
            publisher: Publisher::Github(Github {
                owner: "octo-org".to_owned(),
                repository: "demo".to_owned(),
                workflow_filename: workflow.to_owned(),
                environment: None,
            }),
        }
    }

    fn page(workflows: &[&str]) -> PublishingPage {
        let publishers = workflows.iter().map(|workflow| listed(workflow)).collect();
        PublishingPage { publishers, ..PublishingPage::default() }
    }

    /// Confirmed while `a.yml` and `b.yml` were listed.
    fn change(action: ChangeAction, workflow: &str, state: ChangeState) -> Change {
        let ListedPublisher { id, publisher } = listed(workflow);
        let is_done = state == ChangeState::Done;
        Change {
            id: ChangeId(workflow.to_owned()),
            project: "demo".to_owned(),
            intent: match action {
                ChangeAction::Add => Intent::Add { publisher, listed_as: is_done.then_some(id) },
                ChangeAction::Remove => Intent::Remove { row: id, publisher, after: None },
            },
            base: Some(page(&["a.yml", "b.yml"]).publishers),
            state,
            reasons: Reasons::default(),
            confirmed_at_ms: 1,
            claimed_at_ms: None,
            sends: Sends::default(),
            settled_at_ms: is_done.then_some(1),
        }
    }

    #[test]
    fn what_others_added_or_removed_meanwhile_is_a_conflict() {
        let add = change(ChangeAction::Add, "new.yml", ChangeState::Waiting);
        let found = conflict(&add, &page(&["a.yml", "c.yml"]), &[]).expect("both happened");
        assert_eq!(found.base, page(&["a.yml", "b.yml"]).publishers);
        assert_eq!((found.added, found.removed), (vec![listed("c.yml")], vec![listed("b.yml")]));
    }

    #[test]
    fn the_same_wish_of_someone_else_is_none() {
        let add = change(ChangeAction::Add, "new.yml", ChangeState::Waiting);
        assert_eq!(conflict(&add, &page(&["a.yml", "b.yml", "new.yml"]), &[]), None);
        let remove = change(ChangeAction::Remove, "b.yml", ChangeState::Waiting);
        assert_eq!(conflict(&remove, &page(&["a.yml"]), &[]), None);
    }

    #[test]
    fn what_was_done_from_here_is_none() {
        let waiting = change(ChangeAction::Add, "new.yml", ChangeState::Waiting);
        let ours = [
            change(ChangeAction::Add, "c.yml", ChangeState::Done),
            change(ChangeAction::Remove, "b.yml", ChangeState::Done),
        ];
        assert_eq!(conflict(&waiting, &page(&["a.yml", "c.yml"]), &ours), None);
        let undone = conflict(&waiting, &page(&["a.yml"]), &ours[..1]);
        assert_eq!(undone.expect("b.yml is gone").removed, [listed("b.yml")]);
        let back = conflict(&waiting, &page(&["a.yml", "b.yml", "d.yml"]), &ours);
        assert_eq!(back.expect("nobody here added d.yml").added, [listed("d.yml")]);
    }

    #[test]
    fn what_was_discarded_without_an_answer_and_is_done_after_all_is_none() {
        let waiting = change(ChangeAction::Add, "new.yml", ChangeState::Waiting);
        let add = change(ChangeAction::Add, "c.yml", ChangeState::Discarded);
        let ours = [add.clone(), change(ChangeAction::Remove, "b.yml", ChangeState::Discarded)];
        assert_eq!(conflict(&waiting, &page(&["a.yml", "c.yml"]), &ours), None);
        let publisher = add.intent.publisher().clone();
        let listed_as = Some(PublisherId("another row of c.yml".to_owned()));
        let listed_once = [Change { intent: Intent::Add { publisher, listed_as }, ..add }];
        let found = conflict(&waiting, &page(&["a.yml", "b.yml", "c.yml"]), &listed_once);
        assert_eq!(found.expect("it came again").added, [listed("c.yml")], "that is another row");
    }

    #[test]
    fn a_list_that_was_not_known_cannot_have_changed() {
        let blind =
            Change { base: None, ..change(ChangeAction::Add, "new.yml", ChangeState::Waiting) };
        assert_eq!(conflict(&blind, &page(&["a.yml"]), &[]), None);
    }
}
