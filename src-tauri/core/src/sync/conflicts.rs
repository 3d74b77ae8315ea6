//! Others who change a project while something waits for it: noticed with each list that is read,
//! told to the person who must decide.

use crate::store::AccountId;
use trustdesk_domain::{
    Change, ChangeAction, ChangeEvent, ChangeState, Conflict, PublishingPage, Reasons, conflict,
};

use super::{Engine, Error, plan};

const OTHERS_CHANGED: &str =
    "Someone else changed this project's publishers after you decided this.";
const NEW_ONE_GONE: &str =
    "The publisher that was to take its place was listed, and is not any more.";
const ANOTHER_PUBLISHER: &str = "The row to remove is now another publisher.";

impl Engine {
    /// What others did to the project's publishers since a change that needs a person was confirmed,
    /// as far as the list was read; none: nothing, or the change needs a person for another reason.
    ///
    /// # Errors
    /// Nobody has signed in, or the database could not be read.
    pub async fn conflict(&self, change: &Change) -> Result<Option<Conflict>, Error> {
        if change.state != ChangeState::NeedsYou {
            return Ok(None);
        }
        let account = self.account().await?.id;
        let Some(read) = self.store.publishing(account, &change.project).await? else {
            return Ok(None);
        };
        let ours = self.store.done_here_since(&change.id).await?;
        Ok(conflict(change, &read.page, &ours))
    }

    /// Takes what waits out of the way if the list is not the one on which it was confirmed.
    pub(super) async fn notice_others(
        &self,
        account: AccountId,
        project: &str,
        page: &PublishingPage,
    ) -> Result<(), Error> {
        let mut waiting = self.store.open_changes_of(account, project).await?;
        waiting.retain(|change| change.state == ChangeState::Waiting);
        for change in waiting {
            let ours = self.store.done_here_since(&change.id).await?;
            let after = change.intent.after();
            let new_one_gone =
                after.is_some_and(|new| new.state == ChangeState::Done && !new.is_listed(page));
            let words = if new_one_gone {
                NEW_ONE_GONE
            } else if conflict(&change, page, &ours).is_some() {
                OTHERS_CHANGED
            } else {
                continue;
            };
            let reasons = Reasons { messages: vec![words.to_owned()], ..Reasons::default() };
            let now_ms = self.clock.now_ms();
            self.store
                .move_change(&change.id, ChangeEvent::OthersChanged, &reasons, now_ms)
                .await?;
        }
        Ok(())
    }

    /// Takes removals out of the way whose row is not the publisher that a person decided on. Only the
    /// row is sent, so the list that was just read must say the same of it as what was shown.
    pub(super) async fn notice_other_rows(
        &self,
        account: AccountId,
        project: &str,
        page: &PublishingPage,
    ) -> Result<(), Error> {
        let open = self.store.open_changes_of(account, project).await?;
        let waiting = open.iter().filter(|change| change.state == ChangeState::Waiting);
        for change in waiting.filter(|change| plan::is_of_another_row(&change.intent, page)) {
            let messages = vec![ANOTHER_PUBLISHER.to_owned()];
            let reasons = Reasons { messages, ..Reasons::default() };
            let (event, now_ms) = (ChangeEvent::OthersChanged, self.clock.now_ms());
            self.store.move_change(&change.id, event, &reasons, now_ms).await?;
        }
        Ok(())
    }

    /// Takes adds out of the way that the index would answer with a server error, whatever the form
    /// knew when they were confirmed. Of two queued ones the older is sent.
    pub(super) async fn notice_taken_pipelines(
        &self,
        account: AccountId,
        project: &str,
    ) -> Result<(), Error> {
        let mut adds = self.store.open_changes_of(account, project).await?;
        adds.retain(|change| {
            change.intent.action() == ChangeAction::Add && change.state == ChangeState::Waiting
        });
        for change in adds {
            let goes_before = |other: &Change| match other.state {
                ChangeState::Waiting => other.id < change.id,
                ChangeState::Sending | ChangeState::Checking => true,
                _ => false,
            };
            let publisher = change.intent.publisher();
            if let Some(why) = self.pipeline_taken(account, publisher, goes_before).await? {
                let reasons = Reasons { messages: vec![why.text], ..Reasons::default() };
                let (event, now_ms) = (ChangeEvent::OthersChanged, self.clock.now_ms());
                self.store.move_change(&change.id, event, &reasons, now_ms).await?;
            }
        }
        Ok(())
    }
}
