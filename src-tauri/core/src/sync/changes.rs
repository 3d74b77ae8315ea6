//! What a person decides about changes. All of it works offline.

use crate::store::{AccountId, NewAdd};
use trustdesk_domain::{
    Change, ChangeId, ChangeState, DraftId, Intent, ListedPublisher, PublisherId, Typed, Verdict,
};

use super::judgement::{Judgement, Standing};
use super::{Engine, Error};

/// What came of confirming an add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Queued {
    /// It is kept and waits, and so do the removals that come after it.
    Queued(Box<Change>, Vec<Change>),
    /// The fields do not stand; nothing was kept.
    Invalid(Verdict),
    /// The list that was read last shows it already; nothing was kept.
    AlreadyListed,
    /// The same change waits already; nothing was kept.
    AlreadyWaiting,
    /// The publisher to be replaced is not in the list that was read last; nothing was kept.
    ReplacedGone,
}

impl Engine {
    /// Confirms an add: once this returns `Queued`, it survives anything, and the draft that it was
    /// made of is gone. With it goes the removal of the publisher whose place it takes, which is not
    /// sent before the new one is listed. Nothing is sent.
    ///
    /// # Errors
    /// Nobody has signed in, the project is unknown, the database kept something else, or it failed.
    pub async fn queue_add(&self, typed: &Typed, draft: Option<&DraftId>) -> Result<Queued, Error> {
        let Typed { project, in_place_of, .. } = typed;
        let account = self.account().await?.id;
        self.store.project(account, project).await?.ok_or(Error::NoSuchProject)?;
        let Judgement { verdict, publisher, listed, standing } = self.judgement(typed).await?;
        let Some(publisher) = publisher else {
            return Ok(Queued::Invalid(verdict));
        };
        match standing {
            Standing::New => {}
            Standing::Listed => return Ok(Queued::AlreadyListed),
            Standing::Waiting => return Ok(Queued::AlreadyWaiting),
        }
        let row = |id: &PublisherId| listed.iter().find(|listed| listed.id == *id);
        let replaces = in_place_of.publisher.as_ref().map(row);
        if replaces == Some(None) {
            return Ok(Queued::ReplacedGone);
        }
        let add = NewAdd {
            project,
            publisher: &publisher,
            replaces: replaces.flatten(),
            edits: in_place_of.change.as_ref(),
            draft,
        };
        let (change, removals) = self.queue(account, &add).await?;
        Ok(Queued::Queued(Box::new(change), removals))
    }

    /// Keeps an add, and looks whether it was kept as it was asked, with what comes after it.
    async fn queue(
        &self,
        account: AccountId,
        add: &NewAdd<'_>,
    ) -> Result<(Change, Vec<Change>), Error> {
        let open = self.store.open_changes_of(account, add.project).await?;
        let kept = self.store.queue_add(account, add, self.clock.now_ms()).await?;
        let (change, mut removals) = kept;
        removals.retain(|removal| removal.state == ChangeState::Waiting);
        let intent = Intent::Add { publisher: add.publisher.clone(), listed_as: None };
        is_what_was_asked(&change, &intent)?;
        for removal in &removals {
            let known = open.iter().find(|known| known.id == removal.id);
            let asked = known.map(|known| known.intent.clone());
            let asked = asked.or_else(|| add.replaces.map(Intent::removal_of));
            is_what_was_asked(removal, &asked.ok_or(Error::NoSuchPublisher)?)?;
        }
        Ok((change, removals))
    }

    /// Confirms a removal. Asking twice for the same row keeps the first, and lets it wait again if it
    /// was refused or needed a person.
    ///
    /// # Errors
    /// Nobody has signed in, the row is not in the list that was read last, or the database failed.
    pub async fn queue_remove(&self, project: &str, id: &PublisherId) -> Result<Change, Error> {
        let account = self.account().await?.id;
        let open = self.store.open_changes_of(account, project).await?;
        let same = |change: &Change| change.intent.removes(id);
        if let Some(change) = open.into_iter().find(same) {
            self.store.confirm_again(&change.id, self.clock.now_ms()).await?;
            let again = self.store.change(account, &change.id).await?;
            return again.ok_or(Error::NoSuchChange);
        }
        let mut listed = self.listed(project).await?.into_iter();
        let listed = listed.find(|listed| listed.id == *id).ok_or(Error::NoSuchPublisher)?;
        let kept = self.store.queue_remove(account, project, &listed, self.clock.now_ms()).await?;
        is_what_was_asked(&kept, &Intent::removal_of(&listed))?;
        Ok(kept)
    }

    /// Takes a change back, if it is not on its way; whether it was. The removal of what it was to
    /// replace goes with it.
    ///
    /// # Errors
    /// There is no such change, or the database failed.
    pub async fn discard_change(&self, id: &ChangeId) -> Result<bool, Error> {
        self.own(id).await?;
        Ok(self.store.discard_change(id, self.clock.now_ms()).await?)
    }

    /// Lets a change that was rejected or needs a person wait again, as if it were confirmed now;
    /// whether it did.
    ///
    /// # Errors
    /// There is no such change, or the database failed.
    pub async fn retry_change(&self, id: &ChangeId) -> Result<bool, Error> {
        self.own(id).await?;
        Ok(self.store.confirm_again(id, self.clock.now_ms()).await?)
    }

    async fn own(&self, id: &ChangeId) -> Result<(), Error> {
        let account = self.account().await?.id;
        self.store.change(account, id).await?.map(drop).ok_or(Error::NoSuchChange)
    }

    pub(super) async fn listed(&self, project: &str) -> Result<Vec<ListedPublisher>, Error> {
        let account = self.account().await?.id;
        let page = self.store.publishing(account, project).await?;
        Ok(page.map(|page| page.page.publishers).unwrap_or_default())
    }
}

/// What the database gave back must be what it was given: whoever asked is shown this change, and sends
/// it without another look.
fn is_what_was_asked(kept: &Change, asked: &Intent) -> Result<(), Error> {
    if kept.intent.asks_for_exactly(asked) {
        return Ok(());
    }
    Err(Error::ChangedSinceReview(vec![kept.id.clone()]))
}
