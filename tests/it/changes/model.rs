//! What the store shall know of changes, in a hundred lines without a database: the same decisions and
//! events, on a list. Only where an event leads is taken from the core, which has a table of its own.

use trustdesk_domain::{ChangeAction, ChangeEvent, ChangeState, next};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) action: ChangeAction,
    pub(super) state: ChangeState,
    /// The add that this removal comes after.
    pub(super) after: Option<usize>,
    /// The row that a removal is about.
    row: Option<usize>,
}

#[derive(Default)]
pub(super) struct Model {
    /// In the order in which they were made.
    pub(super) changes: Vec<Known>,
    /// When registrations were sent, for which change, the oldest first.
    attempts: Vec<(i64, usize)>,
    pub(super) now_ms: i64,
}

impl Model {
    pub(super) fn add(&mut self, replaces: Option<usize>, edits: Option<usize>) {
        let new = self.made(ChangeAction::Add, None);
        if let Some(former) = edits
            && self.changes[former].action == ChangeAction::Add
            && self.happens(former, ChangeEvent::Discarded)
        {
            for change in &mut self.changes {
                if change.after == Some(former) {
                    change.after = Some(new);
                }
            }
        }
        let Some(row) = replaces else { return };
        let is_open = |change: &Known| change.row == Some(row) && !change.state.is_final();
        let removal = match self.changes.iter().position(is_open) {
            Some(open) if self.changes[open].state != ChangeState::Waiting => return,
            Some(open) => open,
            None => self.made(ChangeAction::Remove, Some(row)),
        };
        self.changes[removal].after = Some(new);
    }

    pub(super) fn made(&mut self, action: ChangeAction, row: Option<usize>) -> usize {
        let state = ChangeState::Waiting;
        self.changes.push(Known { action, state, after: None, row });
        self.changes.len() - 1
    }

    pub(super) fn happens(&mut self, which: usize, event: ChangeEvent) -> bool {
        let change = &mut self.changes[which];
        let (from, is_add) = (change.state, change.action == ChangeAction::Add);
        change.state = next(from, event);
        let moved = change.state != from;
        if moved && event == ChangeEvent::Claimed {
            self.attempts.retain(|(at_ms, _)| *at_ms > self.now_ms - DAY_MS);
            self.attempts.extend(is_add.then_some((self.now_ms, which)));
        }
        if moved && event == ChangeEvent::NotSent {
            let newest = self.attempts.iter().rposition(|(_, of)| *of == which);
            newest.map(|newest| self.attempts.remove(newest));
        }
        moved
    }

    pub(super) fn discard(&mut self, which: usize) -> bool {
        let moved = self.happens(which, ChangeEvent::Discarded);
        if moved {
            for removal in self.removals_after(which) {
                self.happens(removal, ChangeEvent::Discarded);
            }
        }
        moved
    }

    pub(super) fn confirm_again(&mut self, which: usize) -> bool {
        let moved = self.happens(which, ChangeEvent::SendAgain);
        if moved {
            // What came and went needs nobody to come first any more.
            let new = self.changes[which].after;
            if new.is_some_and(|new| self.changes[new].state == ChangeState::Done) {
                self.changes[which].after = None;
            }
            for removal in self.removals_after(which) {
                self.happens(removal, ChangeEvent::SendAgain);
            }
        }
        moved
    }

    pub(super) fn attempts(&self) -> Vec<i64> {
        let counts = |at_ms: &i64| *at_ms > self.now_ms - DAY_MS;
        self.attempts.iter().map(|(at_ms, _)| *at_ms).filter(counts).collect()
    }

    fn removals_after(&self, add: usize) -> Vec<usize> {
        (0..self.changes.len()).filter(|at| self.changes[*at].after == Some(add)).collect()
    }
}
