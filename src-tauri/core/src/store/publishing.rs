//! Publishing pages as they were last read: the publishers of a project and what could be added.

use sqlx::FromRow;

use crate::domain::{ListedPublisher, Provider, PublisherId, PublishingPage};

use super::{AccountId, Error, Store};

/// A publishing page from the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedPublishing {
    /// What it said.
    pub page: PublishingPage,
    /// When it was read.
    pub read_at_ms: i64,
}

#[derive(FromRow)]
pub(super) struct PublisherRow {
    pub(super) publisher_id: String,
    pub(super) publisher: String,
}

impl TryFrom<PublisherRow> for ListedPublisher {
    type Error = Error;

    fn try_from(row: PublisherRow) -> Result<Self, Error> {
        let publisher =
            serde_json::from_str(&row.publisher).map_err(|_| Error::Unreadable("a publisher"))?;
        Ok(Self { id: PublisherId(row.publisher_id), publisher })
    }
}

impl Store {
    /// Keeps a page in the place of the one before.
    ///
    /// # Errors
    /// The database could not be written; then the former page stands.
    pub async fn save_publishing(
        &self,
        account: AccountId,
        project: &str,
        page: &PublishingPage,
        now_ms: i64,
    ) -> Result<(), Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM publishing_pages WHERE account_id = ? AND project = ?")
            .bind(account.0)
            .bind(project)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "INSERT INTO publishing_pages
                 (account_id, project, read_at_ms, providers, gitlab_instances)
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(account.0)
        .bind(project)
        .bind(now_ms)
        .bind(serde_json::to_string(&page.providers)?)
        .bind(serde_json::to_string(&page.gitlab_instances)?)
        .execute(&mut *transaction)
        .await?;
        for (position, listed) in (0_i64..).zip(&page.publishers) {
            sqlx::query(
                "INSERT INTO publishers (account_id, project, publisher_id, position, publisher)
                 VALUES (?, ?, ?, ?, ?)",
            )
            .bind(account.0)
            .bind(project)
            .bind(&listed.id.0)
            .bind(position)
            .bind(serde_json::to_string(&listed.publisher)?)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// A project's page as it was last read; none: not read yet.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn publishing(
        &self,
        account: AccountId,
        project: &str,
    ) -> Result<Option<CachedPublishing>, Error> {
        // One transaction, so that a page and its rows are of one reading.
        let mut transaction = self.readers.begin().await?;
        let page: Option<(i64, String, String)> = sqlx::query_as(
            "SELECT read_at_ms, providers, gitlab_instances FROM publishing_pages
             WHERE account_id = ? AND project = ?",
        )
        .bind(account.0)
        .bind(project)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some((read_at_ms, providers, gitlab_instances)) = page else {
            return Ok(None);
        };
        let rows: Vec<PublisherRow> = sqlx::query_as(
            "SELECT publisher_id, publisher FROM publishers
             WHERE account_id = ? AND project = ? ORDER BY position",
        )
        .bind(account.0)
        .bind(project)
        .fetch_all(&mut *transaction)
        .await?;
        let providers: Vec<Provider> = serde_json::from_str(&providers)
            .map_err(|_| Error::Unreadable("the list of providers"))?;
        let gitlab_instances: Vec<String> = serde_json::from_str(&gitlab_instances)
            .map_err(|_| Error::Unreadable("the list of GitLab instances"))?;
        let publishers =
            rows.into_iter().map(ListedPublisher::try_from).collect::<Result<_, _>>()?;
        let page = PublishingPage { publishers, providers, gitlab_instances };
        Ok(Some(CachedPublishing { page, read_at_ms }))
    }

    /// The publishers of one provider on every page of the account that was read, with the projects'
    /// names.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn publishers_of_provider(
        &self,
        account: AccountId,
        provider: Provider,
    ) -> Result<Vec<(String, ListedPublisher)>, Error> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT project, publisher_id, publisher FROM publishers
             WHERE account_id = ? AND json_extract(publisher, '$.provider') = ?
             ORDER BY project, position",
        )
        .bind(account.0)
        .bind(provider.key())
        .fetch_all(&self.readers)
        .await?;
        let listed = |(project, publisher_id, publisher)| {
            Ok((project, PublisherRow { publisher_id, publisher }.try_into()?))
        };
        rows.into_iter().map(listed).collect()
    }
}
