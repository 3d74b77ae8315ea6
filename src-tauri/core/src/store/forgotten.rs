//! Deleting: everything that was asked to be deleted is gone from every table and from the bytes of
//! every file, and nothing else is.

use std::fs;
use std::path::Path;

use super::{AccountId, Error, Holdings, Store};
use trustdesk_domain::{
    Detail, Index, ListedPublisher, Project, Provider, Publisher, PublisherId, PublishingPage,
};

const CANARY: &str = "a-canary-in-a-coal-mine";

/// An account on this index with rows in every table, several pages of them.
pub(super) async fn fill(store: &Store, index: &Index, word: &str) -> AccountId {
    store.select_index(index).await.expect("opened");
    let account = store.select_account_named(&index.key, word).await.expect("opened").id;
    let project = Project {
        name: word.to_owned(),
        normalized_name: word.to_owned(),
        organization: None,
        sole_owner: true,
        date: None,
        summary: Some(word.repeat(1000)),
        archived: false,
        can_manage: true,
        has_page: true,
    };
    store.save_projects(account, &[project], 1_795_338_000_007).await.expect("saved");
    let detail = Detail { label: "Owner".to_owned(), value: Some(word.to_owned()), link: None };
    let publisher = Publisher::Other { name: word.to_owned(), details: vec![detail] };
    let id = PublisherId(word.to_owned());
    let page = PublishingPage {
        publishers: vec![ListedPublisher { id, publisher: publisher.clone() }],
        providers: vec![Provider::Github],
        gitlab_instances: vec![word.to_owned()],
    };
    store.save_publishing(account, word, &page, 2).await.expect("saved");
    store.set_forgets_sessions(true).await.expect("chosen");
    for insert in [
        "INSERT INTO drafts (draft_id, account_id, project, provider, fields, state, saved_at_ms)
         VALUES ('draft ' || ?1, ?1, ?2, 'github', json_object('owner', ?2), 'open', 3)",
        "INSERT INTO changes (change_id, account_id, project, action, publisher, state, reasons,
             confirmed_at_ms)
         VALUES ('change ' || ?1, ?1, ?2, 'add', ?3, 'waiting',
             json_object('messages', json_array(), 'fields', json_object()), 4)",
        "INSERT INTO attempts (account_id, change_id, at_ms) VALUES (?1, 'change ' || ?1, 5)",
    ] {
        let insert = sqlx::query(insert).bind(account.0).bind(word);
        let publisher = serde_json::to_string(&publisher).expect("written");
        insert.bind(publisher).execute(&store.writer).await.expect("kept");
    }
    account
}

/// The files below a folder that hold a text.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("listed") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if fs::read(&path)
            .expect("read")
            .windows(text.len())
            .any(|bytes| bytes == text.as_bytes())
        {
            found.push(path.file_name().expect("a name").to_string_lossy().into_owned());
        }
    }
    found.sort();
    found
}

/// The tables that have rows, and all there are; not the one of the schema's steps.
async fn tables(store: &Store) -> (Vec<String>, Vec<String>) {
    let full = "SELECT DISTINCT name FROM dbstat JOIN sqlite_schema USING (name)
         WHERE type = 'table' AND ncell > 0 AND name <> '_sqlx_migrations' ORDER BY name";
    let all = "SELECT name FROM sqlite_schema
         WHERE type = 'table' AND name <> '_sqlx_migrations' ORDER BY name";
    let full = sqlx::query_scalar(full).fetch_all(&store.readers).await.expect("counted");
    let all = sqlx::query_scalar(all).fetch_all(&store.readers).await.expect("listed");
    (full, all)
}

async fn tables_with_rows(store: &Store) -> Vec<String> {
    tables(store).await.0
}

fn pypi() -> Index {
    Index::pypi().expect("known")
}

#[tokio::test]
async fn nothing_of_what_was_deleted_is_left_in_any_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    fill(&store, &pypi(), CANARY).await;
    fill(&store, &Index::testpypi().expect("known"), CANARY).await;
    for name in ["backups", "damaged/20261122T090000007Z", "mending"] {
        let inner = folder.path().join(name);
        fs::create_dir_all(&inner).expect("made");
        fs::write(inner.join("copy.sqlite3"), CANARY).expect("written");
    }
    let (full, all) = tables(&store).await;
    assert_eq!(full, all, "a table without a row would be empty for nothing");
    let before = files_with(folder.path(), CANARY);
    assert_eq!(
        before.len(),
        4,
        "three copies and the log are found, or nothing ever is: {before:?}"
    );

    store.forget_everything().await.expect("deleted");
    assert_eq!(files_with(folder.path(), CANARY), [""; 0], "while the file is open");
    assert_eq!(tables_with_rows(&store).await, [""; 0]);
    assert_eq!(store.holdings().await.expect("counted"), Holdings::default());
    store.close().await;
    assert_eq!(files_with(folder.path(), CANARY), [""; 0], "after it was closed");
}

#[tokio::test]
async fn what_is_deleted_of_one_index_leaves_the_others_as_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    let (pypi, testpypi) = (pypi(), Index::testpypi().expect("known"));
    let kept = fill(&store, &pypi, "kept").await;
    fill(&store, &testpypi, CANARY).await;
    store.select_index(&testpypi).await.expect("on screen");
    store.forget_accounts(&testpypi.key).await.expect("deleted");

    assert_eq!(files_with(folder.path(), CANARY), [""; 0]);
    assert_eq!(
        store.holdings().await.expect("counted"),
        Holdings { accounts: 1, projects: 1, drafts: 1, open_changes: 1 }
    );
    let page = store.publishing(kept, "kept").await.expect("read").expect("there");
    assert_eq!(page.page.publishers.len(), 1);
    let on_screen = store.selected_index().await.expect("read").expect("one");
    assert_eq!(on_screen, testpypi, "its index stays chosen");
}

#[tokio::test]
async fn a_reader_elsewhere_keeps_old_pages_in_the_log_and_a_second_call_wipes_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    fill(&store, &pypi(), CANARY).await;
    let other = Store::open(folder.path()).await.expect("another process");
    let mut reading = other.readers.begin().await.expect("begun");
    sqlx::query("SELECT * FROM projects").fetch_all(&mut *reading).await.expect("read");
    sqlx::query("PRAGMA busy_timeout = 0").execute(&store.writer).await.expect("set");

    let error = store.forget_everything().await.expect_err("it is still read");
    assert!(matches!(error, Error::InUse { .. }), "{error:?}");
    assert_eq!(tables_with_rows(&store).await, [""; 0], "the rows are gone already");
    reading.rollback().await.expect("ended");
    store.forget_everything().await.expect("wiped");
    assert_eq!(files_with(folder.path(), CANARY), [""; 0]);
}

#[tokio::test]
async fn a_notice_of_damaged_files_goes_with_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    fill(&store, &pypi(), CANARY).await;
    store.close().await;
    drop(store);
    let path = folder.path().join("trustdesk.sqlite3");
    let mut broken = fs::read(&path).expect("there");
    broken[..100].fill(0xa5);
    fs::write(&path, broken).expect("written");
    let store = Store::open(folder.path()).await.expect("mended");
    assert!(store.recovery().is_some());
    store.forget_everything().await.expect("deleted");
    assert_eq!(store.recovery(), None, "there is nothing to look at any more");
    assert_eq!(files_with(folder.path(), CANARY), [""; 0]);
}
