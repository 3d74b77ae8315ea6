//! Work that takes many requests: reading everything, and sending a reviewed list. One request at a
//! time; whoever watches sees each project, and can have it wait, or stop it at any moment.

use std::collections::{HashMap, HashSet};

use crate::index;
use trustdesk_domain::{Change, ChangeId, ChangeState, Reviewed};

use super::errand::{Errand, LongWork};
use super::reviewed::as_reviewed;
use super::{Engine, Error, Quota};

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
        let positions: HashMap<String, usize> =
            projects_of(&changes).into_iter().zip(0..).collect();
        // The halves of a replacement stand together, in the order in which they are sent.
        changes.sort_by_cached_key(|change| {
            let after = change.intent.after();
            let first = after.map_or(&change.id, |new| &new.id).clone();
            (positions.get(&change.project).copied(), first, after.is_some())
        });
        Ok(Review { changes, quota: self.quota().await? })
    }

    /// Sends exactly these changes, as far as they still wait. What waits besides was not reviewed
    /// and goes on waiting.
    ///
    /// # Errors
    /// Something of it is not what was reviewed, which is told before anything is sent. A gate is closed and nobody waits for it to open, another account came on screen, or the
    /// database failed. What was sent before that is settled or set to be checked; the rest waits.
    pub async fn sync_changes(
        &self,
        reviewed: &[Reviewed],
        watch: &dyn LongWork,
    ) -> Result<(), Error> {
        let account = self.account().await?.id;
        let errand = Errand::new(account, watch);
        let open = self.store.open_changes(account).await?;
        as_reviewed(&open, reviewed, &self.destination().await?)?;
        let shown: HashMap<&ChangeId, &Reviewed> = reviewed.iter().map(|it| (&it.id, it)).collect();
        let mut of_project: HashMap<&str, Vec<Reviewed>> = HashMap::new();
        for change in &open {
            if let Some(shown) = shown.get(&change.id) {
                of_project.entry(&change.project).or_default().push((*shown).clone());
            }
        }
        let mut left = projects_of(&open);
        left.retain(|project| of_project.contains_key(project.as_str()));
        let total = left.len();
        let mut unexpected = 0;
        while !left.is_empty() {
            let before = total - left.len();
            let mut held_back = Vec::new();
            let mut limit = None;
            for (done, project) in left.into_iter().enumerate() {
                watch.next(before + done, total, &project);
                let reviewed = of_project.get(project.as_str()).map_or(&[][..], Vec::as_slice);
                let sent =
                    errand.step(|| self.sync_unless_limited(&errand, &project, reviewed)).await;
                match one(&project, sent, watch, &mut unexpected)? {
                    Ended::Done => {}
                    // The limit is on adds only: removals of the other projects still go out.
                    Ended::HeldBack(error) => {
                        limit = Some(error);
                        held_back.push(project);
                    }
                    Ended::Stopped => return Ok(()),
                }
            }
            if let Some(limit) = limit {
                watch.at_gate(limit)?;
            }
            left = held_back;
        }
        Ok(())
    }

    /// Behind a limit that is known to be closed the list need not be read again.
    async fn sync_unless_limited(
        &self,
        errand: &Errand<'_>,
        project: &str,
        reviewed: &[Reviewed],
    ) -> Result<(), Error> {
        match self.limit_on_all(errand, project, reviewed).await? {
            Some(limit) => Err(Error::WaitingForQuota(limit)),
            None => self.sync(errand, project, reviewed).await,
        }
    }

    /// Reads the list of projects, then every publishing page that the account may manage.
    ///
    /// # Errors
    /// A gate is closed and nobody waits for it to open, another account came on screen, or the
    /// database failed. What was read before that is kept.
    pub async fn refresh_everything(&self, watch: &dyn LongWork) -> Result<(), Error> {
        let account = self.account().await?.id;
        let errand = Errand::new(account, watch);
        if errand.step(|| self.read_projects(&errand)).await?.is_none() {
            return Ok(());
        }
        let projects = self.store.projects(account).await?;
        let names: Vec<String> = projects
            .into_iter()
            .filter(|project| project.project.can_manage)
            .map(|project| project.project.normalized_name)
            .collect();
        self.read_each(&errand, &names).await
    }

    /// Reads the publishing pages of these projects.
    ///
    /// # Errors
    /// As for [`Self::refresh_everything`].
    pub async fn refresh_publishers(
        &self,
        projects: &[String],
        watch: &dyn LongWork,
    ) -> Result<(), Error> {
        let account = self.account().await?.id;
        self.read_each(&Errand::new(account, watch), projects).await
    }

    async fn read_each(&self, errand: &Errand<'_>, projects: &[String]) -> Result<(), Error> {
        let mut unexpected = 0;
        for (done, project) in projects.iter().enumerate() {
            errand.watch.next(done, projects.len(), project);
            let read = errand.step(|| self.read_project(errand, project)).await;
            if matches!(one(project, read, errand.watch, &mut unexpected)?, Ended::Stopped) {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// After so many unexpected answers in a row the work ends.
const MOST_UNEXPECTED: usize = 3;

/// How the work on one project ended, if that does not end all of it.
enum Ended {
    Done,
    HeldBack(Error),
    Stopped,
}

/// The projects of these changes, in the order in which the first of each was made.
fn projects_of(changes: &[Change]) -> Vec<String> {
    let mut known = HashSet::new();
    let projects = changes.iter().map(|change| &change.project);
    projects.filter(|project| known.insert(*project)).cloned().collect()
}

/// Reports an error that concerns one project or one request, so that the work goes on with the others.
/// `unexpected` counts the unexpected answers in a row: several of them concern the whole index.
fn one(
    project: &str,
    result: Result<Option<()>, Error>,
    watch: &dyn LongWork,
    unexpected: &mut usize,
) -> Result<Ended, Error> {
    let failure = match result {
        Ok(Some(())) => {
            *unexpected = 0;
            return Ok(Ended::Done);
        }
        Ok(None) => return Ok(Ended::Stopped),
        Err(error @ Error::WaitingForQuota(_)) => return Ok(Ended::HeldBack(error)),
        Err(error) => error,
    };
    match &failure {
        Error::Index(index::Error::Forbidden | index::Error::NotFound) => {}
        Error::Index(
            index::Error::PageNotUnderstood(_)
            | index::Error::TooLarge
            | index::Error::OutcomeUnknown(_),
        ) if *unexpected + 1 < MOST_UNEXPECTED => *unexpected += 1,
        _ => return Err(failure),
    }
    watch.failed(project, failure);
    Ok(Ended::Done)
}
