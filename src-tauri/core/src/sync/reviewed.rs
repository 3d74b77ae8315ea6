//! What was reviewed is what is sent: the hashes that a review shows, and the comparison with what is
//! kept by then. The claim compares once more (`store/claim.rs`); here it is said before any request.

use std::collections::HashMap;

use crate::store::{self, AccountId};
use trustdesk_domain::{Change, ChangeId, ChangeState, Destination, Intent, Reviewed};

use super::engine::Connected;
use super::{Engine, Error};

impl Engine {
    /// Where what is decided now is sent to: the account on screen.
    ///
    /// # Errors
    /// Nobody has signed in, or the database could not be read.
    pub async fn destination(&self) -> Result<Destination, Error> {
        let index = self.selected_index().await?.ok_or(Error::NoIndex)?;
        let account = self.account_on(&index).await?.ok_or(Error::NoAccount)?;
        Ok(Destination { index: index.origin.to_string(), account: account.username })
    }

    /// A change as it is shown now, for sending it later.
    ///
    /// # Errors
    /// Nobody has signed in, or the database could not be read.
    pub async fn reviewed(&self, change: &Change) -> Result<Reviewed, Error> {
        of(change, &self.destination().await?)
    }

    /// Lets a change that was rejected or needs a person wait again, as if it were confirmed now, with
    /// the removal that comes after it: what may be sent then, as it was shown.
    ///
    /// # Errors
    /// There is no such change, it is not what was shown, or the database failed.
    pub async fn retry_reviewed(&self, shown: &Reviewed) -> Result<Vec<Reviewed>, Error> {
        let account = self.account().await?.id;
        let destination = self.destination().await?;
        let before = self.with_its_removal(account, shown).await?;
        let change = before.iter().find(|change| change.id == shown.id);
        let change = change.ok_or(Error::NoSuchChange)?;
        if of(change, &destination)? != *shown {
            return Err(Error::ChangedSinceReview(vec![shown.id.clone()]));
        }
        self.retry_change(&shown.id).await?;
        let mut now = self.with_its_removal(account, shown).await?;
        now.retain(|change| change.state == ChangeState::Waiting);
        for change in &now {
            let was = before.iter().find(|was| was.id == change.id);
            if !was.is_some_and(|was| is_the_same_but_for_its_place(&was.intent, &change.intent)) {
                return Err(Error::ChangedSinceReview(vec![change.id.clone()]));
            }
        }
        now.iter().map(|change| of(change, &destination)).collect()
    }

    async fn with_its_removal(
        &self,
        account: AccountId,
        shown: &Reviewed,
    ) -> Result<Vec<Change>, Error> {
        let mut open = self.store.open_changes(account).await?;
        open.retain(|change| {
            change.id == shown.id || change.intent.after().is_some_and(|new| new.id == shown.id)
        });
        Ok(open)
    }
}

/// Whether what waits of these changes is what was reviewed. What does not wait is not sent anyway.
///
/// # Errors
/// Some of it is another change by now.
pub(super) fn as_reviewed(
    open: &[Change],
    reviewed: &[Reviewed],
    destination: &Destination,
) -> Result<(), Error> {
    let shown: HashMap<&ChangeId, &Reviewed> = reviewed.iter().map(|it| (&it.id, it)).collect();
    let mut changed = Vec::new();
    for change in open.iter().filter(|change| change.state == ChangeState::Waiting) {
        if let Some(shown) = shown.get(&change.id)
            && of(change, destination)? != **shown
        {
            changed.push(change.id.clone());
        }
    }
    if changed.is_empty() { Ok(()) } else { Err(Error::ChangedSinceReview(changed)) }
}

impl Connected {
    /// Where its requests go, whatever the database says by now.
    pub(super) fn destination(&self) -> Destination {
        Destination { index: self.origin.to_string(), account: self.account.username.clone() }
    }
}

fn of(change: &Change, destination: &Destination) -> Result<Reviewed, Error> {
    Ok(Reviewed::of(change, destination).map_err(store::Error::from)?)
}

/// Whether two are one intent. A removal whose new publisher came and went stands for itself once a
/// person has decided on it again.
pub(super) fn is_the_same_but_for_its_place(was: &Intent, is: &Intent) -> bool {
    was.asks_for_exactly(is)
        && is.after().is_none_or(|new| was.after().is_some_and(|old| old.id == new.id))
}
