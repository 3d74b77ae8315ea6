//! Publishing pages as they were last read: the publishers of a project and what could be added.

use sqlx::FromRow;

use trustdesk_domain::{ListedPublisher, Provider, PublisherId, PublishingPage};

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

    /// The publishers of one provider on every page that was read of the projects that the account
    /// manages, with the projects' names. Those of a project that is gone, or that it only sees, nobody
    /// can look at or remove. Before the list of projects was read, every page counts.
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
             WHERE account_id = ?1 AND json_extract(publisher, '$.provider') = ?2
                 AND (EXISTS (SELECT 1 FROM projects WHERE projects.account_id = ?1
                         AND projects.normalized_name = publishers.project AND can_manage)
                     OR EXISTS (SELECT 1 FROM accounts
                         WHERE accounts.account_id = ?1 AND projects_read_at_ms IS NULL))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::NewAdd;
    use trustdesk_domain::{Gitlab, Index, Project, Publisher};

    fn pipeline() -> Publisher {
        Publisher::Gitlab(Gitlab {
            namespace: "group".to_owned(),
            project: "demo".to_owned(),
            workflow_filepath: ".gitlab-ci.yml".to_owned(),
            environment: None,
            issuer_url: "https://gitlab.com".to_owned(),
        })
    }

    fn project(name: &str, can_manage: bool) -> Project {
        Project {
            name: name.to_owned(),
            normalized_name: name.to_owned(),
            organization: None,
            sole_owner: false,
            date: None,
            summary: None,
            archived: false,
            can_manage,
            has_page: true,
        }
    }

    /// An account that has read the pages of these projects, each with the same publisher.
    async fn read(names: &[&str]) -> (tempfile::TempDir, Store, AccountId) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let index = Index::pypi().expect("known");
        store.select_index(&index).await.expect("opened");
        let account = store.select_account_named(&index.key, "alice").await.expect("opened").id;
        let listed = ListedPublisher { id: PublisherId("1".to_owned()), publisher: pipeline() };
        let page = PublishingPage { publishers: vec![listed], ..PublishingPage::default() };
        for name in names {
            store.save_publishing(account, name, &page, 2).await.expect("saved");
        }
        (folder, store, account)
    }

    async fn listed(store: &Store, account: AccountId) -> Vec<String> {
        let rows = store.publishers_of_provider(account, Provider::Gitlab).await.expect("read");
        rows.into_iter().map(|(project, _)| project).collect()
    }

    #[tokio::test]
    async fn publisher_of_a_project_that_is_gone_or_not_managed_does_not_count() {
        let (_folder, store, account) = read(&["gone", "kept", "viewed"]).await;
        assert_eq!(
            listed(&store, account).await,
            ["gone", "kept", "viewed"],
            "nobody knows which projects there are"
        );
        let projects = [project("kept", true), project("viewed", false)];
        store.save_projects(account, &projects, 3).await.expect("saved");
        assert_eq!(listed(&store, account).await, ["kept"]);
        store.save_projects(account, &[], 4).await.expect("saved");
        assert_eq!(listed(&store, account).await, Vec::<String>::new());
    }

    #[tokio::test]
    async fn page_of_a_project_that_is_gone_is_kept_for_its_changes_only() {
        let (_folder, store, account) = read(&["gone", "open", "typed", "other"]).await;
        let publisher = pipeline();
        let add = NewAdd::of("open", &publisher);
        let (change, _) = store.queue_add(account, &add, 3).await.expect("queued");
        store.save_projects(account, &[project("other", true)], 4).await.expect("saved");
        let is_kept = async |name| store.publishing(account, name).await.expect("read").is_some();
        assert!(!is_kept("gone").await, "nobody can see it");
        assert!(is_kept("open").await, "what waits is judged by it");
        assert!(is_kept("other").await);
        assert_eq!(store.open_changes(account).await.expect("read").len(), 1);

        store.discard_change(&change.id, 5).await.expect("discarded");
        store.save_projects(account, &[], 6).await.expect("saved");
        assert!(!is_kept("open").await);
    }
}
