//! Files of earlier versions: copied, then brought to this version, or left as they were.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{ConnectOptions, Connection, SqlSafeStr};

use super::open::{MIGRATIONS, open};
use super::{Error, Store, backup, condition};
use trustdesk_domain::{ChangeId, Index};

/// The first steps, as an earlier version had them.
fn steps(count: usize) -> Migrator {
    Migrator::with_migrations(MIGRATIONS.iter().take(count).cloned().collect())
}

fn file(folder: &Path) -> PathBuf {
    folder.join("trustdesk.sqlite3")
}

fn backups(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder.join("backups")) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

/// A file of the version before the drafts, in which somebody has chosen an index.
async fn older(folder: &Path) {
    let store = open(folder, &steps(2), 1).await.expect("opens");
    alice_on_pypi(&store).await;
    store.close().await;
}

/// An index that somebody has chosen and signed in to, in a file of any version.
async fn alice_on_pypi(store: &Store) {
    let former = "SELECT count(*) FROM pragma_table_info('indexes') WHERE name = 'opened_at_ms'";
    let is_former: bool =
        sqlx::query_scalar(former).fetch_one(&store.writer).await.expect("looked at");
    if !is_former {
        let index = Index::pypi().expect("known");
        store.select_index(&index).await.expect("selected");
        store.select_account_named(&index.key, "alice").await.expect("selected");
        return;
    }
    for statement in [
        "INSERT INTO indexes (index_key, origin, opened_at_ms)
             VALUES ('testpypi', 'https://test.pypi.org/', 3), ('pypi', 'https://pypi.org/', 4)",
        "INSERT INTO accounts (account_id, index_key, username, opened_at_ms)
             VALUES (1, 'pypi', 'alice', 2), (2, 'pypi', 'bob', 1), (3, 'testpypi', 'carol', 5)",
    ] {
        sqlx::query(statement).execute(&store.writer).await.expect("written");
    }
}

async fn tables(path: &Path) -> Vec<String> {
    let mut connection = condition::looking(path).connect().await.expect("opens");
    let tables = sqlx::query_scalar("SELECT name FROM sqlite_schema ORDER BY name")
        .fetch_all(&mut connection)
        .await
        .expect("reads");
    connection.close().await.expect("closes");
    tables
}

#[tokio::test]
async fn an_upgrade_keeps_a_copy_of_the_file_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    older(folder.path()).await;
    let before = tables(&file(folder.path())).await;
    let store = open(folder.path(), &MIGRATIONS, 1_795_338_000_007).await.expect("upgraded");
    let pypi = Index::pypi().expect("known");
    assert_eq!(store.selected_index().await.expect("reads").as_ref(), Some(&pypi));
    let account = store.selected_account(&pypi.key).await.expect("reads").expect("one");
    assert_eq!(account.username, "alice", "who was signed in to last there");
    assert!(store.recovery().is_none());
    let copies = backups(folder.path());
    assert_eq!(copies, [folder.path().join("backups/trustdesk-2-20261122T090000007Z.sqlite3")]);
    assert_eq!(tables(&copies[0]).await, before, "the copy is of the older version");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&copies[0]), mode(&folder.path().join("backups"))), (0o600, 0o700));
    }
}

#[tokio::test]
async fn a_file_that_needs_no_upgrade_is_not_copied() {
    let folder = tempfile::tempdir().expect("a folder");
    Store::open(folder.path()).await.expect("a new one").close().await;
    Store::open(folder.path()).await.expect("the same").close().await;
    assert_eq!(backups(folder.path()), [] as [PathBuf; 0]);
}

#[tokio::test]
async fn three_copies_are_kept_even_when_the_clock_went_back() {
    let folder = tempfile::tempdir().expect("a folder");
    older(folder.path()).await;
    for day in [3, 4, 5, 6, 1] {
        let now_ms = day * 86_400_000;
        backup::make(folder.path(), &file(folder.path()), day, now_ms).await.expect("copied");
    }
    let names: Vec<String> = backups(folder.path())
        .iter()
        .map(|path| path.file_name().expect("named").to_string_lossy()[..11].to_owned())
        .collect();
    assert_eq!(names, ["trustdesk-1", "trustdesk-5", "trustdesk-6"], "the new one stays");
}

#[tokio::test]
async fn an_upgrade_without_a_copy_does_not_begin() {
    let folder = tempfile::tempdir().expect("a folder");
    older(folder.path()).await;
    fs::write(folder.path().join("backups"), "in the way").expect("written");
    let before = fs::read(file(folder.path())).expect("there");
    let error = Store::open(folder.path()).await.expect_err("no copy can be made");
    assert!(matches!(error, Error::CannotBackUp { .. }), "{error:?}");
    assert!(fs::read(file(folder.path())).expect("there") == before, "nothing was changed");
}

#[tokio::test]
async fn a_step_that_fails_anywhere_leaves_the_schema_before_it() {
    for script in [
        "INSERT INTO nowhere VALUES (1);",
        "CREATE TABLE late (a); INSERT INTO nowhere VALUES (1);",
        "CREATE TABLE late (a); DELETE FROM indexes; INSERT INTO nowhere VALUES (1);",
        "DROP TABLE publishers; ALTER TABLE changes RENAME TO other; SELECT nothing;",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        older(folder.path()).await;
        let before = tables(&file(folder.path())).await;
        let (kind, sql) = (MigrationType::Simple, script.into_sql_str());
        let broken = Migration::new(3, "broken".into(), kind, sql, false);
        let migrations = steps(2).iter().cloned().chain([broken]).collect();
        let migrations = Migrator::with_migrations(migrations);
        let error = open(folder.path(), &migrations, 5).await.expect_err("the step fails");
        assert!(matches!(error, Error::CannotOpen { .. }), "{error:?}");
        assert_eq!(tables(&file(folder.path())).await, before, "{script}");
        let store = Store::open(folder.path()).await.expect("the right step is taken");
        assert!(store.selected_index().await.expect("reads").is_some(), "{script}");
    }
}

#[tokio::test]
async fn changes_of_every_earlier_version_are_carried_over_from_a_file_that_is_rebuilt() {
    let publisher = r#"{"provider":"github","owner":"octo-org","repository":"demo",
        "workflow_filename":"release.yml","environment":null}"#;
    for count in 1..=MIGRATIONS.iter().count() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(folder.path(), &steps(count), 1).await.expect("opens");
        alice_on_pypi(&store).await;
        for statement in [
            "INSERT INTO changes (change_id, account_id, project, action, publisher, state, reasons,
                     confirmed_at_ms, settled_at_ms)
                 VALUES ('1', 1, 'demo', 'add', ?1, 'waiting', '{\"messages\":[],\"fields\":{}}', 5, NULL)",
            "INSERT INTO changes (change_id, account_id, project, action, publisher, publisher_id,
                     state, reasons, confirmed_at_ms, settled_at_ms)
                 VALUES ('2', 1, 'demo', 'add', ?1, 'row', 'done', '{\"messages\":[],\"fields\":{}}', 5, 6)",
            "INSERT INTO changes (change_id, account_id, project, action, publisher, publisher_id,
                     state, reasons, confirmed_at_ms, settled_at_ms)
                 VALUES ('3', 1, 'demo', 'add', ?1, 'row', 'done', '{\"messages\":[],\"fields\":{}}', 3, 4)",
        ] {
            sqlx::query(statement).bind(publisher).execute(&store.writer).await.expect("written");
        }
        store.close().await;
        drop(store);
        let mut bytes = fs::read(file(folder.path())).expect("there");
        // Without its header the file cannot be brought to this version before it is rebuilt.
        bytes[..16].fill(0);
        fs::write(file(folder.path()), bytes).expect("broken");
        let store = Store::open(folder.path()).await.expect("rebuilt");
        let recovery = store.recovery().expect("its header was broken");
        assert_eq!((recovery.changes, recovery.unreadable), (1, 0), "version {count}: one is open");
        let since = store.done_here_since(&ChangeId("1".to_owned())).await.expect("read");
        assert_eq!(
            since.len(),
            1,
            "version {count}: the one was done after the other was confirmed"
        );
    }
}

#[tokio::test]
async fn nobody_upgrades_a_file_that_another_process_has_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let _old = open(folder.path(), &steps(2), 1).await.expect("opens");
    let error = Store::open(folder.path()).await.expect_err("the older one still works on it");
    assert!(matches!(error, Error::InUse { .. }), "{error:?}");
    assert_eq!(backups(folder.path()), [] as [PathBuf; 0]);
}

#[tokio::test]
async fn a_database_of_another_program_is_left_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path());
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut connection = options.connect().await.expect("opens");
    sqlx::query("CREATE TABLE recipes (name)").execute(&mut connection).await.expect("made");
    connection.close().await.expect("closes");
    let before = fs::read(&path).expect("there");
    let error = Store::open(folder.path()).await.expect_err("not ours");
    assert!(error.to_string().contains("left untouched"), "{error}");
    assert!(fs::read(&path).expect("there") == before);
}
