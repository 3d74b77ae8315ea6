//! Claiming a change for sending: the one place where what was reviewed is compared with what the file
//! holds, in the transaction that lets it be sent.

use tracing::info;

use trustdesk_domain::{
    Change, ChangeEvent, ChangeState, Destination, IndexTime, Reasons, Reviewed, next,
};

use super::changes::{ChangeRow, select_changes, state};
use super::{AccountId, Error, Store, attempts};

/// What came of claiming a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is on disk as being sent. The request is made of this and of nothing read before.
    Claimed(Box<Change>),
    /// It does not wait any more: another sender has it, or a person discarded it.
    NotWaiting,
    /// It is not what was reviewed. It was left as it was.
    Changed,
}

impl Store {
    /// Takes a waiting change for sending at this time of the index, if all of its content is what was
    /// reviewed. What a trigger of the file makes of the row while it is taken is a difference too.
    ///
    /// # Errors
    /// The database could not be written, or the row is no change; then nothing moved.
    pub async fn claim(
        &self,
        account: AccountId,
        reviewed: &Reviewed,
        destination: &Destination,
        index_time: Option<IndexTime>,
        now_ms: i64,
    ) -> Result<Claim, Error> {
        let id = &reviewed.id;
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let from: Option<String> =
            sqlx::query_scalar("SELECT state FROM changes WHERE change_id = ? AND account_id = ?")
                .bind(&id.0)
                .bind(account.0)
                .fetch_optional(&mut *transaction)
                .await?;
        let Some(from) = from.as_deref().map(state).transpose()? else {
            return Ok(Claim::NotWaiting);
        };
        let to = next(from, ChangeEvent::Claimed);
        if to == from {
            return Ok(Claim::NotWaiting);
        }
        let returned: Option<ChangeRow> = sqlx::query_as(
            "UPDATE changes SET state = ?1, reasons = ?2, claimed_at_ms = ?3, settled_at_ms = NULL,
                 sends = json_insert(sends, '$[#]', ?7)
             WHERE change_id = ?4 AND account_id = ?5 AND state = ?6
             RETURNING *,
                 (SELECT new.state FROM changes AS new WHERE new.change_id = changes.after_id
                     AND new.account_id = changes.account_id AND new.project = changes.project
                     AND new.action = 'add') AS after_state,
                 (SELECT new.publisher FROM changes AS new WHERE new.change_id = changes.after_id
                     AND new.account_id = changes.account_id AND new.project = changes.project
                     AND new.action = 'add') AS after_publisher,
                 (SELECT new.publisher_id FROM changes AS new
                     WHERE new.change_id = changes.after_id
                     AND new.account_id = changes.account_id AND new.project = changes.project
                     AND new.action = 'add') AS after_publisher_id",
        )
        .bind(to.key())
        .bind(serde_json::to_string(&Reasons::default())?)
        .bind(now_ms)
        .bind(&id.0)
        .bind(account.0)
        .bind(from.key())
        .bind(index_time.map(|IndexTime(at_ms)| at_ms))
        .fetch_optional(&mut *transaction)
        .await?;
        attempts::count(&mut transaction, id, ChangeEvent::Claimed, now_ms).await?;
        // What is returned is the row before any trigger that runs after it.
        let kept: Option<ChangeRow> =
            sqlx::query_as(select_changes!("WHERE changes.change_id = ?"))
                .bind(&id.0)
                .fetch_optional(&mut *transaction)
                .await?;
        let Some(returned) = returned.filter(|returned| kept.as_ref() == Some(returned)) else {
            return Ok(Claim::Changed);
        };
        let change = Change::try_from(returned)?;
        if change.state != ChangeState::Sending || Reviewed::of(&change, destination)? != *reviewed
        {
            return Ok(Claim::Changed);
        }
        transaction.commit().await?;
        info!(change = id.0, from = from.key(), to = to.key(), "moved");
        Ok(Claim::Claimed(Box::new(change)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::NewAdd;
    use trustdesk_domain::{ContentHash, Github, Index, Publisher};

    struct Kept {
        _folder: tempfile::TempDir,
        store: Store,
        account: AccountId,
        destination: Destination,
        reviewed: Reviewed,
    }

    impl Kept {
        async fn one_add() -> Self {
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
            let destination =
                Destination { index: index.origin.to_string(), account: "alice".to_owned() };
            let reviewed = Reviewed::of(&change, &destination).expect("JSON");
            Self { _folder: folder, store, account, destination, reviewed }
        }

        async fn claim(&self) -> Claim {
            let Self { store, account, destination, reviewed, .. } = self;
            store.claim(*account, reviewed, destination, None, 6).await.expect("asked")
        }

        async fn write(&self, sql: &'static str) {
            sqlx::raw_sql(sql).execute(&self.store.writer).await.expect("written");
        }

        /// The change as it is kept, and how many registrations count.
        async fn left(&self) -> (Change, usize) {
            let Self { store, account, reviewed, .. } = self;
            let change = store.change(*account, &reviewed.id).await.expect("read").expect("kept");
            (change, store.attempts(*account, 7).await.expect("read").len())
        }
    }

    #[tokio::test]
    async fn claim_gives_the_row_that_was_compared_and_is_given_once() {
        let kept = Kept::one_add().await;
        let Claim::Claimed(change) = kept.claim().await else { panic!("as it was reviewed") };
        assert_eq!((change.state, change.claimed_at_ms), (ChangeState::Sending, Some(6)));
        assert_eq!(kept.left().await, (*change, 1));
        assert_eq!(kept.claim().await, Claim::NotWaiting, "a second sender must not get it");
    }

    #[tokio::test]
    async fn claim_of_what_was_not_reviewed_moves_nothing() {
        let mut kept = Kept::one_add().await;
        let other = Destination { account: "bob".to_owned(), ..kept.destination.clone() };
        let right = std::mem::replace(&mut kept.destination, other);
        assert_eq!(kept.claim().await, Claim::Changed, "it was reviewed for alice");
        kept.destination = right;
        kept.reviewed.hash = ContentHash("v1-".to_owned());
        assert_eq!(kept.claim().await, Claim::Changed);
        let (change, attempts) = kept.left().await;
        assert_eq!((change.state, change.claimed_at_ms, attempts), (ChangeState::Waiting, None, 0));
    }

    #[tokio::test]
    async fn claim_of_a_row_that_a_trigger_rewrites_moves_nothing() {
        for trigger in [
            "CREATE TRIGGER t BEFORE UPDATE OF state ON changes BEGIN
                 UPDATE changes SET publisher = replace(publisher, 'octo', 'evil'); END",
            "CREATE TRIGGER t AFTER UPDATE OF state ON changes BEGIN
                 UPDATE changes SET publisher = replace(publisher, 'octo', 'evil'); END",
            "CREATE TRIGGER t AFTER INSERT ON attempts BEGIN
                 UPDATE changes SET project = 'another'; END",
            "CREATE TRIGGER t AFTER UPDATE OF state ON changes BEGIN
                 UPDATE changes SET state = 'waiting'; END",
        ] {
            let kept = Kept::one_add().await;
            let (before, _) = kept.left().await;
            kept.write(trigger).await;
            assert_eq!(kept.claim().await, Claim::Changed, "{trigger}");
            assert_eq!(kept.left().await, (before, 0), "{trigger}");
        }
    }
}
