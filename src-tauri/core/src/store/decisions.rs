//! What a person decides about changes: each decision is one commit, with the halves of a replacement
//! together. Once it returns it survives anything.

use sqlx::{Sqlite, Transaction};
use uuid::Uuid;

use trustdesk_domain::{
    Change, ChangeEvent, ChangeId, ChangeState, DraftId, Intent, ListedPublisher, Publisher,
    Reasons,
};

use super::changes::{ChangeRow, next_order, select_changes};
use super::drafts::use_draft;
use super::moves::move_in;
use super::{AccountId, Error, Store};

/// The list of a project as it is known now, of the account ?1 and the project ?2; NULL: not read.
macro_rules! list_as_known {
    () => {
        "CASE WHEN EXISTS
             (SELECT 1 FROM publishing_pages WHERE account_id = ?1 AND project = ?2)
         THEN (SELECT json_group_array(
                 json_object('id', publisher_id, 'publisher', json(publisher)) ORDER BY position)
             FROM publishers WHERE account_id = ?1 AND project = ?2) END"
    };
}

/// An add that a person confirmed.
#[derive(Clone, Debug)]
pub struct NewAdd<'a> {
    /// The project's normalized name.
    pub project: &'a str,
    /// What is to be trusted.
    pub publisher: &'a Publisher,
    /// The listed publisher that is removed once this one is listed.
    pub replaces: Option<&'a ListedPublisher>,
    /// The change that is given up for this one.
    pub edits: Option<&'a ChangeId>,
    /// The draft that it was made of.
    pub draft: Option<&'a DraftId>,
}

impl<'a> NewAdd<'a> {
    /// An add that takes no other's place.
    #[must_use]
    pub const fn of(project: &'a str, publisher: &'a Publisher) -> Self {
        Self { project, publisher, replaces: None, edits: None, draft: None }
    }
}

impl Store {
    /// Keeps a confirmed add, waiting, with the removal of what it replaces: the add, and the removals
    /// that come after it now. The draft that it was made of is gone, and the add that it takes the
    /// place of is given up.
    ///
    /// # Errors
    /// The database could not be written; then nothing is kept.
    pub async fn queue_add(
        &self,
        account: AccountId,
        add: &NewAdd<'_>,
        now_ms: i64,
    ) -> Result<(Change, Vec<Change>), Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(draft) = add.draft {
            use_draft(&mut transaction, account, draft).await?;
        }
        let place = (account, add.project);
        let intent = Intent::Add { publisher: add.publisher.clone(), listed_as: None };
        let change = insert(&mut transaction, place, &intent, now_ms).await?;
        if let Some(former) = add.edits {
            take_over(&mut transaction, place, former, &change.id, now_ms).await?;
        }
        if let Some(replaced) = add.replaces {
            replace(&mut transaction, place, replaced, &change.id, now_ms).await?;
        }
        let mut removals = Vec::new();
        for removal in removals_after(&mut transaction, &change.id).await? {
            removals.push(change_of(&mut transaction, &removal).await?);
        }
        transaction.commit().await?;
        Ok((change, removals))
    }

    /// Keeps a confirmed removal of a listed publisher, waiting.
    ///
    /// # Errors
    /// The database could not be written; then nothing is kept.
    pub async fn queue_remove(
        &self,
        account: AccountId,
        project: &str,
        listed: &ListedPublisher,
        now_ms: i64,
    ) -> Result<Change, Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let intent = Intent::removal_of(listed);
        let change = insert(&mut transaction, (account, project), &intent, now_ms).await?;
        transaction.commit().await?;
        Ok(change)
    }

    /// Takes a change back, and the removal that comes after it; whether it could be taken back.
    ///
    /// # Errors
    /// The database could not be written; then nothing moved.
    pub async fn discard_change(&self, id: &ChangeId, now_ms: i64) -> Result<bool, Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let moved = discard(&mut transaction, id, now_ms).await?;
        transaction.commit().await?;
        Ok(moved)
    }

    /// Confirms a change anew, on the list as it is known now, and the removal that comes after it;
    /// whether it waits again. A removal whose new publisher came and went stands for itself then.
    ///
    /// # Errors
    /// The database could not be written; then nothing moved.
    pub async fn confirm_again(&self, id: &ChangeId, now_ms: i64) -> Result<bool, Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let none = Reasons::default();
        let moved = move_in(&mut transaction, id, ChangeEvent::SendAgain, &none, now_ms).await?;
        if moved {
            confirm_on_this_list(&mut transaction, id, now_ms).await?;
            for removal in removals_after(&mut transaction, id).await? {
                let event = ChangeEvent::SendAgain;
                if move_in(&mut transaction, &removal, event, &none, now_ms).await? {
                    confirm_on_this_list(&mut transaction, &removal, now_ms).await?;
                }
            }
        }
        transaction.commit().await?;
        Ok(moved)
    }
}

/// A new change of a project, waiting. What it comes after is told later.
async fn insert(
    transaction: &mut Transaction<'_, Sqlite>,
    (account, project): (AccountId, &str),
    intent: &Intent,
    now_ms: i64,
) -> Result<Change, Error> {
    let id = Uuid::now_v7().to_string();
    sqlx::query(concat!(
        "INSERT INTO changes (account_id, project, change_id, action, publisher, publisher_id,
             state, reasons, confirmed_at_ms, confirmed_order, base)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ",
        next_order!(),
        ", ",
        list_as_known!(),
        ")"
    ))
    .bind(account.0)
    .bind(project)
    .bind(&id)
    .bind(intent.action().key())
    .bind(serde_json::to_string(intent.publisher())?)
    .bind(intent.row().map(|row| row.0.as_str()))
    .bind(ChangeState::Waiting.key())
    .bind(serde_json::to_string(&Reasons::default())?)
    .bind(now_ms)
    .execute(&mut **transaction)
    .await?;
    change_of(transaction, &ChangeId(id)).await
}

async fn change_of(
    transaction: &mut Transaction<'_, Sqlite>,
    id: &ChangeId,
) -> Result<Change, Error> {
    let row: ChangeRow = sqlx::query_as(select_changes!("WHERE changes.change_id = ?"))
        .bind(&id.0)
        .fetch_one(&mut **transaction)
        .await?;
    row.try_into()
}

/// Gives an add up for a new one of the same project. A removal that came after it comes after the
/// new one. One that is on its way, or over, stays what it is, and so does one whose answer was lost:
/// only a person who was told so gives that up.
async fn take_over(
    transaction: &mut Transaction<'_, Sqlite>,
    (account, project): (AccountId, &str),
    former: &ChangeId,
    new: &ChangeId,
    now_ms: i64,
) -> Result<(), Error> {
    let none = Reasons::default();
    let can_be_given_up: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM changes
         WHERE change_id = ? AND account_id = ? AND project = ? AND action = 'add'
             AND state IN ('waiting', 'rejected', 'needs_you')",
    )
    .bind(&former.0)
    .bind(account.0)
    .bind(project)
    .fetch_optional(&mut **transaction)
    .await?;
    if can_be_given_up.is_some()
        && move_in(transaction, former, ChangeEvent::Discarded, &none, now_ms).await?
    {
        sqlx::query("UPDATE changes SET after_id = ? WHERE after_id = ?")
            .bind(&new.0)
            .bind(&former.0)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Lets the removal of a listed publisher come after a new one: the removal that waits already, if
/// there is one.
async fn replace(
    transaction: &mut Transaction<'_, Sqlite>,
    (account, project): (AccountId, &str),
    replaced: &ListedPublisher,
    new: &ChangeId,
    now_ms: i64,
) -> Result<(), Error> {
    let open: Option<(String, String)> = sqlx::query_as(
        "SELECT change_id, state FROM changes
         WHERE account_id = ? AND project = ? AND publisher_id = ? AND action = 'remove'
             AND state NOT IN ('done', 'discarded')",
    )
    .bind(account.0)
    .bind(project)
    .bind(&replaced.id.0)
    .fetch_optional(&mut **transaction)
    .await?;
    let removal = match open {
        Some((id, state)) if state == ChangeState::Waiting.key() => id,
        // It is on its way, or a person must decide on it first.
        Some(_) => return Ok(()),
        None => {
            let intent = Intent::removal_of(replaced);
            insert(transaction, (account, project), &intent, now_ms).await?.id.0
        }
    };
    sqlx::query("UPDATE changes SET after_id = ? WHERE change_id = ?")
        .bind(&new.0)
        .bind(removal)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn discard(
    transaction: &mut Transaction<'_, Sqlite>,
    id: &ChangeId,
    now_ms: i64,
) -> Result<bool, Error> {
    let none = Reasons::default();
    let moved = move_in(transaction, id, ChangeEvent::Discarded, &none, now_ms).await?;
    if moved {
        // Without its new publisher a replacement would only remove.
        for removal in removals_after(transaction, id).await? {
            move_in(transaction, &removal, ChangeEvent::Discarded, &none, now_ms).await?;
        }
    }
    Ok(moved)
}

async fn removals_after(
    transaction: &mut Transaction<'_, Sqlite>,
    id: &ChangeId,
) -> Result<Vec<ChangeId>, Error> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT change_id FROM changes WHERE after_id = ?")
        .bind(&id.0)
        .fetch_all(&mut **transaction)
        .await?;
    Ok(ids.into_iter().map(ChangeId).collect())
}

async fn confirm_on_this_list(
    transaction: &mut Transaction<'_, Sqlite>,
    id: &ChangeId,
    now_ms: i64,
) -> Result<(), Error> {
    let (account, project): (i64, String) =
        sqlx::query_as("SELECT account_id, project FROM changes WHERE change_id = ?")
            .bind(&id.0)
            .fetch_one(&mut **transaction)
            .await?;
    sqlx::query(concat!(
        "UPDATE changes SET confirmed_at_ms = ?4, confirmed_order = ",
        next_order!(),
        ", base = ",
        list_as_known!(),
        ", after_id = (SELECT new.change_id FROM changes AS new
               WHERE new.change_id = changes.after_id AND new.state <> 'done')
         WHERE change_id = ?3"
    ))
    .bind(account)
    .bind(project)
    .bind(&id.0)
    .bind(now_ms)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::moves::tests::store_with_change;
    use super::*;

    #[tokio::test]
    async fn edit_gives_up_no_change_whose_answer_was_lost() {
        let (_folder, store, account, former) = store_with_change().await;
        let none = Reasons::default();
        for event in [ChangeEvent::Claimed, ChangeEvent::ReplyLost] {
            store.move_change(&former.id, event, &none, 6).await.expect("moves");
        }
        let edited =
            NewAdd { edits: Some(&former.id), ..NewAdd::of("demo", former.intent.publisher()) };
        store.queue_add(account, &edited, 7).await.expect("queued");
        let found = store.change(account, &former.id).await.expect("reads").expect("there");
        assert_eq!(found.state, ChangeState::Checking, "the index may have done it");
    }
}
