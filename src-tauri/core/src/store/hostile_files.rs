//! Files that a hostile program has prepared: what no version of this program makes is never run, and
//! what is too large is never loaded; the rows that people typed are carried over.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use super::forgotten::fill;
use super::{NewAdd, Store};
use trustdesk_domain::{DraftId, Fields, Github, Index, Project, Provider, Publisher, Typed};

/// Longer than any start takes, and shorter than for ever.
const PATIENCE: Duration = Duration::from_secs(30);

async fn edited(folder: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.join("trustdesk.sqlite3"));
    options.foreign_keys(false).connect().await.expect("opens")
}

/// A data folder with a draft and a change, in which another program has run this.
async fn folder_after(statements: &'static [&'static str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    fill(&store, &Index::pypi().expect("known"), "alice").await;
    store.close().await;
    let mut connection = edited(folder.path()).await;
    for statement in statements {
        sqlx::query(*statement).execute(&mut connection).await.expect(statement);
    }
    connection.close().await.expect("closes");
    folder
}

async fn opened(folder: &Path, what: &str) -> Store {
    let opened = tokio::time::timeout(PATIENCE, Store::open(folder)).await;
    opened.unwrap_or_else(|_| panic!("{what} is run without end")).expect(what)
}

#[tokio::test]
async fn schema_that_no_migration_makes_is_rebuilt_and_what_was_in_it_is_named() {
    for (named, statement) in [
        (
            "trigger redirect on changes",
            &["CREATE TRIGGER redirect AFTER UPDATE ON changes BEGIN
                   UPDATE changes SET project = 'evil'; END"],
        ),
        (
            "trigger late on drafts",
            &["CREATE TRIGGER late AFTER INSERT ON drafts BEGIN
                   DELETE FROM changes; END"],
        ),
        ("view listed", &["CREATE VIEW listed AS SELECT * FROM publishers"]),
        ("table extra", &["CREATE TABLE extra (a)"]),
        ("index slow on changes", &["CREATE INDEX slow ON changes (project)"]),
        ("table changes", &["ALTER TABLE changes ADD COLUMN extra TEXT"]),
        ("table drafts", &["ALTER TABLE drafts ADD COLUMN extra TEXT AS (hex(zeroblob(1000)))"]),
        ("no index attempts_of_account", &["DROP INDEX attempts_of_account"]),
    ] {
        let folder = folder_after(statement).await;
        let store = opened(folder.path(), named).await;
        let recovery = store.recovery().unwrap_or_else(|| panic!("{named} was left in use"));
        assert!(format!("{recovery:?}").contains(named), "{named}: {recovery:?}");
        assert_eq!((recovery.drafts, recovery.changes), (1, 1), "{named}");
        store.close().await;
        let again = opened(folder.path(), named).await;
        assert_eq!(again.recovery(), None, "{named}: the new file is as the migrations make it");
    }
}

#[tokio::test]
async fn view_without_end_in_the_place_of_a_table_is_never_run() {
    for (name, statements) in [
        (
            "changes",
            &[
                "DROP TABLE changes",
                "CREATE VIEW changes AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
                 SELECT x AS change_id, 1 AS account_id, 'demo' AS project, 'add' AS action,
                     '{}' AS publisher, NULL AS publisher_id, 'waiting' AS state, '{}' AS reasons,
                     1 AS confirmed_at_ms, NULL AS claimed_at_ms, NULL AS settled_at_ms,
                     NULL AS base, NULL AS after_id FROM n",
            ],
        ),
        (
            "_sqlx_migrations",
            &[
                "DROP TABLE _sqlx_migrations",
                "CREATE VIEW _sqlx_migrations AS
                 WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
                 SELECT x AS version, x'00' AS checksum FROM n",
            ],
        ),
    ] {
        let folder = folder_after(statements).await;
        let store = opened(folder.path(), name).await;
        let recovery = store.recovery().expect("the view was found");
        assert!(format!("{recovery:?}").contains(&format!("view {name}")), "{recovery:?}");
        assert_eq!(recovery.drafts, 1, "{name}: what stands in real tables is carried over");
    }
}

#[tokio::test]
async fn value_larger_than_any_of_ours_is_left_behind_and_the_rest_is_carried_over() {
    let folder = folder_after(&[
        "PRAGMA ignore_check_constraints = ON",
        "INSERT INTO drafts (draft_id, account_id, project, provider, fields, state, saved_at_ms)
         SELECT 'huge', account_id, 'demo', 'github', '\"' || hex(zeroblob(23068672)) || '\"',
             'parked', 1 FROM accounts",
    ])
    .await;
    let store = opened(folder.path(), "a large value").await;
    let recovery = store.recovery().expect("the value was found");
    assert!(format!("{recovery:?}").contains("44 MB in one row of drafts"), "{recovery:?}");
    assert_eq!((recovery.drafts, recovery.changes, recovery.unreadable), (1, 1, 1));
}

#[tokio::test]
async fn every_connection_distrusts_the_schema_and_has_a_limit_to_its_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    for pool in [&store.readers, &store.writer] {
        let guards: [i64; 3] = [
            sqlx::query_scalar("PRAGMA trusted_schema").fetch_one(pool).await.expect("asked"),
            sqlx::query_scalar("PRAGMA cell_size_check").fetch_one(pool).await.expect("asked"),
            sqlx::query_scalar("PRAGMA hard_heap_limit").fetch_one(pool).await.expect("asked"),
        ];
        assert_eq!(guards, [0, 1, 268_435_456]);
    }
}

/// What would do harm in a statement that was put together from pieces.
const INJECTIONS: [&str; 6] = [
    "'; DROP TABLE changes; --",
    "\" OR 1=1; DELETE FROM drafts; --",
    "'); ATTACH DATABASE '/tmp/evil' AS evil; --",
    "%' ESCAPE '%",
    "?1 @a :b $c",
    "\\'; PRAGMA writable_schema = ON; --",
];

#[tokio::test]
async fn text_that_looks_like_sql_is_kept_as_text_in_every_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    let before = schema(&store).await;
    let index = Index::pypi().expect("known");
    store.select_index(&index).await.expect("opened");
    for (number, text) in INJECTIONS.iter().enumerate() {
        let account = store.select_account_named(&index.key, text).await.expect("opened");
        assert_eq!(account.username, *text);
        let fields: Fields = [("owner".to_owned(), (*text).to_owned())].into();
        let (id, typed) =
            (DraftId(format!("{text}{number}")), Typed::new(text, Provider::Github, &fields));
        assert!(store.save_draft(account.id, &id, &typed, 1).await.expect("saved"));
        let drafts = store.drafts(account.id, Some(text)).await.expect("read");
        assert_eq!(drafts[0].typed.fields["owner"], *text);
        let publisher = Publisher::Github(Github {
            owner: (*text).to_owned(),
            repository: (*text).to_owned(),
            workflow_filename: (*text).to_owned(),
            environment: Some((*text).to_owned()),
        });
        store.queue_add(account.id, &NewAdd::of(text, &publisher), 1).await.expect("queued");
        let open = store.open_changes(account.id).await.expect("read");
        assert_eq!((open[0].project.as_str(), open[0].intent.publisher()), (*text, &publisher));
        let project = Project {
            name: (*text).to_owned(),
            normalized_name: (*text).to_owned(),
            organization: Some((*text).to_owned()),
            sole_owner: true,
            date: None,
            summary: Some((*text).to_owned()),
            archived: false,
            can_manage: true,
            has_page: false,
        };
        store.save_projects(account.id, &[project], 1).await.expect("saved");
        let projects = store.projects(account.id).await.expect("read");
        assert_eq!(projects[0].project.summary.as_deref(), Some(*text));
    }
    assert_eq!(schema(&store).await, before, "nothing was dropped and nothing was made");
}

async fn schema(store: &Store) -> Vec<String> {
    let schema = sqlx::query_scalar("SELECT name FROM sqlite_schema ORDER BY name");
    schema.fetch_all(&store.readers).await.expect("read")
}

#[tokio::test]
async fn schema_in_which_a_moved_line_break_made_a_comment_of_a_column_is_rebuilt() {
    let folder = folder_after(&[
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql =
             replace(sql, 'The index''s order.' || char(10), 'The index''s order. ')
         WHERE name = 'projects' AND sql LIKE '%The index''s order.' || char(10) || '%'",
    ])
    .await;
    let mut connection = edited(folder.path()).await;
    let read = sqlx::query("SELECT position FROM projects");
    read.fetch_optional(&mut connection).await.expect_err("the column is part of a comment");
    connection.close().await.expect("closes");
    let store = opened(folder.path(), "a changed definition").await;
    let recovery = store.recovery().expect("the definition was found to be another");
    assert_eq!(recovery.altered, ["table projects, which is not as it should be"]);
    assert_eq!((recovery.drafts, recovery.changes), (1, 1));
    assert_eq!(store.accounts(None).await.expect("every column is there").len(), 1);
}

#[tokio::test]
async fn name_larger_than_any_of_ours_is_not_carried_over_from_the_index_of_accounts_either() {
    let folder = folder_after(&[
        "INSERT INTO accounts (account_id, index_key, username)
         SELECT 77, index_key, hex(zeroblob(5000000)) FROM indexes",
        "CREATE VIEW listed AS SELECT 1",
    ])
    .await;
    let store = opened(folder.path(), "a large name").await;
    assert!(store.recovery().is_some());
    let accounts = store.accounts(None).await.expect("read");
    let longest = accounts.iter().map(|(account, _)| account.username.len()).max();
    assert_eq!((accounts.len(), longest), (1, Some("alice".len())));
}

#[tokio::test]
async fn change_that_lost_its_add_stops_only_if_it_is_a_removal_that_has_not_begun() {
    let folder = folder_after(&[
        "INSERT INTO changes (change_id, account_id, project, action, publisher, publisher_id, state,
             reasons, confirmed_at_ms, claimed_at_ms, after_id)
         SELECT action || ' ' || state, account_id, project, action, publisher, 'row', state,
             reasons, 1, 2, 'gone'
         FROM (SELECT account_id, project, publisher, reasons FROM changes LIMIT 1),
             (SELECT 'add' AS action UNION SELECT 'remove'),
             (SELECT 'waiting' AS state UNION SELECT 'rejected' UNION SELECT 'sending'
              UNION SELECT 'checking' UNION SELECT 'done')",
        "CREATE VIEW listed AS SELECT 1",
    ])
    .await;
    let store = opened(folder.path(), "a lost add").await;
    assert!(store.recovery().is_some());
    let changes: Vec<(String, String, bool)> = sqlx::query_as(
        "SELECT change_id, state, reasons LIKE '%the addition that had to come first%'
         FROM changes WHERE publisher_id = 'row' AND after_id IS NULL ORDER BY change_id",
    )
    .fetch_all(&store.readers)
    .await
    .expect("read");
    assert_eq!(changes.len(), 10, "none comes after a change that is gone");
    for (change, state, is_told) in changes {
        let stops = change == "remove waiting" || change == "remove rejected";
        let before = change.split_once(' ').map_or("", |(_, state)| state);
        let expected = if stops { "needs_you" } else { before };
        assert_eq!((state.as_str(), is_told), (expected, stops), "{change}");
    }
}

#[tokio::test]
async fn index_of_rows_without_an_account_is_not_called_a_wrong_address() {
    let folder = folder_after(&["DELETE FROM accounts", "DROP INDEX attempts_of_account"]).await;
    let store = opened(folder.path(), "rows without an account").await;
    assert!(store.recovery().is_some());
    let accounts = store.accounts(None).await.expect("read");
    assert_eq!(accounts[0].0.username, "account 1", "what was typed has an owner");
    for index in store.indexes().await.expect("read") {
        index.expect("nobody stored a wrong address");
    }
}
