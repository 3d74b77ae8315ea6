//! Sending as a person does who looks at what waits and changes nothing: what is shown is what is
//! sent. Most stories are about what follows.

use std::future::Future;

use trustdesk_core::sync::{Engine, Error, LongWork};
use trustdesk_domain::{Change, ChangeId, Reviewed};

/// Reviews and sends in one.
pub trait ReviewAndSend {
    /// All that is open for a project. What is not queued by then is not sent.
    ///
    /// # Errors
    /// Those of the sync.
    fn sync_project(&self, project: &str) -> impl Future<Output = Result<(), Error>> + Send;

    /// One change, with the removal that comes after it.
    ///
    /// # Errors
    /// Those of the sync.
    fn sync_change(
        &self,
        project: &str,
        id: &ChangeId,
    ) -> impl Future<Output = Result<(), Error>> + Send;

    /// These changes, whatever their projects.
    ///
    /// # Errors
    /// Those of the sync.
    fn sync_each(
        &self,
        ids: &[ChangeId],
        watch: &dyn LongWork,
    ) -> impl Future<Output = Result<(), Error>> + Send;
}

impl ReviewAndSend for Engine {
    async fn sync_project(&self, project: &str) -> Result<(), Error> {
        let reviewed = reviewed(self, |change| change.project == project).await?;
        self.sync_reviewed(project, &reviewed).await
    }

    async fn sync_change(&self, project: &str, id: &ChangeId) -> Result<(), Error> {
        let is_or_follows = |change: &Change| {
            change.id == *id || change.intent.after().is_some_and(|new| new.id == *id)
        };
        self.sync_reviewed(project, &reviewed(self, is_or_follows).await?).await
    }

    async fn sync_each(&self, ids: &[ChangeId], watch: &dyn LongWork) -> Result<(), Error> {
        let reviewed = reviewed(self, |change| ids.contains(&change.id)).await?;
        self.sync_changes(&reviewed, watch).await
    }
}

/// The open changes that are meant, as they are shown now.
async fn reviewed(
    engine: &Engine,
    is_meant: impl Fn(&Change) -> bool + Send,
) -> Result<Vec<Reviewed>, Error> {
    let account = engine.account().await?.id;
    let mut all = Vec::new();
    for change in engine.store().open_changes(account).await? {
        if is_meant(&change) {
            all.push(engine.reviewed(&change).await?);
        }
    }
    Ok(all)
}
