//! Sending what waits for one project: read the list, send one by one, read the list again. Only
//! that second reading proves anything (architecture, section 5).

use crate::index::{self, Outcome, Request};
use crate::store::Claim;
use trustdesk_domain::{
    Change, ChangeAction, ChangeEvent, ChangeId, ChangeState, Intent, PublishingPage, Reasons,
    Reviewed,
};

use super::closed::closed;
use super::engine::{Connected, recover};
use super::errand::{Errand, Unwatched};
use super::in_flight::Moment;
use super::plan::Situation;
use super::reviewed::as_reviewed;
use super::{Engine, Error, Wait, plan, quota};

const STOPPED: &str = "Stopped while this was being sent; the index's list will tell.";
const NO_ANSWER: &str = "No certain answer came; the index's list will tell.";

/// What a yes of the index means while its list does not show the change.
const ACCEPTED: &str = "The index answered yes, but does not list it. It may be read-only now.";
const ACCEPTED_UNREAD: &str = "The index answered yes; its list will tell.";

impl Engine {
    /// Sends what was reviewed for a project and waits, oldest first, and reads its list before and
    /// after. Whatever else waits was not shown and is not sent along; what cannot be sent goes on
    /// waiting.
    ///
    /// # Errors
    /// Something of it is not what was reviewed, a gate is closed, or the index or the database could
    /// not be used. Whatever was sent before that is settled or set to be checked.
    pub async fn sync_reviewed(&self, project: &str, reviewed: &[Reviewed]) -> Result<(), Error> {
        let account = self.account().await?.id;
        // Of every project: one that was moved to another project is no longer what was shown.
        let open = self.store.open_changes(account).await?;
        as_reviewed(&open, reviewed, &self.destination().await?)?;
        self.sync(&Errand::new(account, &Unwatched), project, reviewed).await
    }

    /// One project's turn. A pause or a stop ends it early, as an interruption: whatever was sent is
    /// settled or set to be checked then, and no lock is held while a person takes their time.
    pub(super) async fn sync(
        &self,
        errand: &Errand<'_>,
        project: &str,
        reviewed: &[Reviewed],
    ) -> Result<(), Error> {
        let _turn = errand.unless_stopped(self.sending.lock()).await?;
        // Said before the index or the keyring is asked for anything.
        let account = self.account().await?.id;
        drop(self.store.sender_lock(account)?.ok_or(Error::AnotherSends)?);
        let connected = self.connected_for(errand).await?;
        let account = connected.account.id;
        // Held to the end: while it is, no other process sends for this account.
        let sender = self.store.sender_lock(account)?.ok_or(Error::AnotherSends)?;
        recover(&self.store, account, &sender, self.clock.now_ms()).await?;
        let mut page = self.read_and_compare(errand, &connected, project).await?;
        let mut tried: Vec<ChangeId> = Vec::new();
        // Set by an add of this turn: no other add is sent in it, whatever time the index names.
        let mut limit_met = None;
        // A second round sends the removals whose new publishers the first round has listed. What
        // was tried once is not tried again.
        loop {
            self.notice_other_rows(account, project, &page).await?;
            self.notice_taken_pipelines(account, project).await?;
            let open = self.store.open_changes_of(account, project).await?;
            as_reviewed(&open, reviewed, &connected.destination())?;
            let discarded_unknown = self.store.discarded_unknown(account, project).await?;
            let situation =
                Situation { open: &open, discarded_unknown: &discarded_unknown, page: &page };
            let shown = |change: &Change| {
                let shown = reviewed.iter().find(|shown| shown.id == change.id);
                shown.filter(|shown| !tried.contains(&shown.id))
            };
            let mut to_send = self.to_send(&connected, &situation);
            to_send.retain(|change| shown(change).is_some());
            let waits = |change: &Change| change.state == ChangeState::Waiting;
            if open.iter().any(|change| waits(change) && shown(change).is_some()) {
                self.look_for_blockers(errand, &connected, &page).await?;
            }
            let limit = limit_met.or_else(|| self.limit_of(&connected));
            let limit = limit.filter(|_| hold_back_adds(&mut to_send)).or(limit_met);
            if to_send.is_empty() {
                return limit.map_or(Ok(()), |limit| Err(Error::WaitingForQuota(limit)));
            }
            let to_send: Vec<&Reviewed> = to_send.into_iter().filter_map(shown).collect();
            let (sent, stopped) = self.send_each(errand, &connected, &to_send, &mut tried).await?;
            page = self.prove(errand, &connected, &page, project, sent).await?;
            self.store.done_together(&tried, self.clock.now_ms()).await?;
            match stopped {
                // It keeps no removal from being sent.
                Some(Error::WaitingForQuota(met)) => limit_met = Some(met),
                Some(stopped) => return Err(stopped),
                None => {}
            }
        }
    }

    /// Sends one after the other until something stands in the way, and tells what that was.
    async fn send_each(
        &self,
        errand: &Errand<'_>,
        connected: &Connected,
        to_send: &[&Reviewed],
        tried: &mut Vec<ChangeId>,
    ) -> Result<(Vec<Change>, Option<Error>), Error> {
        if errand.watch.is_held() {
            return Err(Error::Interrupted);
        }
        errand.answer(self, connected, connected.index.take_messages()).await?;
        let mut accepted = Vec::new();
        for reviewed in to_send {
            if errand.watch.is_held() {
                return Ok((accepted, Some(Error::Interrupted)));
            }
            tried.push(reviewed.id.clone());
            match self.send(errand, connected, reviewed).await? {
                Ok(one) => accepted.extend(one),
                Err(error) => return Ok((accepted, Some(error))),
            }
        }
        Ok((accepted, None))
    }

    /// What can go now, oldest first.
    fn to_send<'a>(&self, connected: &Connected, situation: &Situation<'a>) -> Vec<&'a Change> {
        let now = self.moment(connected);
        let waiting = situation.waiting(|change| self.wait_of(change, now));
        waiting.into_iter().filter(|(_, held)| held.is_none()).map(|(change, _)| change).collect()
    }

    /// Claims and sends one change, made of the row that the claim has compared with what was reviewed.
    /// The outer error is the database's; the inner one is a reason to send nothing more. Inside is what
    /// the index said yes to, which its list has to prove.
    async fn send(
        &self,
        errand: &Errand<'_>,
        connected: &Connected,
        reviewed: &Reviewed,
    ) -> Result<Result<Option<Change>, Error>, Error> {
        if let Err(stopped) = errand.unless_stopped(connected.index.until_free()).await {
            return Ok(Err(stopped));
        }
        // Claim first, on disk: a crash from here on leads to checking, never to a second request.
        let claimed_at_ms = self.clock.now_ms();
        let Moment { steady_ms, index } = self.moment_of_request(connected);
        self.in_flight.sent(&reviewed.id, claimed_at_ms, steady_ms);
        let (account, to) = (connected.account.id, connected.destination());
        let change = match self.store.claim(account, reviewed, &to, index, claimed_at_ms).await? {
            Claim::Claimed(change) => *change,
            // Another sender has it.
            Claim::NotWaiting => return Ok(Ok(None)),
            Claim::Changed => {
                return Ok(Err(Error::ChangedSinceReview(vec![reviewed.id.clone()])));
            }
        };
        let change = &change;
        let request = request(&change.intent);
        let submitted = connected.index.submit(&change.project, &request);
        let outcome = match errand.unless_stopped(submitted).await {
            Ok(outcome) => outcome,
            Err(stopped) => {
                // Nobody knows how far it came: it counts as sent, and only the list tells.
                self.check_later(connected, change, claimed_at_ms, STOPPED).await?;
                return Ok(Err(stopped));
            }
        };
        let now_ms = self.clock.now_ms();
        Ok(match outcome {
            Outcome::Accepted => Ok(Some(change.clone())),
            Outcome::Refused(reasons) => {
                self.refused(errand, connected, &change.id, reasons).await?;
                Ok(None)
            }
            Outcome::NotSent(error) => {
                let (event, reasons) = closed(&error).map_or_else(
                    || (ChangeEvent::NotSent, words(&format!("Not sent: {error}."))),
                    |reasons| (ChangeEvent::Refused, reasons),
                );
                // The gate first: of the two it is what the list cannot tell after a crash.
                let closed = self.close_gate(connected, change, error).await?;
                self.store.move_change(&change.id, event, &reasons, now_ms).await?;
                Err(closed)
            }
            Outcome::Unknown(error) => {
                self.check_later(connected, change, claimed_at_ms, NO_ANSWER).await?;
                Err(self.note(error).into())
            }
        })
    }

    /// The request of a change was given up: it may have arrived just before.
    async fn check_later(
        &self,
        connected: &Connected,
        change: &Change,
        claimed_at_ms: i64,
        why: &str,
    ) -> Result<(), Error> {
        let Moment { steady_ms, index } = self.moment_of_request(connected);
        self.in_flight.sent(&change.id, claimed_at_ms, steady_ms);
        self.store.lose_reply(&change.id, &words(why), index, self.clock.now_ms()).await?;
        Ok(())
    }

    /// What an answer that means "not sent" closes: registrations, if it is the limit on them, or all
    /// that is asked for next.
    async fn close_gate(
        &self,
        connected: &Connected,
        change: &Change,
        error: index::Error,
    ) -> Result<Error, Error> {
        let seconds = match (error, change.intent.action()) {
            (index::Error::TooMany(seconds), ChangeAction::Add) => seconds,
            (error, _) => return Ok(self.note(error).into()),
        };
        let (now, left_ms) = (self.moment(connected), quota::closes_for_ms(seconds));
        let account = connected.account.id;
        match now.index {
            Some(index) => self.store.close_quota(account, Some(index.plus_ms(left_ms))).await?,
            None => self.limits_met.closes(account, now.steady_ms + left_ms),
        }
        Ok(Error::WaitingForQuota(Wait::from(self.clock.now_ms(), left_ms)))
    }

    /// Reads the list and lets it judge what the index said yes to. If it cannot be read, all of that is
    /// checked later.
    async fn prove(
        &self,
        errand: &Errand<'_>,
        connected: &Connected,
        before: &PublishingPage,
        project: &str,
        accepted: Vec<Change>,
    ) -> Result<PublishingPage, Error> {
        let reading = self.read_publishing(errand, connected, project).await;
        let now_ms = self.clock.now_ms();
        for change in accepted {
            // What the list shows was settled by the reading; this event then moves nothing.
            let (event, why) = match &reading {
                Err(_) => (ChangeEvent::ReplyLost, ACCEPTED_UNREAD),
                Ok(after) => match plan::renamed_row_of(&change, before, after) {
                    Some(row) => {
                        self.store.listed_as(&change.id, &row.id).await?;
                        (ChangeEvent::Listed, ACCEPTED)
                    }
                    None => (ChangeEvent::NotListedAfterSuccess, ACCEPTED),
                },
            };
            self.store.move_change(&change.id, event, &words(why), now_ms).await?;
        }
        reading
    }
}

/// Takes the adds out of what is sent while the index takes no more registrations, and tells whether
/// there were any. The limit is on these only, and a removal may be what cannot wait a day.
fn hold_back_adds(to_send: &mut Vec<&Change>) -> bool {
    let confirmed = to_send.len();
    to_send.retain(|change| change.intent.action() != ChangeAction::Add);
    to_send.len() < confirmed
}

fn request(intent: &Intent) -> Request {
    match intent {
        Intent::Add { publisher, .. } => Request::Add(publisher.clone()),
        Intent::Remove { row, .. } => Request::Remove(row.clone()),
    }
}

fn words(text: &str) -> Reasons {
    Reasons { messages: vec![text.to_owned()], ..Reasons::default() }
}
