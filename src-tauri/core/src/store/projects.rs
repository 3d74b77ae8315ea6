//! The projects of an account as its list was last read.

use sqlx::FromRow;

use trustdesk_domain::{Project, ProjectDate, ProjectDateKind, Publisher};

use super::{AccountId, Error, Store};

/// A project with what is known of its publishers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedProject {
    /// As the index lists it.
    pub project: Project,
    /// None: its publishing page was not read yet, which is not the same as having none.
    pub publishers: Option<Vec<Publisher>>,
    /// Changes whose life is not over.
    pub open_changes: u32,
}

#[derive(FromRow)]
struct ProjectRow {
    normalized_name: String,
    name: String,
    organization: Option<String>,
    sole_owner: bool,
    date_kind: Option<String>,
    date_at_ms: Option<i64>,
    summary: Option<String>,
    archived: bool,
    can_manage: bool,
    has_page: bool,
    publishers: Option<String>,
    open_changes: u32,
}

impl TryFrom<ProjectRow> for CachedProject {
    type Error = Error;

    fn try_from(row: ProjectRow) -> Result<Self, Error> {
        let kind = match row.date_kind.as_deref() {
            Some("released") => Some(ProjectDateKind::Released),
            Some("created") => Some(ProjectDateKind::Created),
            Some(_) => return Err(Error::Unreadable("a project's date")),
            None => None,
        };
        let publishers = row.publishers.map(|text| serde_json::from_str(&text)).transpose();
        Ok(Self {
            project: Project {
                name: row.name,
                normalized_name: row.normalized_name,
                organization: row.organization,
                sole_owner: row.sole_owner,
                date: kind.zip(row.date_at_ms).map(|(kind, at_ms)| ProjectDate { kind, at_ms }),
                summary: row.summary,
                archived: row.archived,
                can_manage: row.can_manage,
                has_page: row.has_page,
            },
            publishers: publishers.map_err(|_| Error::Unreadable("a publisher"))?,
            open_changes: row.open_changes,
        })
    }
}

const fn date_kind(date: ProjectDate) -> &'static str {
    match date.kind {
        ProjectDateKind::Released => "released",
        ProjectDateKind::Created => "created",
    }
}

impl Store {
    /// Keeps a whole list of projects in the place of the one before. What was read of a project
    /// that is still there stays, also of one that is gone while a draft or a change of it is open.
    ///
    /// # Errors
    /// The database could not be written; then the former list stands.
    pub async fn save_projects(
        &self,
        account: AccountId,
        projects: &[Project],
        now_ms: i64,
    ) -> Result<(), Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM projects WHERE account_id = ?")
            .bind(account.0)
            .execute(&mut *transaction)
            .await?;
        for (position, project) in (0_i64..).zip(projects) {
            sqlx::query(
                "INSERT OR IGNORE INTO projects (account_id, normalized_name, position, name,
                     organization, sole_owner, date_kind, date_at_ms, summary, archived,
                     can_manage, has_page) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(account.0)
            .bind(&project.normalized_name)
            .bind(position)
            .bind(&project.name)
            .bind(&project.organization)
            .bind(project.sole_owner)
            .bind(project.date.map(date_kind))
            .bind(project.date.map(|date| date.at_ms))
            .bind(&project.summary)
            .bind(project.archived)
            .bind(project.can_manage)
            .bind(project.has_page)
            .execute(&mut *transaction)
            .await?;
        }
        // Nobody can look at what was read of a project that is gone, unless something of it is open.
        sqlx::query(
            "DELETE FROM publishing_pages WHERE account_id = ?1
                 AND project NOT IN
                     (SELECT normalized_name FROM projects WHERE account_id = ?1)
                 AND project NOT IN (SELECT project FROM drafts WHERE account_id = ?1)
                 AND project NOT IN (SELECT project FROM changes WHERE account_id = ?1
                     AND state NOT IN ('done', 'discarded'))",
        )
        .bind(account.0)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("UPDATE accounts SET projects_read_at_ms = ? WHERE account_id = ?")
            .bind(now_ms)
            .bind(account.0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The list as it was last read, in the index's order.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn projects(&self, account: AccountId) -> Result<Vec<CachedProject>, Error> {
        let rows: Vec<ProjectRow> = sqlx::query_as(SELECT)
            .bind(account.0)
            .bind(None::<&str>)
            .fetch_all(&self.readers)
            .await?;
        rows.into_iter().map(CachedProject::try_from).collect()
    }

    /// How many projects the list has.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn project_count(&self, account: AccountId) -> Result<usize, Error> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM projects WHERE account_id = ?")
            .bind(account.0)
            .fetch_one(&self.readers)
            .await?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// One project of the list, by its normalized name.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn project(
        &self,
        account: AccountId,
        normalized_name: &str,
    ) -> Result<Option<CachedProject>, Error> {
        let row: Option<ProjectRow> = sqlx::query_as(SELECT)
            .bind(account.0)
            .bind(Some(normalized_name))
            .fetch_optional(&self.readers)
            .await?;
        row.map(CachedProject::try_from).transpose()
    }
}

/// Every project of an account, or the one whose name is given.
const SELECT: &str = "
    SELECT projects.*,
        CASE WHEN publishing_pages.project IS NULL THEN NULL ELSE (
            SELECT json_group_array(json(publishers.publisher)) FROM publishers
            WHERE publishers.account_id = projects.account_id
                AND publishers.project = projects.normalized_name
        ) END AS publishers,
        (SELECT count(*) FROM changes
            WHERE changes.account_id = projects.account_id
                AND changes.project = projects.normalized_name
                AND changes.state NOT IN ('done', 'discarded')) AS open_changes
    FROM projects
    LEFT JOIN publishing_pages ON publishing_pages.account_id = projects.account_id
        AND publishing_pages.project = projects.normalized_name
    WHERE projects.account_id = ?1 AND (?2 IS NULL OR projects.normalized_name = ?2)
    ORDER BY projects.position";

#[cfg(test)]
mod tests {
    use super::*;
    use trustdesk_domain::{Index, PublishingPage};

    fn project(name: &str) -> Project {
        Project {
            name: name.to_owned(),
            normalized_name: name.to_lowercase(),
            organization: None,
            sole_owner: true,
            date: Some(ProjectDate { kind: ProjectDateKind::Created, at_ms: 7 }),
            summary: None,
            archived: false,
            can_manage: true,
            has_page: false,
        }
    }

    #[tokio::test]
    async fn a_project_whose_page_was_not_read_has_unknown_publishers_not_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let index = Index::pypi().expect("known");
        store.select_index(&index).await.expect("opened");
        let account = store.select_account_named(&index.key, "alice").await.expect("opened").id;
        store.save_projects(account, &[project("B"), project("A")], 5).await.expect("saved");
        let page = PublishingPage::default();
        store.save_publishing(account, "a", &page, 6).await.expect("saved");

        let projects = store.projects(account).await.expect("reads");
        assert_eq!(projects[0].project, project("B"), "the index's order is kept");
        assert_eq!(projects[0].publishers, None, "not read yet");
        assert_eq!(projects[1].publishers, Some(Vec::new()), "read, and there are none");

        store.save_projects(account, &[project("A")], 9).await.expect("saved");
        let kept = store.project(account, "a").await.expect("reads").expect("there");
        assert_eq!(kept.publishers, Some(Vec::new()), "a new list keeps what was read of it");
        assert_eq!(store.project(account, "b").await.expect("reads"), None);
    }
}
