//! The changes a person confirmed, and reading them. What a person decides about them is in
//! `decisions`, what happens to them in `moves`.

use sqlx::FromRow;

use trustdesk_domain::{
    After, Change, ChangeAction, ChangeId, ChangeState, Intent, ListedPublisher, Publisher,
    PublisherId,
};

use super::{AccountId, Error, Store};

#[derive(PartialEq, FromRow)]
pub(super) struct ChangeRow {
    change_id: String,
    pub(super) project: String,
    action: String,
    publisher: String,
    publisher_id: Option<String>,
    base: Option<String>,
    state: String,
    reasons: String,
    confirmed_at_ms: i64,
    claimed_at_ms: Option<i64>,
    sends: String,
    settled_at_ms: Option<i64>,
    after_id: Option<String>,
    after_state: Option<String>,
    after_publisher: Option<String>,
    after_publisher_id: Option<String>,
}

/// Reads changes with the adds that they come after: only an add of the same project of the same
/// account can be one. Takes the conditions and the order.
macro_rules! select_changes {
    ($rest:literal) => {
        concat!(
            "SELECT changes.*, new.state AS after_state, new.publisher AS after_publisher,
                 new.publisher_id AS after_publisher_id
             FROM changes LEFT JOIN changes AS new ON new.change_id = changes.after_id
                 AND new.account_id = changes.account_id AND new.project = changes.project
                 AND new.action = 'add' ",
            $rest
        )
    };
}
pub(super) use select_changes;

/// The next place in the one order of what is confirmed and what is settled.
macro_rules! next_order {
    () => {
        "1 + max((SELECT coalesce(max(confirmed_order), 0) FROM changes),
             (SELECT coalesce(max(settled_order), 0) FROM changes))"
    };
}
pub(super) use next_order;

impl TryFrom<ChangeRow> for Change {
    type Error = Error;

    fn try_from(row: ChangeRow) -> Result<Self, Error> {
        let intent = intent_of(&row)?;
        let unreadable = |_| Error::Unreadable("a change");
        let base: Option<Result<Vec<ListedPublisher>, _>> =
            row.base.as_deref().map(serde_json::from_str);
        Ok(Self {
            id: ChangeId(row.change_id),
            project: row.project,
            intent,
            base: base.transpose().map_err(unreadable)?,
            state: state(&row.state)?,
            reasons: serde_json::from_str(&row.reasons).map_err(unreadable)?,
            confirmed_at_ms: row.confirmed_at_ms,
            claimed_at_ms: row.claimed_at_ms,
            sends: serde_json::from_str(&row.sends).map_err(unreadable)?,
            settled_at_ms: row.settled_at_ms,
        })
    }
}

/// Columns that make no intent are no change at all: whatever they were meant to be, sending a guess
/// could register or remove what nobody asked for.
fn intent_of(row: &ChangeRow) -> Result<Intent, Error> {
    let action = ChangeAction::ALL.into_iter().find(|action| action.key() == row.action);
    let action = action.ok_or(Error::Unreadable("a change's action"))?;
    let publisher = publisher_of(&row.publisher)?;
    let publisher_id = row.publisher_id.clone().map(PublisherId);
    match (action, publisher_id, &row.after_id) {
        (ChangeAction::Add, listed_as, None) => Ok(Intent::Add { publisher, listed_as }),
        (ChangeAction::Add, _, Some(_)) => {
            Err(Error::Unreadable("an add that comes after another change"))
        }
        (ChangeAction::Remove, Some(row_to_remove), after_id) => {
            let after = after_id.as_ref().map(|id| after_of(id, row)).transpose()?;
            Ok(Intent::Remove { row: row_to_remove, publisher, after })
        }
        (ChangeAction::Remove, None, _) => Err(Error::Unreadable("a removal without a row")),
    }
}

fn after_of(id: &str, row: &ChangeRow) -> Result<After, Error> {
    let (Some(word), Some(publisher)) = (&row.after_state, &row.after_publisher) else {
        return Err(Error::Unreadable("the change that a removal comes after"));
    };
    Ok(After {
        id: ChangeId(id.to_owned()),
        state: state(word)?,
        publisher: publisher_of(publisher)?,
        listed_as: row.after_publisher_id.clone().map(PublisherId),
    })
}

fn publisher_of(json: &str) -> Result<Publisher, Error> {
    serde_json::from_str(json).map_err(|_| Error::Unreadable("a change's publisher"))
}

pub(super) fn state(word: &str) -> Result<ChangeState, Error> {
    ChangeState::ALL
        .into_iter()
        .find(|state| state.key() == word)
        .ok_or(Error::Unreadable("a change's state"))
}

impl Store {
    /// The changes of an account whose life is not over, oldest first.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn open_changes(&self, account: AccountId) -> Result<Vec<Change>, Error> {
        let rows: Vec<ChangeRow> = sqlx::query_as(select_changes!(
            "WHERE changes.account_id = ? AND changes.state NOT IN ('done', 'discarded')
             ORDER BY changes.change_id"
        ))
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
        let rows: Vec<ChangeRow> = sqlx::query_as(select_changes!(
            "WHERE changes.account_id = ? AND changes.project = ?
                 AND changes.state NOT IN ('done', 'discarded')
             ORDER BY changes.change_id"
        ))
        .bind(account.0)
        .bind(project)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(Change::try_from).collect()
    }

    /// What was done from here to the project of a change after this one was confirmed: changes that the
    /// index's list showed to be done since, and those that were discarded without an answer, which the
    /// list may show at any time. One that cannot be read any more explains nothing, and must not keep
    /// the project from being read.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn done_here_since(&self, id: &ChangeId) -> Result<Vec<Change>, Error> {
        let rows: Vec<ChangeRow> = sqlx::query_as(select_changes!(
            "JOIN changes AS since ON since.change_id = ?
                 AND since.account_id = changes.account_id AND since.project = changes.project
             WHERE (changes.outcome_unknown = 1 AND changes.state = 'discarded') OR (changes.state = 'done'
                 AND changes.settled_order >= since.confirmed_order)
             ORDER BY changes.change_id"
        ))
        .bind(&id.0)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().filter_map(|row| Change::try_from(row).ok()).collect())
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
        let rows: Vec<ChangeRow> = sqlx::query_as(select_changes!(
            "LEFT JOIN publishing_pages ON publishing_pages.account_id = changes.account_id
                 AND publishing_pages.project = changes.project
             WHERE changes.account_id = ? AND changes.project = ?
                 AND (changes.state NOT IN ('done', 'discarded') OR (changes.state = 'done'
                     AND changes.settled_at_ms >= publishing_pages.read_at_ms))
             ORDER BY changes.change_id"
        ))
        .bind(account.0)
        .bind(project)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(Change::try_from).collect()
    }

    /// One change of an account.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn change(&self, account: AccountId, id: &ChangeId) -> Result<Option<Change>, Error> {
        let row: Option<ChangeRow> = sqlx::query_as(select_changes!(
            "WHERE changes.account_id = ? AND changes.change_id = ?"
        ))
        .bind(account.0)
        .bind(&id.0)
        .fetch_optional(&self.readers)
        .await?;
        row.map(Change::try_from).transpose()
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::super::moves::tests::store_with_change;
    use crate::store::NewAdd;
    use trustdesk_domain::{Change, ChangeEvent, Reasons};

    #[tokio::test]
    async fn what_was_done_from_here_before_the_change_was_confirmed_explains_nothing() {
        let (_folder, store, account, first) = store_with_change().await;
        let add = NewAdd::of("demo", first.intent.publisher());
        // By the clock all of it is confirmed and done the other way round.
        let (before, _) = store.queue_add(account, &add, 9).await.expect("queued");
        let none = Reasons::default();
        store.move_change(&first.id, ChangeEvent::Listed, &none, 8).await.expect("moves");
        let (after, _) = store.queue_add(account, &add, 7).await.expect("queued");
        let of_another = NewAdd::of("another", first.intent.publisher());
        let (of_another, _) = store.queue_add(account, &of_another, 1).await.expect("queued");
        let since = async |change: &Change| {
            let done = store.done_here_since(&change.id).await.expect("read");
            done.into_iter().map(|change| change.id).collect::<Vec<_>>()
        };
        assert_eq!(since(&before).await, slice::from_ref(&first.id));
        assert_eq!(since(&after).await, []);
        assert_eq!(since(&of_another).await, [], "it is another project's");
        store.move_change(&after.id, ChangeEvent::Listed, &none, 6).await.expect("moves");
        assert_eq!(since(&after).await, slice::from_ref(&after.id));
        assert_eq!(since(&before).await, [first.id, after.id]);
    }
}
