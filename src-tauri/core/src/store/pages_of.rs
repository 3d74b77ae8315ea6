//! The pages of many projects as they were last read, in as few queries as that of one.

use std::collections::HashMap;

use trustdesk_domain::{Change, ListedPublisher, Provider, PublishingPage};

use super::changes::{ChangeRow, select_changes};
use super::publishing::PublisherRow;
use super::{AccountId, Error, Store};

impl Store {
    /// The pages of these projects. One that was not read yet is left out.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn pages_of(
        &self,
        account: AccountId,
        projects: &[&str],
    ) -> Result<HashMap<String, PublishingPage>, Error> {
        let projects = serde_json::to_string(projects)?;
        // One transaction, so that a page and its rows are of one reading.
        let mut transaction = self.readers.begin().await?;
        let read: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT project, providers, gitlab_instances FROM publishing_pages
             WHERE account_id = ? AND project IN (SELECT value FROM json_each(?))",
        )
        .bind(account.0)
        .bind(&projects)
        .fetch_all(&mut *transaction)
        .await?;
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT project, publisher_id, publisher FROM publishers
             WHERE account_id = ? AND project IN (SELECT value FROM json_each(?))
             ORDER BY project, position",
        )
        .bind(account.0)
        .bind(&projects)
        .fetch_all(&mut *transaction)
        .await?;
        let mut pages = HashMap::new();
        for (project, providers, gitlab_instances) in read {
            let providers: Vec<Provider> = serde_json::from_str(&providers)
                .map_err(|_| Error::Unreadable("the list of providers"))?;
            let gitlab_instances: Vec<String> = serde_json::from_str(&gitlab_instances)
                .map_err(|_| Error::Unreadable("the list of GitLab instances"))?;
            let page = PublishingPage { publishers: Vec::new(), providers, gitlab_instances };
            pages.insert(project, page);
        }
        for (project, publisher_id, publisher) in rows {
            if let Some(page) = pages.get_mut(&project) {
                let row = PublisherRow { publisher_id, publisher };
                page.publishers.push(ListedPublisher::try_from(row)?);
            }
        }
        Ok(pages)
    }

    /// [`Store::discarded_unknown`] of those of these projects that have any.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn discarded_unknown_of(
        &self,
        account: AccountId,
        projects: &[&str],
    ) -> Result<HashMap<String, Vec<Change>>, Error> {
        let rows: Vec<ChangeRow> = sqlx::query_as(select_changes!(
            "WHERE changes.account_id = ? AND changes.outcome_unknown = 1
                 AND changes.project IN (SELECT value FROM json_each(?))
             ORDER BY changes.change_id"
        ))
        .bind(account.0)
        .bind(serde_json::to_string(projects)?)
        .fetch_all(&self.readers)
        .await?;
        let mut by_project: HashMap<String, Vec<Change>> = HashMap::new();
        for row in rows {
            let change = Change::try_from(row)?;
            by_project.entry(change.project.clone()).or_default().push(change);
        }
        Ok(by_project)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trustdesk_domain::{Github, Index, Publisher, PublisherId};

    #[tokio::test]
    async fn pages_of_many_projects_are_what_each_page_alone_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let index = Index::pypi().expect("known");
        store.select_index(&index).await.expect("opened");
        let account = store.select_account_named(&index.key, "alice").await.expect("opened").id;
        let listed = |id: &str| ListedPublisher {
            id: PublisherId(id.to_owned()),
            publisher: Publisher::Github(Github {
                owner: "octo-org".to_owned(),
                repository: id.to_owned(),
                workflow_filename: "a.yml".to_owned(),
                environment: None,
            }),
        };
        for (project, rows) in [("none", vec![]), ("two", vec!["b", "a"]), ("other", vec!["c"])] {
            let publishers = rows.into_iter().map(listed).collect();
            let providers = vec![Provider::Github];
            let page = PublishingPage { publishers, providers, ..PublishingPage::default() };
            store.save_publishing(account, project, &page, 2).await.expect("saved");
        }
        let asked = ["none", "two", "not-read"];
        let pages = store.pages_of(account, &asked).await.expect("read");
        assert_eq!(pages.len(), 2, "what was not read is not called empty");
        for project in asked {
            let alone = store.publishing(account, project).await.expect("read");
            assert_eq!(pages.get(project), alone.map(|read| read.page).as_ref(), "{project}");
        }
        let unknown = store.discarded_unknown_of(account, &asked).await.expect("read");
        assert!(unknown.is_empty());
    }
}
