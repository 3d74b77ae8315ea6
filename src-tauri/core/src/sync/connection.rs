//! How an account stands with its index: open, or closed by one of the gates. A gate is shown once
//! and belongs to the account, never to a single change.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::index::{self, Flash, PasswordAnswer};
use trustdesk_domain::{Project, PublishingPage};

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
            index::Error::PageNotUnderstood(_) | index::Error::TooLarge => {
                Some(Self::PageNotUnderstood)
            }
            // What it says is about that one request, which is checked.
            index::Error::OutcomeUnknown(_) => None,
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

/// What an answer proves of the gates. Each proves what stands above it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Proof {
    /// The index answers, and the session holds.
    Session,
    /// The password holds: the index shows this only while it does.
    Password,
    /// Trusted publishing is on: the page has its forms.
    Publishing,
}

/// An answer of the index, by what it proves.
pub(super) trait Proves {
    fn proves(&self) -> Proof {
        Proof::Session
    }
}

/// Whose session it is.
impl Proves for () {}

impl Proves for Vec<Project> {}

impl Proves for Vec<Flash> {}

impl Proves for PublishingPage {
    fn proves(&self) -> Proof {
        if self.providers.is_empty() { Proof::Password } else { Proof::Publishing }
    }
}

impl Proves for PasswordAnswer {
    fn proves(&self) -> Proof {
        match self {
            Self::NotAsked | Self::Taken => Proof::Password,
            Self::Refused => Proof::Session,
        }
    }
}

/// The last word of the index, and the gates that it has closed and not shown to be open since. Time
/// without a network, or an answer that needs no open gate, opens none.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Never one of the two below.
    last: Connection,
    wants_password: bool,
    /// A time at which the password was entered is in the database, though it counts no longer.
    has_stale_time: bool,
    publishing_is_off: bool,
}

impl Standing {
    /// Takes in what an error or a missing answer says of the connection.
    pub(super) fn heard(&mut self, connection: Connection) {
        self.last = match connection {
            Connection::ConfirmPassword => {
                self.wants_password = true;
                Connection::Online
            }
            Connection::PublishingDisabled => {
                self.publishing_is_off = true;
                Connection::Online
            }
            other => other,
        };
    }

    /// The index has answered. Each page says whether it is in read-only mode.
    pub(super) fn answered(&mut self, proof: Proof, is_read_only: bool) {
        self.opened(proof);
        self.last = if is_read_only { Connection::ReadOnly } else { Connection::Online };
    }

    /// This much is proven, by an answer or by what another process has done.
    pub(super) fn opened(&mut self, proof: Proof) {
        self.wants_password &= proof < Proof::Password;
        self.has_stale_time &= proof < Proof::Password;
        self.publishing_is_off &= proof < Proof::Publishing;
    }

    pub(super) const fn wants_password(&self) -> bool {
        self.wants_password
    }

    /// The time could not be taken out of the database when the index asked for the password again.
    pub(super) const fn keeps_stale_time(&mut self) {
        self.has_stale_time = true;
    }

    /// Whether a time in the database tells that another process has entered the password since.
    pub(super) const fn may_hear_of_password(&self) -> bool {
        self.wants_password && !self.has_stale_time
    }

    pub(super) const fn publishing_is_off(&self) -> bool {
        self.publishing_is_off
    }

    pub(super) const fn connection(&self) -> Connection {
        match self.last {
            Connection::Online if self.wants_password => Connection::ConfirmPassword,
            Connection::Online if self.publishing_is_off => Connection::PublishingDisabled,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answer_that_cannot_be_read_says_nothing_of_the_account() {
        let unknown = index::Error::OutcomeUnknown("it is another page");
        assert_eq!(Connection::after(&unknown), None);
        let changed = index::Error::PageNotUnderstood("the list of publishers");
        assert_eq!(Connection::after(&changed), Some(Connection::PageNotUnderstood));
    }

    #[test]
    fn gate_is_left_by_an_answer_that_proves_it_open_and_by_no_other() {
        for (closed, opening) in [
            (Connection::ConfirmPassword, Proof::Password),
            (Connection::PublishingDisabled, Proof::Publishing),
        ] {
            for proof in [Proof::Session, Proof::Password, Proof::Publishing] {
                let mut standing = Standing::default();
                standing.heard(closed);
                assert_eq!(standing.connection(), closed);
                standing.heard(Connection::Offline);
                assert_eq!(standing.connection(), Connection::Offline, "that comes first");
                standing.answered(proof, false);
                let expected = if proof >= opening { Connection::Online } else { closed };
                assert_eq!(standing.connection(), expected, "{closed:?} after {proof:?}");
            }
        }
    }

    #[test]
    fn time_that_could_not_be_taken_back_opens_no_gate() {
        let mut standing = Standing::default();
        standing.keeps_stale_time();
        standing.heard(Connection::ConfirmPassword);
        assert!(!standing.may_hear_of_password());
        standing.answered(Proof::Password, false);
        standing.heard(Connection::ConfirmPassword);
        assert!(standing.may_hear_of_password(), "the index has taken the password since");
    }

    #[test]
    fn gate_is_shown_again_once_another_one_before_it_is_open() {
        let mut standing = Standing::default();
        standing.heard(Connection::PublishingDisabled);
        standing.heard(Connection::ConfirmPassword);
        standing.answered(Proof::Session, true);
        assert_eq!(standing.connection(), Connection::ReadOnly);
        standing.answered(Proof::Session, false);
        assert_eq!(standing.connection(), Connection::ConfirmPassword);
        standing.answered(Proof::Password, false);
        assert_eq!(standing.connection(), Connection::PublishingDisabled);
        standing.answered(Proof::Publishing, false);
        assert_eq!(standing.connection(), Connection::Online);
    }
}
