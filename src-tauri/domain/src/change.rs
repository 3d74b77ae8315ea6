//! A change: a confirmed intent for one project, and its life from *Waiting* to *Done*. The words on
//! screen are the states' own. One total function moves it; nothing else may.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Intent, ListedPublisher, Sends};

/// Names one change for ever; a UUIDv7, so that changes sort by when they were made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChangeId(pub String);

/// Where a change is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeState {
    /// Confirmed by a person, not sent.
    Waiting,
    /// Claimed: a request may be on its way.
    Sending,
    /// No certain answer: the index's list must tell.
    Checking,
    /// The index refused it with words.
    Rejected,
    /// Only a person can tell what should happen.
    NeedsYou,
    /// The index's list shows it.
    Done,
    /// Taken back by a person before it was done.
    Discarded,
}

/// What can happen to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeEvent {
    /// One sender took it, and this is on disk.
    Claimed,
    /// The index's list, read again, shows what was asked for. The only proof there is.
    Listed,
    /// The index answered with field errors or a refusal.
    Refused,
    /// The index does not let the account manage the project, or has no such project any more.
    ProjectClosed,
    /// The request certainly had no effect: never sent, or turned away at a gate.
    NotSent,
    /// No certain answer: reply lost, crash, server error.
    ReplyLost,
    /// After one clear success answer the list does not show it.
    NotListedAfterSuccess,
    /// The list does not show it, and the server can no longer be at work on it.
    NotListedForCertain,
    /// The same, and it was sent so often without effect that a person has to decide.
    RetriesExhausted,
    /// The list is no longer the one on which it was confirmed.
    OthersChanged,
    /// A person chose to send it (again).
    SendAgain,
    /// A person took it back, or went on editing its text.
    Discarded,
}

impl ChangeState {
    /// Every state, for tests and tables.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Sending,
        Self::Checking,
        Self::Rejected,
        Self::NeedsYou,
        Self::Done,
        Self::Discarded,
    ];

    /// The word in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Checking => "checking",
            Self::Rejected => "rejected",
            Self::NeedsYou => "needs_you",
            Self::Done => "done",
            Self::Discarded => "discarded",
        }
    }

    /// Whether its life is over.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Discarded)
    }
}

/// Where an event takes a change. Total: what cannot happen in a state leaves it as it is, so that
/// a late or repeated event never revives or doubles anything.
#[must_use]
pub const fn next(state: ChangeState, event: ChangeEvent) -> ChangeState {
    use ChangeEvent as Event;
    use ChangeState as State;
    match (state, event) {
        (State::Waiting, Event::Claimed) => State::Sending,
        (State::Sending, Event::Refused) | (State::Waiting, Event::ProjectClosed) => {
            State::Rejected
        }
        (State::Sending, Event::ReplyLost) => State::Checking,
        (State::Sending, Event::NotListedAfterSuccess)
        | (State::Checking, Event::RetriesExhausted)
        | (State::Waiting, Event::OthersChanged) => State::NeedsYou,
        (State::Sending, Event::NotSent) | (State::Checking, Event::NotListedForCertain) => {
            State::Waiting
        }
        // Whoever put it there, it is there: nothing is left to send.
        (
            State::Waiting | State::Sending | State::Checking | State::Rejected | State::NeedsYou,
            Event::Listed,
        ) => State::Done,
        (State::Rejected | State::NeedsYou, Event::SendAgain) => State::Waiting,
        // Not while its request is being sent. After a lost answer a person need not wait for the list;
        // what the list shows later is then still known as asked for here.
        (
            State::Waiting | State::Checking | State::Rejected | State::NeedsYou,
            Event::Discarded,
        ) => State::Discarded,
        _ => state,
    }
}

/// Why a change is where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasons {
    /// The index's words, or ours where it has none.
    pub messages: Vec<String>,
    /// The index's words by field.
    pub fields: BTreeMap<String, Vec<String>>,
}

/// One confirmed intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub id: ChangeId,
    /// The project's normalized name.
    pub project: String,
    /// What is asked.
    pub intent: Intent,
    /// The list as it was known when a person confirmed this; none: it was not read then.
    pub base: Option<Vec<ListedPublisher>>,
    /// Where it is.
    pub state: ChangeState,
    /// Why it is there.
    pub reasons: Reasons,
    /// When a person confirmed it; milliseconds since 1970, UTC.
    pub confirmed_at_ms: i64,
    /// When it was last claimed for sending.
    pub claimed_at_ms: Option<i64>,
    /// Its requests that may have reached the index since a person last decided to send it.
    pub sends: Sends,
    /// When its life ended.
    pub settled_at_ms: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::{ChangeEvent as Event, ChangeState as State, *};

    const EVENTS: [Event; 12] = [
        Event::Claimed,
        Event::Listed,
        Event::Refused,
        Event::ProjectClosed,
        Event::NotSent,
        Event::ReplyLost,
        Event::NotListedAfterSuccess,
        Event::NotListedForCertain,
        Event::RetriesExhausted,
        Event::OthersChanged,
        Event::SendAgain,
        Event::Discarded,
    ];

    /// The table of the architecture, one row an arrow. Every other pair stays put.
    const ARROWS: [(State, Event, State); 20] = [
        (State::Waiting, Event::Claimed, State::Sending),
        (State::Waiting, Event::Listed, State::Done),
        (State::Waiting, Event::OthersChanged, State::NeedsYou),
        (State::Waiting, Event::ProjectClosed, State::Rejected),
        (State::Waiting, Event::Discarded, State::Discarded),
        (State::Sending, Event::Listed, State::Done),
        (State::Sending, Event::Refused, State::Rejected),
        (State::Sending, Event::NotSent, State::Waiting),
        (State::Sending, Event::ReplyLost, State::Checking),
        (State::Sending, Event::NotListedAfterSuccess, State::NeedsYou),
        (State::Checking, Event::Listed, State::Done),
        (State::Checking, Event::NotListedForCertain, State::Waiting),
        (State::Checking, Event::RetriesExhausted, State::NeedsYou),
        (State::Checking, Event::Discarded, State::Discarded),
        (State::Rejected, Event::Listed, State::Done),
        (State::Rejected, Event::SendAgain, State::Waiting),
        (State::Rejected, Event::Discarded, State::Discarded),
        (State::NeedsYou, Event::Listed, State::Done),
        (State::NeedsYou, Event::SendAgain, State::Waiting),
        (State::NeedsYou, Event::Discarded, State::Discarded),
    ];

    #[test]
    fn every_pair_of_state_and_event_goes_where_the_picture_says() {
        for state in State::ALL {
            for event in EVENTS {
                let arrow = ARROWS.iter().find(|(from, on, _)| (*from, *on) == (state, event));
                let expected = arrow.map_or(state, |(_, _, to)| *to);
                assert_eq!(next(state, event), expected, "{state:?} on {event:?}");
            }
        }
    }

    #[test]
    fn a_change_that_may_be_on_its_way_is_never_sent_again_without_the_list() {
        for event in EVENTS {
            let sent_again = next(State::Checking, event) == State::Waiting;
            assert_eq!(
                sent_again,
                event == Event::NotListedForCertain,
                "only a list read after the server must be done frees it: {event:?}"
            );
        }
    }

    #[test]
    fn a_life_is_over_where_nothing_leads_on_and_only_there() {
        for state in State::ALL {
            let stays = EVENTS.iter().all(|event| next(state, *event) == state);
            assert_eq!(state.is_final(), stays, "{state:?}");
        }
        assert_eq!(State::ALL.iter().filter(|state| state.is_final()).count(), 2);
    }
}
