//! Everything that is kept, as one document for people and programs: what the tables hold, column by
//! column, an account below its index and a publisher below its page. There is no secret in it,
//! because there is none in the database.

use serde::Serialize;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column, Row as _, Sqlite, Transaction};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::rows::{Row, value};
use super::{Error, Store};

/// Grows when a program that reads the document must know of a change.
const FORMAT: u32 = 1;
/// What only holds the tables together; lists keep their order without it.
const OURS: [&str; 3] = ["account_id", "position", "settings_id"];
const JSON: [&str; 7] =
    ["publisher", "fields", "reasons", "providers", "gitlab_instances", "base", "sends"];
const YES_OR_NO: [&str; 8] = [
    "sole_owner",
    "archived",
    "can_manage",
    "has_page",
    "outcome_unknown",
    "forgets_sessions",
    "is_current",
    "is_selected",
];

/// The document; as JSON it says what it holds.
#[derive(Debug, Serialize)]
pub struct Export {
    format: u32,
    written_by: &'static str,
    written_at: Value,
    session_settings: Vec<Row>,
    indexes: Vec<ExportedIndex>,
}

#[derive(Debug, Serialize)]
struct ExportedIndex {
    #[serde(flatten)]
    index: Row,
    accounts: Vec<ExportedAccount>,
}

#[derive(Debug, Serialize)]
struct ExportedAccount {
    #[serde(flatten)]
    account: Row,
    projects: Vec<Row>,
    publishing_pages: Vec<ExportedPage>,
    drafts: Vec<Row>,
    changes: Vec<Row>,
    attempts: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct ExportedPage {
    #[serde(flatten)]
    page: Row,
    publishers: Vec<Row>,
}

impl Store {
    /// Everything as it stands at one moment.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn export(&self, now_ms: i64) -> Result<Export, Error> {
        let mut reading = self.readers.begin().await?;
        let mut indexes = Vec::new();
        let rows = sqlx::query(
            "SELECT indexes.*, coalesce(is_current, 0) AS is_current
             FROM indexes LEFT JOIN selections USING (index_key) ORDER BY index_key",
        );
        for row in rows.fetch_all(&mut *reading).await? {
            let key: String = row.try_get("index_key")?;
            let accounts = accounts(&mut reading, &key).await?;
            indexes.push(ExportedIndex { index: readable(&row), accounts });
        }
        let settings = sqlx::query("SELECT forgets_sessions FROM session_settings");
        let settings = settings.fetch_all(&mut *reading).await?;
        let session_settings = settings.iter().map(readable).collect();
        let written_by = concat!("Trustdesk ", env!("CARGO_PKG_VERSION"));
        Ok(Export {
            format: FORMAT,
            written_by,
            written_at: moment(now_ms),
            session_settings,
            indexes,
        })
    }
}

async fn accounts(
    reading: &mut Transaction<'_, Sqlite>,
    index: &str,
) -> Result<Vec<ExportedAccount>, Error> {
    let mut accounts = Vec::new();
    let rows = sqlx::query(
        "SELECT accounts.*, selections.account_id IS NOT NULL AS is_selected
         FROM accounts LEFT JOIN selections USING (index_key, account_id)
         WHERE accounts.index_key = ? ORDER BY accounts.account_id",
    );
    for row in rows.bind(index).fetch_all(&mut **reading).await? {
        let id: i64 = row.try_get("account_id")?;
        accounts.push(ExportedAccount {
            account: readable(&row),
            projects: of_account(
                reading,
                "SELECT * FROM projects WHERE account_id = ? ORDER BY position",
                id,
            )
            .await?,
            publishing_pages: pages(reading, id).await?,
            drafts: of_account(
                reading,
                "SELECT * FROM drafts WHERE account_id = ? ORDER BY rowid",
                id,
            )
            .await?,
            changes: of_account(
                reading,
                "SELECT * FROM changes WHERE account_id = ? ORDER BY change_id",
                id,
            )
            .await?,
            attempts: of_account(
                reading,
                "SELECT * FROM attempts WHERE account_id = ? ORDER BY attempt_id",
                id,
            )
            .await?,
        });
    }
    Ok(accounts)
}

async fn of_account(
    reading: &mut Transaction<'_, Sqlite>,
    query: &'static str,
    account: i64,
) -> Result<Vec<Row>, Error> {
    let rows = sqlx::query(query).bind(account).fetch_all(&mut **reading).await?;
    Ok(rows.iter().map(readable).collect())
}

async fn pages(
    reading: &mut Transaction<'_, Sqlite>,
    account: i64,
) -> Result<Vec<ExportedPage>, Error> {
    let mut pages = Vec::new();
    let rows = sqlx::query("SELECT * FROM publishing_pages WHERE account_id = ? ORDER BY project");
    for row in rows.bind(account).fetch_all(&mut **reading).await? {
        let project: String = row.try_get("project")?;
        let publishers = sqlx::query(
            "SELECT publisher_id, publisher FROM publishers
             WHERE account_id = ? AND project = ? ORDER BY position",
        );
        let publishers = publishers.bind(account).bind(project).fetch_all(&mut **reading).await?;
        let publishers = publishers.iter().map(readable).collect();
        pages.push(ExportedPage { page: readable(&row), publishers });
    }
    Ok(pages)
}

/// A row by its columns' names, with JSON as such, moments as dates and answers as true or false.
fn readable(row: &SqliteRow) -> Row {
    let columns = row.columns().iter().enumerate();
    let ours = |name: &str| OURS.contains(&name);
    let columns = columns.filter(|(_, column)| !ours(column.name()));
    columns.map(|(at, column)| named(column.name(), value(row, at))).collect()
}

fn named(column: &str, value: Value) -> (String, Value) {
    if let Some(moment_of) = column.strip_suffix("_ms") {
        return (moment_of.to_owned(), value.as_i64().map_or(Value::Null, moment));
    }
    let value = match value {
        // Text that is no JSON any more is exported as it is.
        Value::String(text) if JSON.contains(&column) => {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        }
        Value::Number(number) if YES_OR_NO.contains(&column) => {
            Value::Bool(number.as_i64() != Some(0))
        }
        value => value,
    };
    (column.to_owned(), value)
}

/// A moment as people and programs read it: 2026-11-22T09:00:00.007Z.
fn moment(at_ms: i64) -> Value {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at_ms) * 1_000_000);
    at.ok().and_then(|at| at.format(&Rfc3339).ok()).map_or(at_ms.into(), Value::from)
}

#[cfg(test)]
mod tests {
    use super::super::forgotten::fill;
    use super::*;
    use trustdesk_domain::Index;

    async fn exported(store: &Store) -> Value {
        let export = store.export(1_795_338_000_007).await.expect("read");
        serde_json::to_value(export).expect("written")
    }

    #[tokio::test]
    async fn each_account_stands_below_its_index_with_all_that_is_kept_of_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        fill(&store, &Index::pypi().expect("known"), "alice").await;
        fill(&store, &Index::testpypi().expect("known"), "bob").await;
        let document = exported(&store).await;

        assert_eq!(document["format"], 1);
        assert_eq!(document["written_at"], "2026-11-22T09:00:00.007Z");
        assert_eq!(document["indexes"].as_array().expect("a list").len(), 2);
        let pypi = &document["indexes"][0];
        assert_eq!(pypi["origin"], "https://pypi.org/");
        assert_eq!(pypi["is_current"], false, "TestPyPI was selected after it");
        assert_eq!(pypi["accounts"][0]["is_selected"], true);
        let alice = &pypi["accounts"][0];
        assert_eq!(alice["username"], "alice");
        assert_eq!(alice["projects_read_at"], "2026-11-22T09:00:00.007Z");
        assert_eq!(alice["quota_closed_until"], Value::Null);
        assert_eq!(alice["projects"][0]["sole_owner"], true);
        assert_eq!(alice["projects"][0]["archived"], false);
        let page = &alice["publishing_pages"][0];
        assert_eq!(page["read_at"], "1970-01-01T00:00:00.002Z");
        assert_eq!(page["publishers"][0]["publisher"]["name"], "alice");
        assert_eq!(alice["drafts"][0]["fields"]["owner"], "alice");
        assert_eq!(alice["changes"][0]["state"], "waiting");
        assert_eq!(alice["changes"][0]["settled_at"], Value::Null, "it is not over");
        assert_eq!(document["indexes"][1]["accounts"][0]["username"], "bob");
    }

    #[tokio::test]
    async fn every_column_of_every_table_is_in_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        fill(&store, &Index::pypi().expect("known"), "alice").await;
        let text = exported(&store).await.to_string();
        let columns: Vec<(String, String)> = sqlx::query_as(
            "SELECT tables.name, columns.name FROM sqlite_schema AS tables,
                 pragma_table_info(tables.name) AS columns
             WHERE tables.type = 'table' AND tables.name NOT LIKE '%_sqlx_%'",
        )
        .fetch_all(&store.readers)
        .await
        .expect("read");
        assert!(columns.len() > 30, "{columns:?}");
        for (table, column) in columns.iter().filter(|(_, name)| !OURS.contains(&name.as_str())) {
            let name = column.trim_end_matches("_ms");
            assert!(text.contains(&format!("\"{name}\":")), "{table}.{column} is not exported");
        }
    }
}
