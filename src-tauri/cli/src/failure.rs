//! Why a command could not do what it was asked for: the only place that says what an error of the
//! core means for the program's end, in which word for scripts and in which words for people.

use std::io;

use serde::Serialize;
use trustdesk_core::clock::{Clock as _, SystemClock};
use trustdesk_core::store;
use trustdesk_core::sync::{self, AccountNeed, IndexError};

use crate::exit::Exit;
use crate::shown;

/// An index counts nothing for longer than a day, so that it cannot mean more.
const LONGEST_WAIT_S: u64 = 24 * 60 * 60;

/// What stands in the way, as a word that scripts can rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    WrongUse,
    /// No index was named, and none is on screen.
    NoIndex,
    SignedOut,
    ConfirmPassword,
    Offline,
    IndexDown,
    NotTheIndex,
    PageNotUnderstood,
    /// A change was sent, and nobody can tell yet whether it had its effect.
    OutcomeUnknown,
    /// The index is in read-only mode.
    IndexReadOnly,
    /// Trusted publishing is switched off on the index.
    PublishingDisabled,
    WaitingForQuota,
    /// The index's limit on requests of another kind.
    TooMany,
    AccountNotReady,
    Forbidden,
    NotFound,
    /// The index said no, in its words.
    Refused,
    UsernameRefused,
    PasswordRefused,
    CodeRefused,
    RecoveryCodeRefused,
    LinkRefused,
    /// The index wants user name and password again.
    StartAgain,
    /// Nobody is there to ask for what the index wants besides the password.
    SecondFactorNeeded,
    LinkNeeded,
    /// Too many wrong passwords were given.
    LockedOut,
    SomeoneElse,
    /// What was planned does not wait any more as it did.
    PlanOutdated,
    /// A change was rewritten between the look at it and its sending.
    ChangedSinceReview,
    /// Another Trustdesk is at it, or it was stopped.
    Busy,
    Stopped,
    Database,
    /// The input or the output failed.
    Terminal,
    Bug,
}

impl Kind {
    const fn exit(self) -> Exit {
        match self {
            Self::WrongUse | Self::NoIndex => Exit::WrongUse,
            Self::SignedOut
            | Self::ConfirmPassword
            | Self::SecondFactorNeeded
            | Self::LinkNeeded => Exit::SignedOut,
            Self::Offline
            | Self::IndexDown
            | Self::NotTheIndex
            | Self::IndexReadOnly
            | Self::PublishingDisabled => Exit::Unreachable,
            Self::WaitingForQuota => Exit::WaitingForQuota,
            Self::PageNotUnderstood
            | Self::OutcomeUnknown
            | Self::AccountNotReady
            | Self::Forbidden
            | Self::NotFound
            | Self::Refused
            | Self::UsernameRefused
            | Self::PasswordRefused
            | Self::CodeRefused
            | Self::RecoveryCodeRefused
            | Self::LinkRefused
            | Self::StartAgain
            | Self::LockedOut
            | Self::TooMany
            | Self::SomeoneElse
            | Self::PlanOutdated
            | Self::ChangedSinceReview
            | Self::Busy
            | Self::Stopped
            | Self::Database
            | Self::Terminal
            | Self::Bug => Exit::SomeFailed,
        }
    }
}

/// What is said instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    /// What happened and what to do next.
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The message names the flag and shows the right form.
    pub(crate) fn wrong_use(message: impl Into<String>) -> Self {
        Self::new(Kind::WrongUse, message)
    }

    pub(crate) const fn exit(&self) -> Exit {
        self.kind.exit()
    }
}

impl From<sync::Error> for Failure {
    fn from(error: sync::Error) -> Self {
        use sync::Error as E;
        let (kind, message) = match error {
            E::Store(error) => return error.into(),
            E::Index(error) => return error.into(),
            E::InvalidIndex(error) => (Kind::WrongUse, error.to_string()),
            E::WaitingForQuota(wait) => (
                Kind::WaitingForQuota,
                format!(
                    "the index takes no more registrations before {}; what waits is kept",
                    shown::time(wait.until_ms)
                ),
            ),
            E::NoIndex => (
                Kind::NoIndex,
                "no index is chosen: write --index pypi, testpypi or an address, or choose one for \
                 good with `trustdesk-cli index use pypi`"
                    .to_owned(),
            ),
            E::NoAccount => (Kind::SignedOut, signed_out("nobody has signed in here yet")),
            E::KeyringLocked => (
                Kind::SignedOut,
                "the keyring is locked, so the session in it cannot be used; unlock it, or sign in \
                 anew"
                    .to_owned(),
            ),
            E::SomeoneElse(_) => (Kind::SomeoneElse, error.to_string()),
            E::ChangedSinceReview(ids) => {
                let ids: Vec<String> = ids.into_iter().map(|id| id.0).collect();
                (
                    Kind::ChangedSinceReview,
                    format!(
                        "a queued change is not what you reviewed, so it was not sent ({}); look \
                         at it again with `trustdesk-cli plan`",
                        ids.join(", ")
                    ),
                )
            }
            E::AnotherSends | E::StillSending | E::AnotherAccount => (
                Kind::Busy,
                format!("{error}; what waits is kept, try again when that is over"),
            ),
            E::Interrupted => (Kind::Stopped, "stopped".to_owned()),
            E::NoSuchProject | E::NoSuchPublisher | E::NoSuchDraft | E::NoSuchChange => {
                (Kind::NotFound, error.to_string())
            }
        };
        Self { kind, message }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        use IndexError as E;
        let plain = error.to_string();
        let (kind, message) = match error {
            E::Offline(_) => (Kind::Offline, plain),
            E::AnswerLost(_) => (Kind::Offline, format!("{plain}; try again")),
            E::IndexDown(_) => (Kind::IndexDown, format!("{plain}; try again later")),
            E::NotTheIndex => (
                Kind::NotTheIndex,
                format!(
                    "{plain}; a network's sign-in page or a check of the index's may be in the way"
                ),
            ),
            E::PageNotUnderstood(_) | E::TooLarge => (Kind::PageNotUnderstood, plain),
            E::OutcomeUnknown(_) => (
                Kind::OutcomeUnknown,
                format!("{plain}; the index's list is read before anything is sent again"),
            ),
            E::SomeoneElse(_) => (Kind::SomeoneElse, signed_out(&plain)),
            E::ReadOnly => (Kind::IndexReadOnly, nothing_more_sent(&plain)),
            E::PublishingDisabled(_) => (Kind::PublishingDisabled, nothing_more_sent(&plain)),
            E::SignedOut | E::SessionEnded(_) => (Kind::SignedOut, signed_out(&plain)),
            E::ConfirmPassword => {
                (Kind::ConfirmPassword, format!("{plain}: `trustdesk-cli confirm-password`"))
            }
            E::TooMany(seconds) => (Kind::TooMany, too_many(&plain, seconds, SystemClock.now_ms())),
            E::Account(need) => (Kind::AccountNotReady, account_not_ready(need).to_owned()),
            E::Forbidden => (
                Kind::Forbidden,
                format!("{plain}: only owners may, and nobody while a project is quarantined"),
            ),
            E::NotFound => (Kind::NotFound, plain),
        };
        Self { kind, message }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(
            Kind::Terminal,
            format!("the input, the output or the stop signal failed: {error}"),
        )
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::new(Kind::Database, error.to_string())
    }
}

fn signed_out(why: &str) -> String {
    format!("{why}: sign in with `trustdesk-cli sign-in USER`")
}

fn nothing_more_sent(why: &str) -> String {
    format!("{why}; nothing more is sent, and unsent changes stay queued")
}

fn too_many(why: &str, seconds: Option<u64>, now_ms: i64) -> String {
    let Some(seconds) = seconds.map(|seconds| seconds.min(LONGEST_WAIT_S)) else {
        return format!("{why}; try again later");
    };
    let wait_ms = i64::try_from(seconds * 1000).unwrap_or(i64::MAX);
    format!("{why}; try again after {}", shown::moment(now_ms.saturating_add(wait_ms)))
}

const fn account_not_ready(need: AccountNeed) -> &'static str {
    match need {
        AccountNeed::VerifiedEmail => {
            "the index wants the account's e-mail address verified first, on its own pages"
        }
        AccountNeed::SecondFactor => {
            "the index wants two-factor authentication set up first, on its own pages"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_to_wait_is_said_as_a_date_and_is_a_day_at_most() {
        let said = |seconds| too_many("why", seconds, 1_795_338_000_000);
        assert_eq!(said(Some(300)), "why; try again after 2026-11-22 09:05:00 UTC");
        let tomorrow = "why; try again after 2026-11-23 09:00:00 UTC";
        for longest in [86_400, 86_401, u64::MAX] {
            assert_eq!(said(Some(longest)), tomorrow, "{longest}");
        }
        assert_eq!(said(None), "why; try again later");
    }

    #[test]
    fn error_in_the_middle_of_a_job_does_not_say_that_nothing_was_done() {
        use IndexError as E;
        let words = || "words".to_owned();
        let errors = [
            E::IndexDown(502),
            E::NotTheIndex,
            E::PageNotUnderstood("a page"),
            E::OutcomeUnknown("a page"),
            E::TooLarge,
            E::SignedOut,
            E::SessionEnded(words()),
            E::SomeoneElse(words()),
            E::ConfirmPassword,
            E::TooMany(None),
            E::Account(AccountNeed::VerifiedEmail),
            E::Account(AccountNeed::SecondFactor),
            E::ReadOnly,
            E::PublishingDisabled(words()),
            E::Forbidden,
            E::NotFound,
        ];
        let of_index = errors.into_iter().map(sync::Error::from);
        let of_sync = [
            sync::Error::WaitingForQuota(sync::Wait { left_ms: 2, until_ms: 5 }),
            sync::Error::ChangedSinceReview(Vec::new()),
            sync::Error::AnotherSends,
            sync::Error::AnotherAccount,
            sync::Error::Interrupted,
            sync::Error::KeyringLocked,
            sync::Error::NoIndex,
            sync::Error::NoAccount,
            sync::Error::NoSuchProject,
            sync::Error::NoSuchChange,
        ];
        for error in of_index.chain(of_sync) {
            let said = Failure::from(error).message.to_lowercase();
            for claim in ["nothing was", "nothing has", "nothing is sent", "your changes stay"] {
                assert!(!said.contains(claim), "earlier changes may have been sent: {said}");
            }
        }
    }
}
