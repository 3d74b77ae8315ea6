//! The changes a person confirmed. A state only ever moves through [`next`], by compare-and-set, so
//! that two processes on one file cannot both send a change.

use sqlx::FromRow;
use tracing::info;
use uuid::Uuid;

use crate::domain::{
    Change, ChangeAction, ChangeEvent, ChangeId, ChangeState, DraftId, Publisher, PublisherId,
    Reasons, next,
};

use super::drafts::use_draft;
use super::{AccountId, Error, SenderLock, Store};

#[derive(FromRow)]
struct ChangeRow {
    change_id: String,
    project: String,
    action: String,
    publisher: String,
    publisher_id: Option<String>,
    state: String,
    reasons: String,
    confirmed_at_ms: i64,
    claimed_at_ms: Option<i64>,
    settled_at_ms: Option<i64>,
}

impl TryFrom<ChangeRow> for Change {
    type Error = Error;

    fn try_from(row: ChangeRow) -> Result<Self, Error> {
        let action = match row.action.as_str() {
            "add" => ChangeAction::Add,
            "remove" => ChangeAction::Remove,
            _ => return Err(Error::Unreadable("a change's action")),
        };
        let unreadable = |_| Error::Unreadable("a change");
        Ok(Self {
            id: ChangeId(row.change_id),
            project: row.project,
            action,
            publisher: serde_json::from_str(&row.publisher).map_err(unreadable)?,
            publisher_id: row.publisher_id.map(PublisherId),
            state: state(&row.state)?,
            reasons: serde_json::from_str(&row.reasons).map_err(unreadable)?,
            confirmed_at_ms: row.confirmed_at_ms,
            claimed_at_ms: row.claimed_at_ms,
            settled_at_ms: row.settled_at_ms,
        })
    }
}

fn state(word: &str) -> Result<ChangeState, Error> {
    ChangeState::ALL
        .into_iter()
        .find(|state| state.key() == word)
        .ok_or(Error::Unreadable("a change's state"))
}

const fn action(action: ChangeAction) -> &'static str {
    match action {
        ChangeAction::Add => "add",
        ChangeAction::Remove => "remove",
    }
}

impl Store {
    /// Keeps a confirmed change, waiting. Once this returns it survives anything, and the draft that
    /// it was made of is gone.
    ///
    /// # Errors
    /// The database could not be written; then nothing is kept.
    pub async fn queue_change(
        &self,
        account: AccountId,
        project: &str,
        publisher: &Publisher,
        removes: Option<&PublisherId>,
        draft: Option<&DraftId>,
        now_ms: i64,
    ) -> Result<Change, Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(draft) = draft {
            use_draft(&mut transaction, account, draft).await?;
        }
        let asked = if removes.is_some() { ChangeAction::Remove } else { ChangeAction::Add };
        let row: ChangeRow = sqlx::query_as(
            "INSERT INTO changes (change_id, account_id, project, action, publisher, publisher_id,
                 state, reasons, confirmed_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
        )
        .bind(Uuid::now_v7().to_string())
        .bind(account.0)
        .bind(project)
        .bind(action(asked))
        .bind(serde_json::to_string(publisher)?)
        .bind(removes.map(|id| id.0.as_str()))
        .bind(ChangeState::Waiting.key())
        .bind(serde_json::to_string(&Reasons::default())?)
        .bind(now_ms)
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        row.try_into()
    }

    /// The changes of an account whose life is not over, oldest first.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn open_changes(&self, account: AccountId) -> Result<Vec<Change>, Error> {
        let rows: Vec<ChangeRow> = sqlx::query_as(
            "SELECT * FROM changes WHERE account_id = ? AND state NOT IN ('done', 'discarded')
             ORDER BY change_id",
        )
        .bind(account.0)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(Change::try_from).collect()
    }

    /// The same for one project.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn open_changes_of(
        &self,
        account: AccountId,
        project: &str,
    ) -> Result<Vec<Change>, Error> {
        let changes = self.open_changes(account).await?;
        Ok(changes.into_iter().filter(|change| change.project == project).collect())
    }

    /// How many adds were sent from here since then; the index may have counted more.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn adds_sent_since(&self, account: AccountId, since_ms: i64) -> Result<i64, Error> {
        let count = sqlx::query_scalar(
            "SELECT COUNT(*) FROM changes
             WHERE account_id = ? AND action = 'add' AND claimed_at_ms > ?",
        )
        .bind(account.0)
        .bind(since_ms)
        .fetch_one(&self.readers)
        .await?;
        Ok(count)
    }

    /// What a project's page shows besides its list: the open changes, and those that the last
    /// reading of the list showed to be done.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn changes_on_page(
        &self,
        account: AccountId,
        project: &str,
    ) -> Result<Vec<Change>, Error> {
        let rows: Vec<ChangeRow> = sqlx::query_as(
            "SELECT changes.* FROM changes
             LEFT JOIN publishing_pages ON publishing_pages.account_id = changes.account_id
                 AND publishing_pages.project = changes.project
             WHERE changes.account_id = ? AND changes.project = ?
                 AND (state NOT IN ('done', 'discarded')
                     OR (state = 'done' AND settled_at_ms >= publishing_pages.read_at_ms))
             ORDER BY change_id",
        )
        .bind(account.0)
        .bind(project)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(Change::try_from).collect()
    }

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

    /// One change of an account.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn change(&self, account: AccountId, id: &ChangeId) -> Result<Option<Change>, Error> {
        let row: Option<ChangeRow> =
            sqlx::query_as("SELECT * FROM changes WHERE account_id = ? AND change_id = ?")
                .bind(account.0)
                .bind(&id.0)
                .fetch_optional(&self.readers)
                .await?;
        row.map(Change::try_from).transpose()
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
        let from: Option<String> =
            sqlx::query_scalar("SELECT state FROM changes WHERE change_id = ?")
                .bind(&id.0)
                .fetch_optional(&mut *transaction)
                .await?;
        let Some(from) = from.as_deref().map(state).transpose()? else {
            return Ok(false);
        };
        let to = next(from, event);
        if to == from {
            return Ok(false);
        }
        sqlx::query(
            "UPDATE changes SET state = ?1, reasons = ?2,
                 claimed_at_ms = CASE WHEN ?1 = 'sending' THEN ?3 ELSE claimed_at_ms END,
                 settled_at_ms = CASE WHEN ?1 IN ('done', 'discarded') THEN ?3 END
             WHERE change_id = ?4",
        )
        .bind(to.key())
        .bind(serde_json::to_string(reasons)?)
        .bind(now_ms)
        .bind(&id.0)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        info!(change = id.0, from = from.key(), to = to.key(), "moved");
        Ok(true)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Github, Index};

    async fn store_with_change() -> (tempfile::TempDir, Store, AccountId, Change) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let index = Index::pypi().expect("known");
        store.open_index(&index, 1).await.expect("opened");
        let account = store.open_account(&index.key, "alice", 1).await.expect("opened").id;
        let publisher = Publisher::Github(Github {
            owner: "octo-org".to_owned(),
            repository: "demo".to_owned(),
            workflow_filename: "release.yml".to_owned(),
            environment: None,
        });
        let change =
            store.queue_change(account, "demo", &publisher, None, None, 5).await.expect("queued");
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
    async fn a_change_that_is_over_is_no_longer_open() {
        let (_folder, store, account, change) = store_with_change().await;
        let none = Reasons::default();
        store.move_change(&change.id, ChangeEvent::Discarded, &none, 6).await.expect("moves");
        assert_eq!(store.open_changes(account).await.expect("reads"), []);
        let found = store.change(account, &change.id).await.expect("reads").expect("kept");
        assert_eq!(found.settled_at_ms, Some(6));
    }
}
