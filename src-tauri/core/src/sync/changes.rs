//! What a person decides about changes. All of it works offline.

use crate::domain::{
    Change, ChangeAction, ChangeId, ChangeState, Draft, DraftId, Fields, GitlabInstances,
    ListedPublisher, Provider, Publisher, PublisherId, Typed, Verdict, check, check_against,
};
use crate::store::NewAdd;

use super::{Engine, Error};

/// What came of confirming an add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Queued {
    /// It is kept and waits.
    Queued(Box<Change>),
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
    /// Judges what is typed into a provider's form for a project, without the network.
    ///
    /// # Errors
    /// Nobody has signed in, or the database failed.
    pub async fn check_publisher(
        &self,
        project: &str,
        provider: Provider,
        fields: &Fields,
    ) -> Result<(Verdict, Option<Publisher>), Error> {
        let (mut verdict, publisher) = self.judge(project, provider, fields).await?;
        if let Some(publisher) = &publisher {
            let account = self.account().await?.id;
            let listed = self.listed(project).await?;
            let waiting = self.store.open_changes_of(account, project).await?;
            let adds = waiting.iter().filter(|change| change.intent.action() == ChangeAction::Add);
            let listed = listed.iter().map(|listed| &listed.publisher);
            let known = listed.chain(adds.map(|change| change.intent.publisher()));
            check_against(known, publisher, &mut verdict);
        }
        Ok((verdict, publisher))
    }

    /// What a draft would register; none: it is not complete.
    ///
    /// # Errors
    /// Nobody has signed in, or the database failed.
    pub async fn drafted(&self, draft: &Draft) -> Result<Option<Publisher>, Error> {
        let Typed { project, provider, fields, .. } = &draft.typed;
        Ok(self.judge(project, *provider, fields).await?.1)
    }

    /// The rules alone, with what the project's page offers.
    async fn judge(
        &self,
        project: &str,
        provider: Provider,
        fields: &Fields,
    ) -> Result<(Verdict, Option<Publisher>), Error> {
        let instances = match provider {
            Provider::Gitlab => self.gitlab_instances(project).await?,
            Provider::Github | Provider::Google | Provider::Activestate => {
                GitlabInstances::gitlab_com()
            }
        };
        Ok(check(provider, fields, &instances))
    }

    /// The GitLab instances that a project's publisher may live on, as far as its page was read.
    async fn gitlab_instances(&self, project: &str) -> Result<GitlabInstances, Error> {
        let account = self.account().await?.id;
        let page = self.store.publishing(account, project).await?;
        let listed = page.map(|page| page.page.gitlab_instances).unwrap_or_default();
        Ok(GitlabInstances::of_page(listed))
    }

    /// Confirms an add: once this returns `Queued`, it survives anything, and the draft that it was
    /// made of is gone. With it goes the removal of the publisher whose place it takes, which is not
    /// sent before the new one is listed. Nothing is sent.
    ///
    /// # Errors
    /// Nobody has signed in, the project is unknown, or the database failed.
    pub async fn queue_add(&self, typed: &Typed, draft: Option<&DraftId>) -> Result<Queued, Error> {
        let Typed { project, provider, fields, in_place_of } = typed;
        let account = self.account().await?.id;
        self.store.project(account, project).await?.ok_or(Error::NoSuchProject)?;
        let (verdict, publisher) = self.check_publisher(project, *provider, fields).await?;
        let Some(publisher) = publisher else {
            return Ok(Queued::Invalid(verdict));
        };
        let identity = publisher.identity();
        let listed = self.listed(project).await?;
        if listed.iter().any(|listed| listed.publisher.identity() == identity) {
            return Ok(Queued::AlreadyListed);
        }
        let row = |id: &PublisherId| listed.iter().find(|listed| listed.id == *id);
        let replaces = in_place_of.publisher.as_ref().map(row);
        if replaces == Some(None) {
            return Ok(Queued::ReplacedGone);
        }
        let open = self.store.open_changes_of(account, project).await?;
        // One that the index refused does not count: adding it again is how it is mended.
        let same = |change: &Change| {
            change.intent.action() == ChangeAction::Add
                && change.state != ChangeState::Rejected
                && in_place_of.change.as_ref() != Some(&change.id)
                && change.intent.publisher().identity() == identity
        };
        if open.iter().any(same) {
            return Ok(Queued::AlreadyWaiting);
        }
        let add = NewAdd {
            project,
            publisher: &publisher,
            replaces: replaces.flatten(),
            edits: in_place_of.change.as_ref(),
            draft,
        };
        let change = self.store.queue_add(account, &add, self.clock.now_ms()).await?;
        Ok(Queued::Queued(Box::new(change)))
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
        Ok(self.store.queue_remove(account, project, &listed, self.clock.now_ms()).await?)
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

    async fn listed(&self, project: &str) -> Result<Vec<ListedPublisher>, Error> {
        let account = self.account().await?.id;
        let page = self.store.publishing(account, project).await?;
        Ok(page.map(|page| page.page.publishers).unwrap_or_default())
    }
}
