//! The changes a person confirmed, and reading them. What a person decides about them is in
//! `decisions`, what happens to them in `moves`.

use sqlx::FromRow;

use crate::domain::{
    After, Change, ChangeAction, ChangeId, ChangeState, Intent, ListedPublisher, Publisher,
    PublisherId,
};

use super::{AccountId, Error, Store};

#[derive(PartialEq, FromRow)]
pub(super) struct ChangeRow {
    change_id: String,
    project: String,
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

    /// The changes of a project that the index's list showed to be done, and those that were discarded
    /// without an answer, which the list may show at any time. One that cannot be read any more
    /// explains nothing, and must not keep the project from being read.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn changes_from_here(
        &self,
        account: AccountId,
        project: &str,
    ) -> Result<Vec<Change>, Error> {
        let rows: Vec<ChangeRow> = sqlx::query_as(select_changes!(
            "WHERE changes.account_id = ? AND changes.project = ?
                 AND (changes.state = 'done' OR changes.outcome_unknown = 1)
             ORDER BY changes.change_id"
        ))
        .bind(account.0)
        .bind(project)
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
