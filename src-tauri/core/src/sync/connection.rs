//! How an account stands with its index: open, or closed by one of the gates. A gate is shown once
//! and belongs to the account, never to a single change.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::index;

/// What the last word from the index was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Connection {
    /// Nobody asked yet in this run.
    #[default]
    NotChecked,
    /// The index answers, and the session holds.
    Online,
    /// The index cannot be reached.
    Offline,
    /// There is no session, or no longer.
    SignedOut,
    /// The index wants the password again.
    ConfirmPassword,
    /// The index takes no more registrations until then.
    WaitingForQuota {
        /// Milliseconds since 1970, UTC.
        until_ms: i64,
    },
    /// The index answers with server errors.
    IndexDown,
    /// Something else answers in the index's place.
    NotTheIndex,
    /// A page has changed beyond recognition.
    PageNotUnderstood,
    /// The index is in read-only mode: it can be read, and nothing is sent to it.
    ReadOnly,
    /// Trusted publishing is switched off on the index: lists can be read, and nothing is sent.
    PublishingDisabled,
}

impl Connection {
    /// What an error says of the connection; none: it speaks of one project or one request only.
    pub(super) fn after(error: &index::Error) -> Option<Self> {
        match error {
            index::Error::Offline(_) | index::Error::AnswerLost(_) => Some(Self::Offline),
            index::Error::IndexDown(_) => Some(Self::IndexDown),
            index::Error::NotTheIndex => Some(Self::NotTheIndex),
            index::Error::PageNotUnderstood(_)
            | index::Error::OutcomeUnknown(_)
            | index::Error::TooLarge => Some(Self::PageNotUnderstood),
            index::Error::SignedOut
            | index::Error::SessionEnded(_)
            | index::Error::SomeoneElse(_) => Some(Self::SignedOut),
            index::Error::ReadOnly => Some(Self::ReadOnly),
            index::Error::PublishingDisabled(_) => Some(Self::PublishingDisabled),
            index::Error::ConfirmPassword => Some(Self::ConfirmPassword),
            // Whether it closes the quota depends on what was asked.
            index::Error::TooMany(_) => None,
            index::Error::Account(_) | index::Error::Forbidden | index::Error::NotFound => {
                Some(Self::Online)
            }
        }
    }
}
