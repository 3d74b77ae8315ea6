//! The pages of many projects as they were last read, in as few queries as that of one.

use std::collections::HashMap;

use trustdesk_domain::{Change, ListedPublisher, PublishingPage};

use super::changes::{ChangeRow, select_changes};
use super::publishing::PublisherRow;
use super::{AccountId, Error, Store};

impl Store {
    /// The pages of these projects. One that was not read yet is left out, and so is one that cannot be
    /// read from the file any more: it is to be read from the index again, and hides no other project.
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
            let (Ok(providers), Ok(gitlab_instances)) =
                (serde_json::from_str(&providers), serde_json::from_str(&gitlab_instances))
            else {
                continue;
            };
            let page = PublishingPage { publishers: Vec::new(), providers, gitlab_instances };
            pages.insert(project, page);
        }
        for (project, publisher_id, publisher) in rows {
            let row = ListedPublisher::try_from(PublisherRow { publisher_id, publisher });
            match (pages.get_mut(&project), row) {
                (Some(page), Ok(row)) => page.publishers.push(row),
                (Some(_), Err(_)) => drop(pages.remove(&project)),
                (None, _) => {}
            }
        }
        Ok(pages)
    }

    /// The changes of these projects that were discarded while nobody knew whether the index had done
    /// them, unless it has turned out since that it had not. An error: one of a project's cannot be read.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn discarded_unknown_of(
        &self,
        account: AccountId,
        projects: &[&str],
    ) -> Result<HashMap<String, Result<Vec<Change>, Error>>, Error> {
        let rows: Vec<ChangeRow> = sqlx::query_as(select_changes!(
            "WHERE changes.account_id = ? AND changes.state = 'discarded'
                 AND changes.outcome_unknown = 1
                 AND changes.project IN (SELECT value FROM json_each(?))
             ORDER BY changes.change_id"
        ))
        .bind(account.0)
        .bind(serde_json::to_string(projects)?)
        .fetch_all(&self.readers)
        .await?;
        let mut by_project: HashMap<String, Result<Vec<Change>, Error>> = HashMap::new();
        for row in rows {
            let known = by_project.entry(row.project.clone()).or_insert_with(|| Ok(Vec::new()));
            match (known.as_mut(), Change::try_from(row)) {
                (Ok(known), Ok(change)) => known.push(change),
                (Ok(_), Err(error)) => *known = Err(error),
                (Err(_), _) => {}
            }
        }
        Ok(by_project)
    }

    /// The same of one project.
    ///
    /// # Errors
    /// The database, or one of these changes, could not be read.
    pub async fn discarded_unknown(
        &self,
        account: AccountId,
        project: &str,
    ) -> Result<Vec<Change>, Error> {
        let mut all = self.discarded_unknown_of(account, &[project]).await?;
        all.remove(project).unwrap_or_else(|| Ok(Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::moves::tests::store_with_change;
    use super::*;
    use trustdesk_domain::{ChangeEvent, Github, Index, Provider, Publisher, PublisherId, Reasons};

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
        let broken = "UPDATE publishers SET publisher = '{}' WHERE publisher_id = 'a'";
        sqlx::query(broken).execute(&store.writer).await.expect("by somebody else");
        let pages = store.pages_of(account, &asked).await.expect("read");
        assert_eq!(pages.keys().collect::<Vec<_>>(), ["none"], "it hides no other project");
    }

    #[tokio::test]
    async fn only_discarded_changes_are_of_discarded_unknown_outcome() {
        let (_folder, store, account, change) = store_with_change().await;
        let none = Reasons::default();
        for event in [ChangeEvent::Claimed, ChangeEvent::NotListedAfterSuccess] {
            store.move_change(&change.id, event, &none, 6).await.expect("moves");
        }
        let of_demo = async || store.discarded_unknown(account, "demo").await.expect("read");
        assert_eq!(of_demo().await, [], "a person is still to decide on it");
        store.move_change(&change.id, ChangeEvent::Discarded, &none, 7).await.expect("moves");
        assert_eq!(of_demo().await.len(), 1);
        assert_eq!(store.discarded_unknown(account, "another").await.expect("read"), []);
    }
}
