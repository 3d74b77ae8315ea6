//! An errand is what is done for one account, with whoever watches it: a person may have it wait
//! between two requests, or end it at any moment.

use std::future::{Future, pending};
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;

use crate::index;
use crate::store::AccountId;

use super::connection::Proves;
use super::engine::Connected;
use super::{Engine, Error};

/// Whoever watches long work. One who offers neither a pause nor a stop leaves out all but the first
/// two.
#[async_trait]
pub trait LongWork: Send + Sync {
    /// So many of so many projects are done, and this one is next.
    fn next(&self, done: usize, total: usize, project: &str);
    /// One project could not be done; the others go on.
    fn failed(&self, project: &str, error: Error);

    /// Whether no further request shall begin: a person wants a pause, or the end.
    fn is_held(&self) -> bool {
        false
    }

    /// Waits while a person wants a pause. False: the work is to end.
    async fn goes_on(&self) -> bool {
        true
    }

    /// Waits until a person wants the end. What is on its way is given up then.
    async fn stopped(&self) {
        pending().await
    }

    /// The account's gate is closed, and a person can open it. No error: the work pauses, and
    /// [`Self::goes_on`] tells when the gate was opened.
    ///
    /// # Errors
    /// The work ends here, with this error.
    fn at_gate(&self, error: Error) -> Result<(), Error> {
        Err(error)
    }
}

/// Nobody watches, and nobody stops it.
pub struct Unwatched;

impl LongWork for Unwatched {
    fn next(&self, _done: usize, _total: usize, _project: &str) {}
    fn failed(&self, _project: &str, _error: Error) {}
}

/// Whose work it is, and who watches it.
pub(super) struct Errand<'a> {
    account: AccountId,
    pub(super) watch: &'a dyn LongWork,
    /// Whether the index has said that the session belongs to this account.
    is_owner_known: AtomicBool,
}

impl<'a> Errand<'a> {
    pub(super) const fn new(account: AccountId, watch: &'a dyn LongWork) -> Self {
        Self { account, watch, is_owner_known: AtomicBool::new(false) }
    }

    /// Waits for an answer, unless the work is stopped: a stop is not to wait for a slow index. Only
    /// what may be dropped half-way goes in here, so nothing that writes the database.
    pub(super) async fn unless_stopped<T>(
        &self,
        answer: impl Future<Output = T> + Send,
    ) -> Result<T, Error> {
        tokio::select! {
            biased;
            () = self.watch.stopped() => Err(Error::Interrupted),
            answer = answer => Ok(answer),
        }
    }

    /// An answer of the index, and all that it says of the session. A stop waits neither for a slow
    /// index nor for a keyring that takes its time over the newest cookie.
    pub(super) async fn answer<T: Proves + Send>(
        &self,
        engine: &Engine,
        connected: &Connected,
        answer: impl Future<Output = Result<T, index::Error>> + Send,
    ) -> Result<T, Error> {
        self.unless_stopped(async { engine.after(connected, answer.await).await }).await?
    }

    /// Does one step until it is done: after a pause where it was left, and again after each gate
    /// that was opened. None: the work was stopped.
    pub(super) async fn step<T, F>(&self, step: impl Fn() -> F + Send) -> Result<Option<T>, Error>
    where
        T: Send,
        F: Future<Output = Result<T, Error>> + Send,
    {
        while self.watch.goes_on().await {
            match step().await {
                Err(Error::Interrupted) => {}
                Err(error) if error.is_gate() => self.watch.at_gate(error)?,
                result => return result.map(Some),
            }
            // A pause may be long, and the session may be another one after it.
            self.is_owner_known.store(false, Ordering::Relaxed);
        }
        Ok(None)
    }

    pub(super) fn is_of(&self, account: AccountId) -> Result<(), Error> {
        if account == self.account { Ok(()) } else { Err(Error::AnotherAccount) }
    }
}

impl Engine {
    /// An errand that nobody watches, for the account on screen.
    pub(super) async fn unwatched(&self) -> Result<Errand<'static>, Error> {
        Ok(Errand::new(self.account().await?.id, &Unwatched))
    }

    /// The session of the errand's account, which the index has said to be its own. Over a pause another account may have come on screen,
    /// under which nothing of this one is done.
    pub(super) async fn connected_for(&self, errand: &Errand<'_>) -> Result<Connected, Error> {
        errand.is_of(self.account().await?.id)?;
        let connected = errand.unless_stopped(self.connected()).await??;
        errand.is_of(connected.account.id)?;
        if !errand.is_owner_known.load(Ordering::Relaxed) {
            errand.unless_stopped(self.must_be_own(&connected)).await??;
            errand.is_owner_known.store(true, Ordering::Relaxed);
        }
        Ok(connected)
    }
}
