//! The one door between sync and an index. Today a Warehouse's web pages stand behind it; should an
//! API come, only this room changes.

use async_trait::async_trait;
use secrecy::SecretString;

use trustdesk_domain::{IndexTime, Project, Publisher, PublisherId, PublishingPage};

use super::pages::Flash;
use super::{Error, Outcome, Session};

/// What is asked for one project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Trust this publisher.
    Add(Publisher),
    /// Trust the publisher of this row no longer.
    Remove(PublisherId),
}

/// What came of giving the index the password again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordAnswer {
    /// The index does not ask for it now. It was not sent: the index would not look at it.
    NotAsked,
    /// The index took it.
    Taken,
    /// It was wrong.
    Refused,
}

/// An index, seen by one account.
#[async_trait]
pub trait PackageIndex: Send + Sync {
    /// Who the session belongs to; none if to nobody. That it is another user's than the account's is
    /// an error.
    async fn who_am_i(&self) -> Result<Option<String>, Error>;

    /// Every project of the account.
    async fn projects(&self) -> Result<Vec<Project>, Error>;

    /// A project's publishers, and what may be added.
    async fn publishing(&self, project: &str) -> Result<PublishingPage, Error>;

    /// Whether the last page that was read said that the index is in read-only mode.
    fn is_read_only(&self) -> bool;

    /// Takes the messages that the index keeps for the session: those left over from earlier actions,
    /// so that the next ones are ours, or the words of a refusal. It hands each out once.
    async fn take_messages(&self) -> Result<Vec<Flash>, Error>;

    /// Waits until the next request would leave at once, so that nothing is claimed which then waits.
    async fn until_free(&self) {}

    /// Asks for one change. Never an error: every end is an outcome. The words of a refusal that stand
    /// under no field are among the messages.
    async fn submit(&self, project: &str, request: &Request) -> Outcome;

    /// Whether the index asks for the password where it needs one.
    async fn is_password_asked(&self) -> Result<bool, Error>;

    /// Gives the index the password if it asks for it.
    async fn confirm_password(&self, password: &SecretString) -> Result<PasswordAnswer, Error>;

    /// What the index says to a session that it has just ended; nothing, if it says nothing.
    async fn parting_words(&self) -> Option<String>;

    /// Ends the session on the index's side.
    async fn sign_out(&self) -> Result<(), Error>;

    /// What time it is for the index at least, by its last page and what has passed since. None: it has
    /// not answered yet, or does not say.
    fn time(&self) -> Option<IndexTime>;

    /// The same at most: an answer may be long on its way.
    fn time_at_latest(&self) -> Option<IndexTime>;

    /// The session as it is now, for keeping.
    async fn session(&self) -> Session;
}
