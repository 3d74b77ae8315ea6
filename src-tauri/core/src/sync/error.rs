//! Why something that was asked for could not be done.

use crate::{index, store};

use super::Wait;

/// What stands in the way.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// The address cannot be an index.
    #[error(transparent)]
    InvalidIndex(#[from] trustdesk_domain::InvalidIndex),
    /// The index takes no more registrations for so long.
    #[error("the index takes no more registrations for now")]
    WaitingForQuota(Wait),
    /// These changes are not what was reviewed. They were not sent, and nothing was after them.
    #[error("a queued change is not what you reviewed, so it was not sent")]
    ChangedSinceReview(Vec<trustdesk_domain::ChangeId>),
    /// Another process is sending for this account.
    #[error("another Trustdesk is sending for this account")]
    AnotherSends,
    /// Changes are on their way, so what belongs to them cannot be deleted.
    #[error("changes are being sent")]
    StillSending,
    /// A person wanted a pause or the end in the middle of it.
    #[error("this was interrupted")]
    Interrupted,
    /// Another account came on screen than the one that this was begun for.
    #[error("another account is on screen")]
    AnotherAccount,
    /// No index has been chosen.
    #[error("no index has been chosen")]
    NoIndex,
    /// There may be a session in the keyring, which is locked and stayed so.
    #[error("the keyring is locked")]
    KeyringLocked,
    /// Nobody has signed in here yet.
    #[error("nobody has signed in here yet")]
    NoAccount,
    /// The sign-in ended as another user than the one that was typed.
    #[error("the index signed in {0} instead; that session was ended")]
    SomeoneElse(String),
    /// The project is not in the list that was read.
    #[error("there is no such project in the list that was read last")]
    NoSuchProject,
    /// The publisher is not in the list that was read.
    #[error("there is no such publisher in the list that was read last")]
    NoSuchPublisher,
    /// There is no such draft, or it became a change.
    #[error("there is no such draft any more")]
    NoSuchDraft,
    /// There is no such change.
    #[error("there is no such change")]
    NoSuchChange,
}

impl Error {
    /// Whether this stands in the way of everything that the account asks of its index, until a
    /// person or time does something about it. The limit on registrations stands in the way of adds
    /// only, and is no such gate.
    #[must_use]
    pub const fn is_gate(&self) -> bool {
        match self {
            Self::Index(error) => match error {
                index::Error::Offline(_)
                | index::Error::AnswerLost(_)
                | index::Error::IndexDown(_)
                | index::Error::NotTheIndex
                | index::Error::SignedOut
                | index::Error::SessionEnded(_)
                | index::Error::SomeoneElse(_)
                | index::Error::ConfirmPassword
                | index::Error::ReadOnly
                | index::Error::PublishingDisabled(_)
                | index::Error::TooMany(_)
                | index::Error::Account(_) => true,
                index::Error::PageNotUnderstood(_)
                | index::Error::OutcomeUnknown(_)
                | index::Error::TooLarge
                | index::Error::Forbidden
                | index::Error::NotFound => false,
            },
            Self::AnotherSends | Self::KeyringLocked => true,
            _ => false,
        }
    }
}
