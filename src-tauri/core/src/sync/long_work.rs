//! Work that takes many requests: reading everything, and sending a reviewed list. One request at a
//! time; whoever watches sees each project, and can stop it between two requests.

use crate::domain::{Change, ChangeId, ChangeState};
use crate::index;

use super::{Engine, Error, Quota};

/// What a project takes: two readings and a few changes, at the pace of a far-away index.
const A_PROJECT_MS: i64 = 4_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Whoever watches long work.
pub trait LongWork: Send + Sync {
    /// So many of so many projects are done, and this one is next.
    fn next(&self, done: usize, total: usize, project: &str);
    /// One project could not be done; the others go on.
    fn failed(&self, project: &str, error: Error);
    /// Whether a person wants it to stop.
    fn is_stopped(&self) -> bool;
}

/// What would be sent, and what it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Every change that waits, in the order in which it would be sent.
    pub changes: Vec<Change>,
    /// What is left for the adds among them.
    pub quota: Quota,
}

impl Engine {
    /// What waits, project by project, with its cost.
    ///
    /// # Errors
    /// Nobody has signed in, or the database could not be read.
    pub async fn review(&self) -> Result<Review, Error> {
        let account = self.account().await?.id;
        let open = self.store.open_changes(account).await?;
        let mut changes: Vec<Change> =
            open.into_iter().filter(|change| change.state == ChangeState::Waiting).collect();
        let projects = projects_of(&changes);
        // The halves of a replacement stand together, in the order in which they are sent.
        changes.sort_by_key(|change| {
            let first = change.after.as_ref().map_or(&change.id, |new| &new.id).clone();
            let project = projects.iter().position(|known| *known == change.project);
            (project, first, change.after.is_some())
        });
        Ok(Review { changes, quota: self.quota().await? })
    }

    /// The changes that may go out without being offered again: what waits and was confirmed within
    /// 24 hours. Older ones were confirmed in another situation.
    ///
    /// # Errors
    /// Nobody has signed in, or the database could not be read.
    pub async fn freshly_confirmed(&self) -> Result<Vec<ChangeId>, Error> {
        let since_ms = self.clock.now_ms() - DAY_MS;
        let waiting = self.review().await?.changes.into_iter();
        let fresh = waiting.filter(|change| change.confirmed_at_ms > since_ms);
        Ok(fresh.map(|change| change.id).collect())
    }

    /// Sends exactly these changes, as far as they still wait. What waits besides was not reviewed
    /// and goes on waiting.
    ///
    /// # Errors
    /// A gate is closed or the database failed. What was sent before that is settled or set to be
    /// checked; the rest waits.
    pub async fn sync_changes(
        &self,
        reviewed: &[ChangeId],
        watch: &dyn LongWork,
    ) -> Result<(), Error> {
        let account = self.account().await?.id;
        let open = self.store.open_changes(account).await?;
        let chosen: Vec<Change> =
            open.into_iter().filter(|change| reviewed.contains(&change.id)).collect();
        let projects = projects_of(&chosen);
        self.confirmed_for_a_while(A_PROJECT_MS * i64::try_from(projects.len()).unwrap_or(0))
            .await?;
        let mut held_back = None;
        for (done, project) in projects.iter().enumerate() {
            if watch.is_stopped() {
                return Ok(());
            }
            watch.next(done, projects.len(), project);
            let is_chosen = |change: &Change| reviewed.contains(&change.id);
            match one(project, self.sync(project, is_chosen).await, watch) {
                // The limit is on adds only: removals of the other projects still go out.
                Err(error @ Error::WaitingForQuota(_)) => held_back = Some(error),
                result => result?,
            }
        }
        held_back.map_or(Ok(()), Err)
    }

    /// Reads the list of projects, then every publishing page that the account may manage.
    ///
    /// # Errors
    /// A gate is closed or the database failed. What was read before that is kept.
    pub async fn refresh_everything(&self, watch: &dyn LongWork) -> Result<(), Error> {
        self.refresh_projects().await?;
        let account = self.account().await?.id;
        let projects = self.store.projects(account).await?;
        let names: Vec<String> = projects
            .into_iter()
            .filter(|project| project.project.can_manage)
            .map(|project| project.project.normalized_name)
            .collect();
        for (done, project) in names.iter().enumerate() {
            if watch.is_stopped() {
                return Ok(());
            }
            watch.next(done, names.len(), project);
            one(project, self.refresh_publishing(project).await, watch)?;
        }
        Ok(())
    }
}

/// The projects of these changes, in the order in which the first of each was made.
fn projects_of(changes: &[Change]) -> Vec<String> {
    let mut projects: Vec<String> = Vec::new();
    for change in changes {
        if !projects.contains(&change.project) {
            projects.push(change.project.clone());
        }
    }
    projects
}

/// A project that was removed, or may not be managed any more, does not keep the others waiting.
fn one(project: &str, result: Result<(), Error>, watch: &dyn LongWork) -> Result<(), Error> {
    match result {
        Err(error @ Error::Index(index::Error::Forbidden | index::Error::NotFound)) => {
            watch.failed(project, error);
            Ok(())
        }
        result => result,
    }
}
