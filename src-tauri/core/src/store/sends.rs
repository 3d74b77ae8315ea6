//! The requests for a change by the index's clock, and the changes that were discarded while nobody knew
//! what had come of theirs. Written in the same commit as the change's state.

use sqlx::{Sqlite, Transaction};

use trustdesk_domain::{ChangeEvent, ChangeId, ChangeState, IndexTime, Reasons};

use super::moves::move_in;
use super::{Error, Store};

impl Store {
    /// The answer to the request of a change was given up at this time of the index, until when it may
    /// have been on its way; whether the change moved.
    ///
    /// # Errors
    /// The database could not be written; then nothing moved.
    pub async fn lose_reply(
        &self,
        id: &ChangeId,
        reasons: &Reasons,
        index_time: Option<IndexTime>,
        now_ms: i64,
    ) -> Result<bool, Error> {
        let event = ChangeEvent::ReplyLost;
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let moved = move_in(&mut transaction, id, event, reasons, now_ms).await?;
        if moved && let Some(IndexTime(at_ms)) = index_time {
            // Never earlier than before: what answers in the index's place may have another time.
            sqlx::query(
                "UPDATE changes SET sends = json_set(sends, '$[#-1]',
                     max(?1, ifnull(json_extract(sends, '$[#-1]'), ?1))) WHERE change_id = ?2",
            )
            .bind(at_ms)
            .bind(&id.0)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(moved)
    }

    /// A change that was discarded without an answer certainly had no effect.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn had_no_effect(&self, id: &ChangeId) -> Result<(), Error> {
        sqlx::query("UPDATE changes SET outcome_unknown = 0 WHERE change_id = ?")
            .bind(&id.0)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}

/// What an event that moved a change means for its requests.
pub(super) async fn record(
    transaction: &mut Transaction<'_, Sqlite>,
    id: &ChangeId,
    (from, event): (ChangeState, ChangeEvent),
) -> Result<(), Error> {
    let update = match (from, event) {
        (_, ChangeEvent::Claimed) => sqlx::query(
            "UPDATE changes SET sends = json_insert(sends, '$[#]', NULL) WHERE change_id = ?",
        ),
        (_, ChangeEvent::NotSent) => sqlx::query(
            "UPDATE changes SET sends = json_remove(sends, '$[#-1]') WHERE change_id = ?",
        ),
        // A person's decision starts the count anew.
        (_, ChangeEvent::SendAgain) => {
            sqlx::query("UPDATE changes SET sends = '[]', outcome_unknown = 0 WHERE change_id = ?")
        }
        // The index said yes, and may list it yet, also after it was discarded.
        (_, ChangeEvent::NotListedAfterSuccess) => {
            sqlx::query("UPDATE changes SET outcome_unknown = 1 WHERE change_id = ?")
        }
        (_, ChangeEvent::Listed) => {
            sqlx::query("UPDATE changes SET outcome_unknown = 0 WHERE change_id = ?")
        }
        (ChangeState::Checking, ChangeEvent::Discarded) => {
            sqlx::query("UPDATE changes SET outcome_unknown = 1 WHERE change_id = ?")
        }
        _ => return Ok(()),
    };
    update.bind(&id.0).execute(&mut **transaction).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::moves::tests::store_with_change;
    use super::*;
    use crate::store::{AccountId, Claim};
    use trustdesk_domain::{Change, Destination, Reviewed, Sends};

    const NONE: Option<IndexTime> = None;

    /// Whether the change could be claimed at this time of the index.
    async fn claim(
        (store, account): (&Store, AccountId),
        change: &Change,
        index_time: Option<IndexTime>,
    ) -> bool {
        let index = "https://pypi.org/".to_owned();
        let destination = Destination { index, account: "alice".to_owned() };
        let reviewed = Reviewed::of(change, &destination).expect("JSON");
        let claimed = store.claim(account, &reviewed, &destination, index_time, 6).await;
        matches!(claimed.expect("asked"), Claim::Claimed(_))
    }

    async fn sends(store: &Store, account: AccountId, id: &ChangeId) -> Vec<Option<i64>> {
        let found = store.change(account, id).await.expect("reads").expect("there");
        let Sends(sends) = found.sends;
        sends.into_iter().map(|at| at.map(|IndexTime(ms)| ms)).collect()
    }

    #[tokio::test]
    async fn each_request_is_kept_with_the_indexs_time_until_a_person_decides() {
        let (folder, store, account, change) = store_with_change().await;
        let (id, none) = (&change.id, Reasons::default());
        let event = |event| store.move_change(id, event, &none, 9);
        assert!(claim((&store, account), &change, Some(IndexTime(100))).await);
        assert!(!claim((&store, account), &change, Some(IndexTime(101))).await, "only once");
        assert_eq!(sends(&store, account, id).await, [Some(100)]);
        event(ChangeEvent::NotSent).await.expect("moved");
        assert_eq!(sends(&store, account, id).await, [], "it did not reach the index");

        assert!(claim((&store, account), &change, NONE).await);
        store.lose_reply(id, &none, NONE, 8).await.expect("moved");
        event(ChangeEvent::NotListedForCertain).await.expect("moved");
        assert!(claim((&store, account), &change, Some(IndexTime(200))).await);
        store.lose_reply(id, &none, Some(IndexTime(230)), 8).await.expect("moved");
        store.close().await;
        let store = Store::open(folder.path()).await.expect("opens again");
        assert_eq!(
            sends(&store, account, id).await,
            [None, Some(230)],
            "as long as it may have left"
        );

        let event = |event| store.move_change(id, event, &none, 9);
        event(ChangeEvent::RetriesExhausted).await.expect("moved");
        assert_eq!(sends(&store, account, id).await.len(), 2, "a person has not decided yet");
        store.confirm_again(id, 10).await.expect("decided");
        assert_eq!(sends(&store, account, id).await, [], "the count starts anew");
    }

    #[tokio::test]
    async fn time_of_a_request_is_never_put_back() {
        let (_folder, store, account, change) = store_with_change().await;
        assert!(claim((&store, account), &change, Some(IndexTime(100))).await);
        let none = Reasons::default();
        store.lose_reply(&change.id, &none, Some(IndexTime(7)), 8).await.expect("moved");
        assert_eq!(sends(&store, account, &change.id).await, [Some(100)]);
    }

    #[tokio::test]
    async fn change_discarded_without_an_answer_is_remembered_until_its_outcome_is_known() {
        let (_folder, store, account, change) = store_with_change().await;
        let (id, none) = (&change.id, Reasons::default());
        assert!(claim((&store, account), &change, NONE).await);
        assert!(!store.discard_change(id, 7).await.expect("asked"), "not while it is being sent");
        store.lose_reply(id, &none, NONE, 7).await.expect("moved");
        assert!(store.discard_change(id, 8).await.expect("decided"));
        let unknown = || store.discarded_unknown(account, "demo");
        assert_eq!(unknown().await.expect("reads").len(), 1);
        store.had_no_effect(id).await.expect("written");
        assert_eq!(unknown().await.expect("reads"), []);
    }

    #[tokio::test]
    async fn change_discarded_while_it_waits_leaves_nothing_unknown() {
        let (_folder, store, account, change) = store_with_change().await;
        store.discard_change(&change.id, 8).await.expect("decided");
        assert_eq!(store.discarded_unknown(account, "demo").await.expect("reads"), []);
    }

    #[tokio::test]
    async fn yes_that_no_list_showed_is_of_unknown_outcome_when_it_is_discarded() {
        let (_folder, store, account, change) = store_with_change().await;
        let (id, none) = (&change.id, Reasons::default());
        let unknown = async || {
            let unknown = store.discarded_unknown(account, "demo").await.expect("read");
            unknown.into_iter().map(|change| change.id).collect::<Vec<_>>()
        };
        for (event, at_ms) in [(ChangeEvent::Claimed, 6), (ChangeEvent::NotListedAfterSuccess, 7)] {
            assert!(store.move_change(id, event, &none, at_ms).await.expect("moves"));
        }
        assert_eq!(unknown().await, [], "it is not discarded");
        assert!(store.confirm_again(id, 8).await.expect("moves"));
        assert!(store.discard_change(id, 9).await.expect("moves"));
        assert_eq!(unknown().await, [], "a decision to send it anew ends the doubt");

        let publisher = change.intent.publisher().clone();
        let add = crate::store::NewAdd::of("demo", &publisher);
        let (again, _) = store.queue_add(account, &add, 10).await.expect("queued");
        for event in [ChangeEvent::Claimed, ChangeEvent::NotListedAfterSuccess] {
            assert!(store.move_change(&again.id, event, &none, 11).await.expect("moves"));
        }
        assert!(store.discard_change(&again.id, 12).await.expect("moves"));
        assert_eq!(unknown().await, [again.id], "the index may list it yet");
    }
}
