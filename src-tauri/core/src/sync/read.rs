//! Reading the index into the store. A list that could not be read whole changes nothing.

use crate::store::AccountId;
use trustdesk_domain::{Change, ChangeEvent, PublishingPage, Reasons};

use super::engine::Connected;
use super::errand::Errand;
use super::in_flight::Moment;
use super::plan::DiscardedOutcome;
use super::{Engine, Error, plan};

impl Engine {
    /// Reads the account's list of projects.
    ///
    /// # Errors
    /// Nobody is signed in, or the index or the database could not be used.
    pub async fn refresh_projects(&self) -> Result<(), Error> {
        self.read_projects(&self.unwatched().await?).await
    }

    pub(super) async fn read_projects(&self, errand: &Errand<'_>) -> Result<(), Error> {
        let connected = self.connected_for(errand).await?;
        let projects = errand.answer(self, &connected, connected.index.projects()).await?;
        self.store.save_projects(connected.account.id, &projects, self.clock.now_ms()).await?;
        Ok(())
    }

    /// Reads a project's publishers, and settles the changes that the list answers.
    ///
    /// # Errors
    /// Nobody is signed in, or the index or the database could not be used.
    pub async fn refresh_publishing(&self, project: &str) -> Result<(), Error> {
        self.read_project(&self.unwatched().await?, project).await
    }

    pub(super) async fn read_project(
        &self,
        errand: &Errand<'_>,
        project: &str,
    ) -> Result<(), Error> {
        let connected = self.connected_for(errand).await?;
        self.read_and_compare(errand, &connected, project).await.map(drop)
    }

    /// Reads a project's publishers and compares them with those on which what waits was confirmed.
    pub(super) async fn read_and_compare(
        &self,
        errand: &Errand<'_>,
        connected: &Connected,
        project: &str,
    ) -> Result<PublishingPage, Error> {
        let page = self.read_publishing(errand, connected, project).await?;
        self.notice_other_rows(connected.account.id, project, &page).await?;
        self.notice_others(connected.account.id, project, &page).await?;
        Ok(page)
    }

    pub(super) async fn read_publishing(
        &self,
        errand: &Errand<'_>,
        connected: &Connected,
        project: &str,
    ) -> Result<PublishingPage, Error> {
        // The index wrote the list at some time after this: an answer may be long on its way.
        let asked_steady_ms = self.clock.steady_ms();
        let asked = connected.index.publishing(project);
        let account = connected.account.id;
        let page = match errand.answer(self, connected, asked).await {
            Err(Error::Index(error)) => {
                self.reject_if_closed(account, project, &error).await?;
                return Err(error.into());
            }
            page => page?,
        };
        self.store.save_publishing(account, project, &page, self.clock.now_ms()).await?;
        let asked = self.moment_at(connected, asked_steady_ms);
        self.settle(account, project, &page, asked).await?;
        Ok(page)
    }

    /// Lets the list speak to every open change of the project. A change that this process is just
    /// sending is judged by its sender, which knows the answer too.
    async fn settle(
        &self,
        account: AccountId,
        project: &str,
        page: &PublishingPage,
        asked: Moment,
    ) -> Result<(), Error> {
        let now_ms = self.clock.now_ms();
        for change in self.store.open_changes_of(account, project).await? {
            // The row first: a process that ends in between must not leave an add that is done without
            // the row by which it is known to be ours.
            if let Some(row) = plan::row_of_add(&change.intent, page) {
                self.store.listed_as(&change.id, &row.id).await?;
            }
            let index_is_through = self.in_flight.index_is_through(&change, asked);
            if let Some(event) = plan::settled(&change, page, index_is_through) {
                let reasons = reasons_for(event, &change);
                self.store.move_change(&change.id, event, &reasons, now_ms).await?;
            }
        }
        self.look_for_discarded(account, project, page, asked).await
    }

    /// Lets the list tell what came of changes that were discarded while nobody knew.
    async fn look_for_discarded(
        &self,
        account: AccountId,
        project: &str,
        page: &PublishingPage,
        asked: Moment,
    ) -> Result<(), Error> {
        for change in self.store.discarded_unknown(account, project).await? {
            let index_is_through = self.in_flight.index_is_through(&change, asked);
            match plan::outcome_of_discarded(&change, page, index_is_through) {
                DiscardedOutcome::Listed(row) => self.store.listed_as(&change.id, &row).await?,
                DiscardedOutcome::NoEffect => self.store.had_no_effect(&change.id).await?,
                DiscardedOutcome::Unknown => {}
            }
        }
        Ok(())
    }

    /// This moment by the two clocks that count, for a request that may be on its way since: by the
    /// index's not before it can have left.
    pub(super) fn moment_of_request(&self, connected: &Connected) -> Moment {
        let index = connected.index.time_at_latest();
        Moment { index, steady_ms: self.clock.steady_ms() }
    }

    /// This moment by the two clocks that count, for what must have passed by now.
    pub(super) fn moment(&self, connected: &Connected) -> Moment {
        Moment { index: connected.index.time(), steady_ms: self.clock.steady_ms() }
    }

    /// A moment that has passed in this process. What the index told since of its time is counted back.
    fn moment_at(&self, connected: &Connected, steady_ms: i64) -> Moment {
        let now = self.moment(connected);
        let index = now.index.map(|index| index.plus_ms(steady_ms - now.steady_ms));
        Moment { steady_ms, index }
    }
}

fn reasons_for(event: ChangeEvent, change: &Change) -> Reasons {
    let messages = match event {
        ChangeEvent::RetriesExhausted => vec![format!(
            "Sent {} times in 24 hours, and no answer came; the index's list shows no effect.",
            change.sends.in_a_day()
        )],
        _ => Vec::new(),
    };
    Reasons { messages, ..Reasons::default() }
}
