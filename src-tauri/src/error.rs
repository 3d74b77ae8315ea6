//! The only error that reaches the screen, and the only place that makes it. A code exists because
//! the screen does something about it; the words say what happened and what to do next.

use std::io;
use std::path::Path;

use serde::Serialize;
use trustdesk_core::clock::{Clock as _, SystemClock};
use trustdesk_core::store;
use trustdesk_core::sync::{self, AccountNeed, IndexError};
use ts_rs::TS;

/// How long to wait where the index does not say.
const UNKNOWN_WAIT_S: u64 = 5 * 60;
const LONGEST_WAIT_S: u64 = 24 * 60 * 60;

/// What the page gets instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(crate) enum IpcError {
    InvalidIndex {
        message: String,
    },
    SignedOut {
        message: String,
    },
    ConfirmPassword {
        message: String,
    },
    Offline {
        message: String,
    },
    IndexDown {
        message: String,
    },
    NotTheIndex {
        message: String,
    },
    PageNotUnderstood {
        message: String,
    },
    /// A change was sent, and nobody can tell yet whether it had its effect.
    OutcomeUnknown {
        message: String,
    },
    /// The index is in read-only mode.
    IndexReadOnly {
        message: String,
    },
    /// Trusted publishing is switched off on the index.
    PublishingDisabled {
        message: String,
    },
    WaitingForQuota {
        message: String,
        until_ms: i64,
    },
    Forbidden {
        message: String,
    },
    /// The account must be put in order on the index's own pages.
    AccountNotReady {
        message: String,
        need: AccountNeedView,
    },
    /// Too many tries; the next one not before then.
    TooMany {
        message: String,
        until_ms: i64,
    },
    /// Somebody else than was typed was signed in, and signed out again.
    SomeoneElse {
        message: String,
    },
    NotFound {
        message: String,
    },
    Database {
        message: String,
        path: String,
    },
    NotSaved {
        message: String,
    },
    DiskFull {
        message: String,
    },
    ReadOnly {
        message: String,
    },
    Busy {
        message: String,
    },
    /// These changes are not what was shown, so they were not sent.
    ChangedSinceReview {
        message: String,
        changes: Vec<String>,
    },
    Bug {
        message: String,
    },
}

/// What an account lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AccountNeedView {
    VerifiedEmail,
    SecondFactor,
}

impl IpcError {
    /// Something that this program promises and that did not hold.
    pub(crate) fn bug(promise: &str) -> Self {
        Self::Bug { message: format!("This is a bug in Trustdesk: it expects that {promise}.") }
    }

    /// One piece of long work at a time.
    pub(crate) fn other_work_runs() -> Self {
        Self::Busy {
            message: "Trustdesk is sending or reading already, so nothing was started. Wait until \
                      that ends or stop it, then try again."
                .to_owned(),
        }
    }

    /// What is being sent or read would come back after it was deleted.
    pub(crate) fn still_working() -> Self {
        Self::Busy {
            message:
                "Trustdesk is sending or reading right now, so nothing was deleted. Stop it or \
                      let it end, then try again."
                    .to_owned(),
        }
    }

    /// A file that a person asked for, or one that was to be deleted.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        if error.kind() == io::ErrorKind::StorageFull {
            let message = format!("There is no room for {path}. Free some space, then try again.");
            return Self::DiskFull { message };
        }
        Self::NotSaved { message: format!("{path} could not be written or deleted: {error}.") }
    }

    /// What happened and what to do next.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::InvalidIndex { message }
            | Self::SignedOut { message }
            | Self::ConfirmPassword { message }
            | Self::Offline { message }
            | Self::IndexDown { message }
            | Self::NotTheIndex { message }
            | Self::PageNotUnderstood { message }
            | Self::OutcomeUnknown { message }
            | Self::IndexReadOnly { message }
            | Self::PublishingDisabled { message }
            | Self::WaitingForQuota { message, .. }
            | Self::Forbidden { message }
            | Self::AccountNotReady { message, .. }
            | Self::TooMany { message, .. }
            | Self::SomeoneElse { message }
            | Self::NotFound { message }
            | Self::Database { message, .. }
            | Self::NotSaved { message }
            | Self::DiskFull { message }
            | Self::ReadOnly { message }
            | Self::Busy { message }
            | Self::ChangedSinceReview { message, .. }
            | Self::Bug { message } => message,
        }
    }

    /// Without its database the app has nothing to show: whatever the reason, the page says which
    /// file it is.
    pub(crate) fn cannot_start(error: sync::Error, folder: &Path) -> Self {
        match Self::from(error) {
            Self::DiskFull { message }
            | Self::ReadOnly { message }
            | Self::NotSaved { message } => {
                Self::Database { message, path: folder.display().to_string() }
            }
            error => error,
        }
    }
}

impl From<sync::Error> for IpcError {
    fn from(error: sync::Error) -> Self {
        let message = error.to_string();
        match error {
            sync::Error::Store(error) => (&error).into(),
            sync::Error::Index(error) => (&error).into(),
            sync::Error::InvalidIndex(_) => Self::InvalidIndex { message },
            sync::Error::WaitingForQuota(wait) => Self::WaitingForQuota {
                message: "The index takes no more registrations for now. What waits is kept."
                    .to_owned(),
                until_ms: wait.until_ms,
            },
            sync::Error::ChangedSinceReview(changes) => Self::ChangedSinceReview {
                message: "A queued change is not what you reviewed, so it was not sent. Review it \
                          again, then send."
                    .to_owned(),
                changes: changes.into_iter().map(|id| id.0).collect(),
            },
            sync::Error::AnotherSends => Self::Busy {
                message: "Another Trustdesk is sending for this account. What waits is kept; try \
                          again when it is through."
                    .to_owned(),
            },
            sync::Error::StillSending => Self::still_working(),
            sync::Error::AnotherAccount => Self::Busy {
                message:
                    "Another account came on screen, so this ended. What was not sent goes on \
                          waiting under its own account."
                        .to_owned(),
            },
            sync::Error::Interrupted => Self::Busy { message: "It was stopped.".to_owned() },
            sync::Error::KeyringLocked => Self::SignedOut {
                message:
                    "Your keyring is locked, so the session in it cannot be used. Unlock it and \
                          try again, or sign in anew."
                        .to_owned(),
            },
            sync::Error::NoIndex | sync::Error::NoAccount => {
                Self::SignedOut { message: "Sign in first.".to_owned() }
            }
            sync::Error::SomeoneElse(username) => Self::SomeoneElse {
                message: format!(
                    "The index signed in “{username}”, who is not the user you typed. That session \
                     was ended; try again with the right user name."
                ),
            },
            sync::Error::NoSuchProject
            | sync::Error::NoSuchPublisher
            | sync::Error::NoSuchDraft
            | sync::Error::NoSuchChange => {
                Self::NotFound { message: format!("{message}. Refresh, then try again.") }
            }
        }
    }
}

impl From<&IndexError> for IpcError {
    fn from(error: &IndexError) -> Self {
        use IndexError as E;
        let say = |text: &str| text.to_owned();
        match error {
            E::Offline(_) => Self::Offline {
                message: say("The index cannot be reached. Check the connection, then try again."),
            },
            E::AnswerLost(_) => Self::Offline {
                message: say("The connection broke before the answer was complete. Try again; \
                              what was being sent is checked against the index's list first."),
            },
            E::IndexDown(status) => Self::IndexDown {
                message: format!("The index has a problem of its own ({status}). Try again later."),
            },
            E::NotTheIndex => Self::NotTheIndex {
                message: say("What answers at this address is not a package index. A network's \
                              sign-in page or a check of the index's own may be in the way: sign in \
                              in a window, which shows it."),
            },
            E::PageNotUnderstood(what) => Self::PageNotUnderstood {
                message: format!("Trustdesk cannot read this page of the index ({what})."),
            },
            E::OutcomeUnknown(what) => Self::OutcomeUnknown {
                message: format!(
                    "A change was sent, and the index's answer cannot be read ({what}). Trustdesk \
                     checks the index's list before it sends the change again."
                ),
            },
            E::SomeoneElse(username) => Self::SomeoneElse {
                message: format!(
                    "The index says that this session belongs to “{username}”. Nothing more is read \
                     or sent in it. Sign in again."
                ),
            },
            E::ReadOnly => Self::IndexReadOnly {
                message: say(
                    "The index is in read-only mode. Nothing more is sent; unsent changes stay queued.",
                ),
            },
            E::PublishingDisabled(words) => Self::PublishingDisabled {
                message: format!("{words} Nothing more is sent; unsent changes stay queued."),
            },
            E::TooLarge => Self::PageNotUnderstood {
                message: say("The index's answer is larger than any of its pages; it was left."),
            },
            E::SignedOut => Self::SignedOut {
                message: say("You are signed out. Sign in to go on; what waits is kept."),
            },
            E::SessionEnded(words) => Self::SignedOut {
                message: format!("The index ended the session: {words} What waits is kept."),
            },
            E::ConfirmPassword => Self::ConfirmPassword {
                message: say("The index asks for your password again before it goes on."),
            },
            E::TooMany(seconds) => too_many(*seconds, SystemClock.now_ms()),
            E::Account(need) => account_not_ready(*need),
            E::Forbidden => Self::Forbidden {
                message: say("The index does not let this account do that: only owners may, and \
                              nobody while a project is quarantined."),
            },
            E::NotFound => Self::NotFound {
                message: say("The index does not know this any more. Refresh the list."),
            },
        }
    }
}

impl From<&store::Error> for IpcError {
    fn from(error: &store::Error) -> Self {
        use store::Error as E;
        let message = format!("{error}.");
        let path = match error {
            E::DiskFull(_) => return Self::DiskFull { message },
            E::ReadOnly(_) => return Self::ReadOnly { message },
            E::WrongAddress { key, address, .. } => {
                let message = format!(
                    "The stored address of the index “{}” is {address}. That is not its address, so \
                     nothing was sent there. Choose the index again.",
                    key.0
                );
                return Self::InvalidIndex { message };
            }
            E::CannotOpen { path, .. }
            | E::Refused { path, .. }
            | E::Newer { path }
            | E::InUse { folder: path, .. }
            | E::CannotBackUp { path, .. } => path.display().to_string(),
            // The database is open: what failed is this one thing.
            E::DiskFailed(_)
            | E::Damaged(_)
            | E::Query(_)
            | E::TooLong(_)
            | E::Unreadable(_)
            | E::Encode(_) => return Self::NotSaved { message },
        };
        Self::Database { message, path }
    }
}

/// The page says until when, in the person's own zone. An index counts nothing for longer than a day.
fn too_many(seconds: Option<u64>, now_ms: i64) -> IpcError {
    let seconds = seconds.unwrap_or(UNKNOWN_WAIT_S).min(LONGEST_WAIT_S);
    let wait_ms = i64::try_from(seconds * 1000).unwrap_or(i64::MAX);
    IpcError::TooMany {
        message: "The index has seen too many tries; earlier tries make the wait longer."
            .to_owned(),
        until_ms: now_ms.saturating_add(wait_ms),
    }
}

fn account_not_ready(need: AccountNeed) -> IpcError {
    let (need, message) = match need {
        AccountNeed::VerifiedEmail => (
            AccountNeedView::VerifiedEmail,
            "The index wants your primary e-mail address verified first. Do that on its account \
             page, then refresh.",
        ),
        AccountNeed::SecondFactor => (
            AccountNeedView::SecondFactor,
            "The index wants two-factor authentication set up first. Do that on its account page, \
             then sign in again.",
        ),
    };
    IpcError::AccountNotReady { message: message.to_owned(), need }
}

#[cfg(test)]
mod tests;
