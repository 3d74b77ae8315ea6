//! Why the index could not be read. Most of these are ordinary days (signed out, offline): sync
//! makes gates of them.

/// Something the account itself must mend on the index's own pages (protocol, section 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountNeed {
    /// The primary e-mail address is not verified.
    VerifiedEmail,
    /// Two-factor authentication is not set up.
    SecondFactor,
}

/// Why there is no reading.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No connection: nothing was sent.
    #[error("the index cannot be reached")]
    Offline(#[source] reqwest::Error),
    /// The connection broke or took too long; what was sent may have arrived.
    #[error("the index's answer was lost")]
    AnswerLost(#[source] reqwest::Error),
    /// A server error, with its status.
    #[error("the index answers with a server error ({0})")]
    IndexDown(u16),
    /// HTML that no Warehouse writes: a captive portal, a challenge, another site.
    #[error("the answer does not come from a package index")]
    NotTheIndex,
    /// A page without the parts that are known, or another one than was asked for.
    #[error("a page of the index cannot be read: {0}")]
    PageNotUnderstood(&'static str),
    /// A change was sent, and its answer is none that the index gives to one: it may have had its
    /// effect or not.
    #[error("outcome unknown: the answer cannot be read ({0})")]
    OutcomeUnknown(&'static str),
    /// The answer is larger than any page of an index, or would take too long to read.
    #[error("the answer is too large to be a page of the index")]
    TooLarge,
    /// There is no session, or no longer.
    #[error("signed out")]
    SignedOut,
    /// The index ended the session, and said why.
    #[error("the index ended the session: {0}")]
    SessionEnded(String),
    /// The session belongs to another user than the account's.
    #[error("the index says that this session belongs to {0}")]
    SomeoneElse(String),
    /// The index wants the password again (every 30 minutes, protocol 1.1).
    #[error("the password must be confirmed")]
    ConfirmPassword,
    /// Too many requests of a kind; seconds to wait, if the index said.
    #[error("the index's limit is reached")]
    TooMany(Option<u64>),
    /// The account must be put in order first.
    #[error("the account is not ready: {0:?}")]
    Account(AccountNeed),
    /// The index is in read-only mode: it answers changes with a yes and stores none.
    #[error("the index is in read-only mode")]
    ReadOnly,
    /// Trusted publishing is switched off on the index, which says so.
    #[error("the index takes no changes of publishers now: {0}")]
    PublishingDisabled(String),
    /// Only owners may see it, or the project is quarantined.
    #[error("the index does not allow it")]
    Forbidden,
    /// It is not there.
    #[error("the index does not know it")]
    NotFound,
}
