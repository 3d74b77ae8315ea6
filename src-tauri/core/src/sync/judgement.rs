//! What stands against adding a publisher to a project, as far as it is known here. The form asks it
//! while somebody types, and the same judgement decides whether an add is kept.

use crate::store::AccountId;
use trustdesk_domain::{
    Change, ChangeAction, ChangeState, Draft, Fields, GitlabInstances, ListedPublisher, Message,
    Provider, Publisher, TakenPipeline, Typed, Verdict, check, check_against, pipeline_taken,
};

use super::{Engine, Error};

/// A judgement.
pub(super) struct Judgement {
    pub(super) verdict: Verdict,
    /// What would be added; none: something stands against it.
    pub(super) publisher: Option<Publisher>,
    /// The project's publishers as they were last read; empty if something stands against the fields.
    pub(super) listed: Vec<ListedPublisher>,
    pub(super) standing: Standing,
}

/// Whether the publisher is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    New,
    /// The list that was read last shows it.
    Listed,
    /// A change that adds it waits.
    Waiting,
}

impl Engine {
    /// Judges what is typed into a provider's form for a project, without the network.
    ///
    /// # Errors
    /// Nobody has signed in, or the database failed.
    pub async fn check_publisher(
        &self,
        typed: &Typed,
    ) -> Result<(Verdict, Option<Publisher>), Error> {
        let judgement = self.judgement(typed).await?;
        Ok((judgement.verdict, judgement.publisher))
    }

    /// What a draft would register; none: it is not complete.
    ///
    /// # Errors
    /// Nobody has signed in, or the database failed.
    pub async fn drafted(&self, draft: &Draft) -> Result<Option<Publisher>, Error> {
        let Typed { project, provider, fields, .. } = &draft.typed;
        Ok(self.by_the_rules(project, *provider, fields).await?.1)
    }

    pub(super) async fn judgement(&self, typed: &Typed) -> Result<Judgement, Error> {
        let Typed { project, provider, fields, in_place_of } = typed;
        let (mut verdict, publisher) = self.by_the_rules(project, *provider, fields).await?;
        let Some(publisher) = publisher else {
            let listed = Vec::new();
            return Ok(Judgement { verdict, publisher: None, listed, standing: Standing::New });
        };
        let account = self.account().await?.id;
        let listed = self.listed(project).await?;
        // One that the index refused does not count, adding it again is how it is mended; nor does
        // the one that is given up for this.
        let counts = |add: &Change| {
            add.state != ChangeState::Rejected && in_place_of.change.as_ref() != Some(&add.id)
        };
        let mut adds = self.store.open_changes_of(account, project).await?;
        adds.retain(|change| change.intent.action() == ChangeAction::Add && counts(change));
        let rows = || listed.iter().map(|listed| &listed.publisher);
        let waiting = || adds.iter().map(|change| change.intent.publisher());
        check_against(rows().chain(waiting()), &publisher, &mut verdict);
        if let Some(message) = self.pipeline_taken(account, &publisher, counts).await? {
            verdict.refuse(*provider, message);
        }
        let identity = publisher.identity();
        let standing = if rows().any(|known| known.identity() == identity) {
            Standing::Listed
        } else if waiting().any(|known| known.identity() == identity) {
            Standing::Waiting
        } else {
            Standing::New
        };
        let publisher = verdict.is_valid().then_some(publisher);
        Ok(Judgement { verdict, publisher, listed, standing })
    }

    /// Why the index could not store a GitLab publisher, though its form takes it: a row or an add that
    /// counts of the same pipeline on another instance, in any project of the account.
    pub(super) async fn pipeline_taken(
        &self,
        account: AccountId,
        publisher: &Publisher,
        counts: impl Fn(&Change) -> bool + Send,
    ) -> Result<Option<Message>, Error> {
        let Publisher::Gitlab(pipeline) = publisher else { return Ok(None) };
        let mut adds = self.store.open_changes(account).await?;
        adds.retain(|change| change.intent.action() == ChangeAction::Add && counts(change));
        let rows = self.store.publishers_of_provider(account, Provider::Gitlab).await?;
        let listed = rows.iter().map(|(project, listed)| TakenPipeline {
            project,
            publisher: &listed.publisher,
            is_listed: true,
        });
        let queued = adds.iter().map(|change| TakenPipeline {
            project: &change.project,
            publisher: change.intent.publisher(),
            is_listed: false,
        });
        Ok(pipeline_taken(pipeline, listed.chain(queued)))
    }

    /// The rules alone, with what the project's page offers.
    async fn by_the_rules(
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
}
