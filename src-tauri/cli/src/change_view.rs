//! A change in an answer, for programs and for people.

use serde::Serialize;
use trustdesk_domain::{
    Change, ChangeAction, ChangeId, ChangeState, Publisher, PublisherId, Reasons,
};

use crate::shown;
use crate::table::table;

/// Every field, as the core keeps it.
#[derive(Serialize)]
pub(crate) struct ChangeView {
    pub(crate) id: ChangeId,
    pub(crate) project: String,
    pub(crate) action: ChangeAction,
    pub(crate) publisher: Publisher,
    /// The row to remove, or the one under which an add is listed.
    publisher_id: Option<PublisherId>,
    /// The add that must be listed before this removal is sent.
    after: Option<ChangeId>,
    pub(crate) state: ChangeState,
    pub(crate) reasons: Reasons,
    confirmed_at_ms: i64,
    claimed_at_ms: Option<i64>,
    settled_at_ms: Option<i64>,
}

impl From<Change> for ChangeView {
    fn from(change: Change) -> Self {
        Self {
            id: change.id,
            project: change.project,
            action: change.intent.action(),
            publisher: change.intent.publisher().clone(),
            publisher_id: change.intent.row().cloned(),
            after: change.intent.after().map(|new| new.id.clone()),
            state: change.state,
            reasons: change.reasons,
            confirmed_at_ms: change.confirmed_at_ms,
            claimed_at_ms: change.claimed_at_ms,
            settled_at_ms: change.settled_at_ms,
        }
    }
}

impl ChangeView {
    /// What the index and the provider said of it, in one line.
    pub(crate) fn why(&self) -> String {
        let fields = self.reasons.fields.iter();
        let of_fields = fields.map(|(field, words)| format!("{field}: {}", words.join(" ")));
        let all: Vec<String> = self.reasons.messages.iter().cloned().chain(of_fields).collect();
        all.join(" ")
    }

    /// Each of its facts on a line.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines = vec![
            format!("Change      {}", self.id.0),
            format!("Project     {}", shown::text(&self.project)),
            format!("What        {}", self.action.key()),
            format!("Publisher   {}", publisher(&self.publisher)),
            format!("State       {}", state(self.state)),
            format!("Confirmed   {}", shown::time(self.confirmed_at_ms)),
        ];
        let why = self.why();
        if !why.is_empty() {
            lines.push(format!("Why         {}", shown::text(&why)));
        }
        if let Some(after) = &self.after {
            lines.push(format!("After       {}, which takes its place", after.0));
        }
        lines
    }
}

/// One line a change, with the words that say why it is where it is.
pub(crate) fn changes_table(changes: &[ChangeView]) -> String {
    let row = |change: &ChangeView| {
        [
            state(change.state).to_owned(),
            change.project.clone(),
            change.action.key().to_owned(),
            publisher(&change.publisher),
            change.id.0.clone(),
            change.why(),
        ]
    };
    let headings = ["STATE", "PROJECT", "WHAT", "PUBLISHER", "CHANGE", "WHY"];
    table(headings, changes.iter().map(row).collect())
}

/// A publisher in one breath, its platform first.
pub(crate) fn publisher(publisher: &Publisher) -> String {
    shown::text(&format!("{}: {}", publisher.provider_name(), publisher.line()))
}

pub(crate) const fn state(state: ChangeState) -> &'static str {
    match state {
        ChangeState::Waiting => "waiting",
        ChangeState::Sending => "on its way",
        ChangeState::Checking => "being checked",
        ChangeState::Rejected => "refused",
        ChangeState::NeedsYou => "needs you",
        ChangeState::Done => "done",
        ChangeState::Discarded => "discarded",
    }
}
