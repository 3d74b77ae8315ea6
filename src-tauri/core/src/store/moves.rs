//! What happens to a change. A state only ever moves through [`next`], by compare-and-set, so that two
//! processes on one file cannot both send a change.

use sqlx::{Sqlite, Transaction};
use tracing::info;

use trustdesk_domain::{ChangeEvent, ChangeId, ChangeState, PublisherId, Reasons, next};

use super::changes::{next_order, state};
use super::{AccountId, Error, SenderLock, Store, attempts, sends};

impl Store {
    /// Remembers under which row the index lists what a change added.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn listed_as(&self, id: &ChangeId, row: &PublisherId) -> Result<(), Error> {
        sqlx::query("UPDATE changes SET publisher_id = ? WHERE change_id = ? AND action = 'add'")
            .bind(&row.0)
            .bind(&id.0)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// What one sync got done was done with its last reading of the list, so that a page which shows
    /// what the last reading brought shows all of it.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn done_together(&self, ids: &[ChangeId], now_ms: i64) -> Result<(), Error> {
        sqlx::query(
            "UPDATE changes SET settled_at_ms = ? WHERE state = 'done'
                 AND change_id IN (SELECT value FROM json_each(?))",
        )
        .bind(now_ms)
        .bind(serde_json::to_string(ids)?)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Lets an event happen to a change, and tells whether it moved. A change that another process
    /// moved meanwhile is judged by where it is now.
    ///
    /// # Errors
    /// The database could not be written; then nothing moved.
    pub async fn move_change(
        &self,
        id: &ChangeId,
        event: ChangeEvent,
        reasons: &Reasons,
        now_ms: i64,
    ) -> Result<bool, Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let moved = move_in(&mut transaction, id, event, reasons, now_ms).await?;
        transaction.commit().await?;
        Ok(moved)
    }

    /// Keeps the words of a refusal that came after it was kept. A change that has moved on since is left
    /// as it is.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn explain_refusal(&self, id: &ChangeId, reasons: &Reasons) -> Result<(), Error> {
        sqlx::query("UPDATE changes SET reasons = ? WHERE change_id = ? AND state = 'rejected'")
            .bind(serde_json::to_string(reasons)?)
            .bind(&id.0)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// The accounts that have a change on its way, as far as the file knows.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn accounts_sending(&self) -> Result<Vec<AccountId>, Error> {
        let accounts: Vec<i64> =
            sqlx::query_scalar("SELECT DISTINCT account_id FROM changes WHERE state = 'sending'")
                .fetch_all(&self.readers)
                .await?;
        Ok(accounts.into_iter().map(AccountId).collect())
    }

    /// Whatever a process was sending when it ended may or may not have arrived, so only the index's
    /// list can tell. The lock proves that no living process is sending for the account.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn recover_changes(
        &self,
        account: AccountId,
        _alone: &SenderLock,
        reasons: &Reasons,
        now_ms: i64,
    ) -> Result<(), Error> {
        let open = self.open_changes(account).await?;
        for change in open.into_iter().filter(|change| change.state == ChangeState::Sending) {
            self.move_change(&change.id, ChangeEvent::ReplyLost, reasons, now_ms).await?;
        }
        Ok(())
    }
}

/// The same within a transaction of more than this.
pub(super) async fn move_in(
    transaction: &mut Transaction<'_, Sqlite>,
    id: &ChangeId,
    event: ChangeEvent,
    reasons: &Reasons,
    now_ms: i64,
) -> Result<bool, Error> {
    let from: Option<String> = sqlx::query_scalar("SELECT state FROM changes WHERE change_id = ?")
        .bind(&id.0)
        .fetch_optional(&mut **transaction)
        .await?;
    let Some(from) = from.as_deref().map(state).transpose()? else {
        return Ok(false);
    };
    let to = next(from, event);
    if to == from {
        return Ok(false);
    }
    sqlx::query(concat!(
        "UPDATE changes SET state = ?1, reasons = ?2,
             claimed_at_ms = CASE WHEN ?1 = 'sending' THEN ?3 ELSE claimed_at_ms END,
             settled_at_ms = CASE WHEN ?1 IN ('done', 'discarded') THEN ?3 END,
             settled_order = CASE WHEN ?1 IN ('done', 'discarded') THEN ",
        next_order!(),
        " ELSE 0 END
         WHERE change_id = ?4",
    ))
    .bind(to.key())
    .bind(serde_json::to_string(reasons)?)
    .bind(now_ms)
    .bind(&id.0)
    .execute(&mut **transaction)
    .await?;
    attempts::count(transaction, id, event, now_ms).await?;
    sends::record(transaction, id, (from, event)).await?;
    info!(change = id.0, from = from.key(), to = to.key(), "moved");
    Ok(true)
}

#[cfg(test)]
pub(super) mod tests {
    use std::slice;

    use super::*;
    use crate::store::NewAdd;
    use trustdesk_domain::{Change, Github, Index, Publisher};

    pub(in crate::store) async fn store_with_change()
    -> (tempfile::TempDir, Store, AccountId, Change) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let index = Index::pypi().expect("known");
        store.select_index(&index).await.expect("opened");
        let account = store.select_account_named(&index.key, "alice").await.expect("opened").id;
        let publisher = Publisher::Github(Github {
            owner: "octo-org".to_owned(),
            repository: "demo".to_owned(),
            workflow_filename: "release.yml".to_owned(),
            environment: None,
        });
        let add = NewAdd::of("demo", &publisher);
        let (change, _) = store.queue_add(account, &add, 5).await.expect("queued");
        (folder, store, account, change)
    }

    #[tokio::test]
    async fn a_change_is_claimed_once() {
        let (_folder, store, _, change) = store_with_change().await;
        let none = Reasons::default();
        let claim = || store.move_change(&change.id, ChangeEvent::Claimed, &none, 6);
        assert!(claim().await.expect("moves"));
        assert!(!claim().await.expect("stays"), "a second sender must not get it");
    }

    #[tokio::test]
    async fn what_was_being_sent_at_a_crash_is_checked_not_sent_again() {
        let (folder, store, account, change) = store_with_change().await;
        let none = Reasons::default();
        store.move_change(&change.id, ChangeEvent::Claimed, &none, 6).await.expect("moves");
        store.close().await;
        let store = Store::open(folder.path()).await.expect("opens again");
        let alone = store.sender_lock(account).expect("asked").expect("nobody else sends");
        store.recover_changes(account, &alone, &none, 7).await.expect("recovers");
        let found = store.change(account, &change.id).await.expect("reads").expect("there");
        assert_eq!(found.state, ChangeState::Checking);
        assert_eq!(found.claimed_at_ms, Some(6), "the wait counts from when it was sent");
    }

    #[tokio::test]
    async fn words_of_a_refusal_are_kept_while_it_is_one() {
        let (_folder, store, account, change) = store_with_change().await;
        let none = Reasons::default();
        let said = |words: &str| Reasons { messages: vec![words.to_owned()], ..Reasons::default() };
        let reasons = async || {
            let found = store.change(account, &change.id).await.expect("reads").expect("there");
            found.reasons.messages
        };
        store.explain_refusal(&change.id, &said("early")).await.expect("written");
        assert_eq!(reasons().await, Vec::<String>::new(), "it is not refused");
        store.move_change(&change.id, ChangeEvent::Claimed, &none, 6).await.expect("moves");
        store.move_change(&change.id, ChangeEvent::Refused, &said("lost"), 7).await.expect("moves");
        store.explain_refusal(&change.id, &said("no")).await.expect("written");
        assert_eq!(reasons().await, ["no"]);
        store.move_change(&change.id, ChangeEvent::Listed, &none, 8).await.expect("moves");
        store.explain_refusal(&change.id, &said("late")).await.expect("written");
        assert_eq!(reasons().await, Vec::<String>::new(), "it is done");
    }

    #[tokio::test]
    async fn what_one_sync_got_done_was_done_with_its_last_reading() {
        let (_folder, store, account, change) = store_with_change().await;
        let none = Reasons::default();
        store.move_change(&change.id, ChangeEvent::Listed, &none, 6).await.expect("moves");
        store.done_together(slice::from_ref(&change.id), 9).await.expect("written");
        let found = store.change(account, &change.id).await.expect("reads").expect("there");
        assert_eq!(found.settled_at_ms, Some(9));
    }

    #[tokio::test]
    async fn a_change_that_is_over_is_no_longer_open() {
        let (_folder, store, account, change) = store_with_change().await;
        let none = Reasons::default();
        store.move_change(&change.id, ChangeEvent::Discarded, &none, 6).await.expect("moves");
        assert_eq!(store.open_changes(account).await.expect("reads"), []);
        let found = store.change(account, &change.id).await.expect("reads").expect("kept");
        assert_eq!(found.settled_at_ms, Some(6));
    }
}
