//! Why what waits is not sent now: the same judgement by which a sending chooses, for whoever asks.

use std::collections::{BTreeMap, HashSet};

use trustdesk_domain::{Change, ChangeAction, ChangeId, ChangeState, PublishingPage, Reviewed};

use super::errand::Errand;
use super::in_flight::Moment;
use super::plan::Situation;
use super::{Engine, Error, HeldBack, Wait};

impl Engine {
    /// What holds each of these changes back that are not over, by the lists that were read last. A
    /// change that nothing holds back is left out.
    ///
    /// # Errors
    /// Nobody has signed in, or the database could not be read.
    pub async fn held_back(&self, ids: &[ChangeId]) -> Result<Vec<(ChangeId, HeldBack)>, Error> {
        let account = self.account().await?;
        let limit = self.limit(&account).await;
        let index = self.known(&account).await.and_then(|connected| connected.index.time());
        let now = Moment { index, steady_ms: self.clock.steady_ms() };
        let ids: HashSet<&ChangeId> = ids.iter().collect();
        // What is not asked about may still hold back another change of its project.
        let mut projects: BTreeMap<String, Vec<Change>> = BTreeMap::new();
        for change in self.store.open_changes(account.id).await? {
            projects.entry(change.project.clone()).or_default().push(change);
        }
        projects.retain(|_, open| open.iter().any(|change| ids.contains(&change.id)));
        // Few queries, however many projects there are: each screen with changes asks this.
        let names: Vec<&str> = projects.keys().map(String::as_str).collect();
        let pages = self.store.pages_of(account.id, &names).await?;
        let unknown = self.store.discarded_unknown_of(account.id, &names).await?;
        let mut held_back = Vec::new();
        for (project, open) in &projects {
            let checked = open.iter().filter(|change| change.state == ChangeState::Checking);
            held_back.extend(checked.map(|change| {
                let left_ms = self.in_flight.through_in_ms(change, now);
                let wait = Wait::from(self.clock.now_ms(), left_ms);
                (change.id.clone(), HeldBack::OutcomeUnknown(wait))
            }));
            let (page, unknown) = match unknown.get(project) {
                // Sending returns this error. Here the project counts as not read.
                Some(Err(_)) => (None, &[][..]),
                Some(Ok(unknown)) => (pages.get(project), unknown.as_slice()),
                None => (pages.get(project), &[][..]),
            };
            held_back.extend(self.held_back_of(open, page, unknown, limit, now));
        }
        held_back.retain(|(id, _)| ids.contains(id));
        Ok(held_back)
    }

    fn held_back_of(
        &self,
        open: &[Change],
        page: Option<&PublishingPage>,
        discarded_unknown: &[Change],
        limit: Option<Wait>,
        now: Moment,
    ) -> Vec<(ChangeId, HeldBack)> {
        let Some(page) = page else {
            let waiting = open.iter().filter(|change| change.state == ChangeState::Waiting);
            return waiting.map(|change| (change.id.clone(), HeldBack::ListNotRead)).collect();
        };
        let situation = Situation { open, discarded_unknown, page };
        let by_limit = |change: &Change| limit.filter(|_| is_add(change)).map(HeldBack::Limit);
        let waiting = situation.waiting(|change| self.wait_of(change, now)).into_iter();
        waiting
            .filter_map(|(change, held)| {
                Some((change.id.clone(), held.or_else(|| by_limit(change))?))
            })
            .collect()
    }

    /// How long a change is left alone because it was sent without effect; none: it is not.
    pub(super) fn wait_of(&self, change: &Change, now: Moment) -> Option<Wait> {
        let left_ms = self.in_flight.wait_ms(change, now)?;
        Some(Wait::from(self.clock.now_ms(), left_ms))
    }

    /// The limit of the index, if it holds back all of these changes of a project, so that there is
    /// nothing to send and nothing to look for.
    ///
    /// # Errors
    /// Another account is on screen than the errand's, or the database failed.
    pub(super) async fn limit_on_all(
        &self,
        errand: &Errand<'_>,
        project: &str,
        reviewed: &[Reviewed],
    ) -> Result<Option<Wait>, Error> {
        let account = self.account().await?;
        errand.is_of(account.id)?;
        let Some(limit) = self.limit(&account).await else { return Ok(None) };
        let mut chosen = self.store.open_changes_of(account.id, project).await?;
        chosen.retain(|change| reviewed.iter().any(|shown| shown.id == change.id));
        // A removal that comes after an add waits for it.
        let waits_for_limit = |change: &Change| {
            change.state == ChangeState::Waiting
                && (is_add(change) || change.intent.after().is_some())
        };
        let is_any_add = chosen.iter().any(is_add);
        Ok((is_any_add && chosen.iter().all(waits_for_limit)).then_some(limit))
    }
}

fn is_add(change: &Change) -> bool {
    change.intent.action() == ChangeAction::Add
}
