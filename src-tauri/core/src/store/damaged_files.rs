//! Real files with bytes broken at seeded places: opening never panics, what can be read is carried
//! over, and the broken bytes are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::condition::beside;
use super::typed::TABLES;
use super::{NewAdd, Store, rows, wal};
use trustdesk_domain::{
    ChangeEvent, Draft, DraftId, Fields, Github, Index, ListedPublisher, Project, Provider,
    Publisher, PublisherId, PublishingPage, Reasons, Typed,
};

/// A database and its log, as bytes.
#[derive(Clone)]
struct Files {
    file: Vec<u8>,
    log: Vec<u8>,
}

/// A sequence that is the same in every run (SplitMix64).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).expect("small")).expect("small")
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("trustdesk.sqlite3")
}

fn fields(number: usize) -> Fields {
    let owner = format!("octo-org-{number}");
    [("owner".to_owned(), owner), ("repository".to_owned(), "x".repeat(number * 7))].into()
}

fn publisher(number: usize) -> Publisher {
    Publisher::Github(Github {
        owner: format!("octo-org-{number}"),
        repository: "demo".to_owned(),
        workflow_filename: "release.yml".to_owned(),
        environment: None,
    })
}

async fn type_something(store: &Store, from: usize, to: usize) {
    let index = Index::pypi().expect("known");
    store.select_index(&index).await.expect("opened");
    let account = store.select_account_named(&index.key, "alice").await.expect("opened").id;
    for number in from..to {
        let id = DraftId(format!("draft-{number:04}"));
        let project = format!("project-{number}");
        let typed = Typed::new(&project, Provider::Github, &fields(number));
        let saved = store.save_draft(account, &id, &typed, 2);
        assert!(saved.await.expect("saved"));
        let change = store
            .queue_add(account, &NewAdd::of(&project, &publisher(number)), 5)
            .await
            .expect("queued");
        let event =
            [ChangeEvent::Claimed, ChangeEvent::Discarded, ChangeEvent::Refused][number % 3];
        store.move_change(&change.0.id, event, &Reasons::default(), 6).await.expect("moved");
    }
}

async fn read_something(store: &Store) {
    let index = Index::pypi().expect("known");
    let account = store.select_account_named(&index.key, "alice").await.expect("opened").id;
    let project = |number: usize| Project {
        name: format!("project-{number}"),
        normalized_name: format!("project-{number}"),
        organization: None,
        sole_owner: true,
        date: None,
        summary: Some("what it is for".to_owned()),
        archived: false,
        can_manage: true,
        has_page: false,
    };
    let projects: Vec<Project> = (0..100).map(project).collect();
    store.save_projects(account, &projects, 3).await.expect("saved");
    for number in 0..40 {
        let id = PublisherId(format!("row-{number}"));
        let publishers = vec![ListedPublisher { id, publisher: publisher(number) }];
        let page = PublishingPage { publishers, ..PublishingPage::default() };
        let project = format!("project-{number}");
        store.save_publishing(account, &project, &page, 4).await.expect("saved");
    }
}

/// A file of 60 drafts and 60 changes, a third of which are in the log only.
async fn files() -> Files {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    type_something(&store, 0, 40).await;
    read_something(&store).await;
    store.close().await;
    drop(store);
    let store = Store::open(folder.path()).await.expect("opens");
    type_something(&store, 40, 60).await;
    let path = path(folder.path());
    let log = fs::read(beside(&path, "-wal")).expect("there");
    assert!(wal::is_whole(&log[..]).expect("read"), "a log that SQLite wrote is whole");
    Files { file: fs::read(path).expect("there"), log }
}

impl Files {
    fn put(&self, folder: &Path) {
        fs::write(path(folder), &self.file).expect("written");
        if !self.log.is_empty() {
            fs::write(beside(&path(folder), "-wal"), &self.log).expect("written");
        }
    }

    /// Breaks it in one of eight ways; tells how.
    fn broken(&self, seeded: &mut Seeded) -> (Self, String) {
        let mut files = self.clone();
        let way = seeded.below(8);
        let at = seeded.below(files.file.len());
        let page = at / wal::PAGE * wal::PAGE;
        let log_at = seeded.below(files.log.len());
        let mut garbage = |bytes: &mut [u8]| {
            for byte in bytes {
                *byte = seeded.next().to_le_bytes()[0];
            }
        };
        match way {
            0 => files.file[at] ^= 1 << (at % 8),
            1 => garbage(&mut files.file[at..(at + 64).min(self.file.len())]),
            2 => garbage(&mut files.file[page..page + wal::PAGE]),
            3 => files.file[page..page + wal::PAGE].fill(0),
            4 => files.file.truncate(at),
            5 => garbage(&mut files.file[..100]),
            6 => files.log[log_at] ^= 1 << (log_at % 8),
            _ => files.log.truncate(log_at),
        }
        (files, format!("way {way} at byte {at} of the file, {log_at} of the log"))
    }

    /// Every draft and change that SQLite reads from these files, as a dump would; those that make
    /// sense, by name.
    async fn dump(&self) -> BTreeMap<String, String> {
        let folder = tempfile::tempdir().expect("a folder");
        self.put(folder.path());
        let options = SqliteConnectOptions::new().filename(path(folder.path()));
        let Ok(mut connection) = options.connect().await else {
            return BTreeMap::new();
        };
        let mut dumped = BTreeMap::new();
        for table in TABLES.iter().filter(|table| matches!(table.name, "drafts" | "changes")) {
            for mut row in rows::read(&mut connection, table).await.rows {
                let named = row.get(table.key).is_some_and(serde_json::Value::is_string);
                let account = row.get("account_id").and_then(serde_json::Value::as_i64);
                if named && account == Some(1) && (table.repair)(&mut row) {
                    let (_, text) = typed(table.name, &row);
                    dumped.insert(row[table.key].to_string(), text);
                }
            }
        }
        let _read_only = connection.close().await;
        dumped
    }
}

/// What a person typed in this row.
fn typed(table: &str, row: &rows::Row) -> (String, String) {
    let column = if table == "drafts" { "fields" } else { "publisher" };
    (table.to_owned(), row[column].to_string())
}

/// What stands in an open database.
async fn kept(store: &Store) -> BTreeMap<String, String> {
    let mut connection = store.readers.acquire().await.expect("reads");
    let mut kept = BTreeMap::new();
    for table in TABLES.iter().filter(|table| matches!(table.name, "drafts" | "changes")) {
        let found = rows::read(&mut connection, table).await;
        assert!(found.complete, "the new database is sound");
        for row in found.rows {
            kept.insert(row[table.key].to_string(), typed(table.name, &row).1);
        }
    }
    kept
}

async fn opens_with_all_that_can_be_read(files: &Files, how: &str) -> (Store, tempfile::TempDir) {
    let readable = files.dump().await;
    let folder = tempfile::tempdir().expect("a folder");
    files.put(folder.path());
    let store = match Store::open(folder.path()).await {
        Ok(store) => store,
        Err(error) => panic!("{how}: {error:?}"),
    };
    let kept = kept(&store).await;
    for (name, text) in readable {
        assert_eq!(kept.get(&name), Some(&text), "{how}: {name} could be read");
    }
    if let Some(recovery) = store.recovery() {
        let aside = path(&recovery.kept_aside);
        assert!(fs::read(&aside).expect("kept") == files.file, "{how}: the file is as it was");
        let log = fs::read(beside(&aside, "-wal")).unwrap_or_default();
        assert!(log == files.log, "{how}: the log is as it was");
    }
    (store, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_breaks_what_can_be_read_is_carried_over_and_the_rest_is_kept_aside() {
    let files = files().await;
    let mut seeded = Seeded(4);
    let mut recovered = 0;
    for _ in 0..VARIANTS {
        let (broken, how) = files.broken(&mut seeded);
        let (store, folder) = opens_with_all_that_can_be_read(&broken, &how).await;
        recovered += usize::from(store.recovery().is_some());
        let drafts = kept(&store).await.len();
        store.close().await;
        drop(store);
        let again = Store::open(folder.path()).await.expect("opens again");
        assert_eq!(again.recovery(), None, "{how}: the new database is sound");
        assert_eq!(kept(&again).await.len(), drafts, "{how}");
    }
    assert!(recovered > VARIANTS / 3, "most of these are damage: {recovered}");
}

const VARIANTS: usize = 60;

#[tokio::test]
async fn nothing_is_lost_with_a_header_a_first_page_or_a_page_of_the_cache() {
    let files = files().await;
    let all = files.dump().await;
    assert_eq!(all.len(), 120, "60 drafts and 60 changes");
    for end in [100, wal::PAGE] {
        let mut broken = files.clone();
        broken.file[..end].fill(0xa5);
        let (store, _folder) = opens_with_all_that_can_be_read(&broken, "no header").await;
        assert_eq!(kept(&store).await, all, "{end} bytes were lost");
    }
}

#[tokio::test]
async fn a_log_whose_header_is_broken_still_gives_what_was_committed_to_it() {
    let files = files().await;
    let mut broken = files.clone();
    broken.log[20] ^= 1;
    let (store, _folder) = opens_with_all_that_can_be_read(&broken, "a broken log").await;
    assert_eq!(kept(&store).await, files.dump().await);
    assert!(store.recovery().is_some(), "SQLite would have forgotten the log without a word");
}

#[tokio::test]
async fn a_log_with_a_torn_end_is_no_damage_and_one_that_is_broken_before_its_last_commit_is() {
    let files = files().await;
    let mut torn = files.clone();
    let in_the_last_frame = torn.log.len() - 100;
    torn.log[in_the_last_frame] ^= 1;
    assert!(
        wal::is_whole(&torn.log[..]).expect("read"),
        "a power cut leaves this of the write that it met"
    );
    let mut broken = files;
    let in_the_middle = broken.log.len() / 2;
    broken.log[in_the_middle] ^= 1;
    assert!(
        !wal::is_whole(&broken.log[..]).expect("read"),
        "commits that were synced follow, and SQLite reads none"
    );
}

#[tokio::test]
async fn a_file_of_no_length_is_new_and_one_that_lost_all_but_its_log_is_not() {
    let files = files().await;
    let empty = Files { file: Vec::new(), log: Vec::new() };
    let (store, _folder) = opens_with_all_that_can_be_read(&empty, "empty").await;
    assert_eq!(store.recovery(), None);
    let lost = Files { file: Vec::new(), ..files.clone() };
    let (store, _folder) = opens_with_all_that_can_be_read(&lost, "only a log").await;
    assert!(store.recovery().is_some());
    let kept_rows = kept(&store).await.len();
    assert!(kept_rows >= 40, "the log holds a third of them: {kept_rows}");
    let zeros = Files { file: vec![0; files.file.len()], log: Vec::new() };
    let (store, _folder) = opens_with_all_that_can_be_read(&zeros, "zeros").await;
    assert!(store.recovery().is_some(), "a crash leaves zeros");
}

#[tokio::test]
async fn a_log_of_another_file_costs_nothing_that_can_be_read() {
    let files = files().await;
    let folder = tempfile::tempdir().expect("a folder");
    let other = Store::open(folder.path()).await.expect("opens");
    type_something(&other, 90, 92).await;
    let log = fs::read(beside(&path(folder.path()), "-wal")).expect("there");
    let foreign = Files { log, ..files };
    opens_with_all_that_can_be_read(&foreign, "a foreign log").await;
}

#[tokio::test]
async fn text_that_makes_no_sense_is_kept_aside_and_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    type_something(&store, 0, 4).await;
    sqlx::query("UPDATE drafts SET provider = 'githib' WHERE draft_id = 'draft-0001'")
        .execute(&store.writer)
        .await
        .expect("written");
    sqlx::query("UPDATE changes SET state = 'waitimg' WHERE project = 'project-2'")
        .execute(&store.writer)
        .await
        .expect("written");
    store.close().await;
    drop(store);
    let store = Store::open(folder.path()).await.expect("opens");
    let recovery = store.recovery().expect("no screen could have shown these rows");
    assert_eq!((recovery.drafts, recovery.unreadable), (3, 1));
    let state: String = sqlx::query_scalar("SELECT state FROM changes WHERE project = 'project-2'")
        .fetch_one(&store.readers)
        .await
        .expect("reads");
    assert_eq!(state, "needs_you", "nobody knows how far it went");
}

#[tokio::test]
async fn every_column_of_what_was_typed_is_carried_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT tables.name, columns.name FROM sqlite_schema AS tables
         JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'",
    )
    .fetch_all(&store.readers)
    .await
    .expect("reads");
    let cache = ["_sqlx_migrations", "projects", "publishing_pages", "publishers"];
    let expected: BTreeSet<(String, String)> = columns
        .into_iter()
        .filter(|(table, _)| !cache.contains(&table.as_str()))
        .filter(|(_, column)| {
            !matches!(column.as_str(), "projects_read_at_ms" | "password_entered_at_ms")
        })
        .collect();
    let carried: BTreeSet<(String, String)> = TABLES
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| (table.name, *column)))
        .map(|(table, column)| (table.to_owned(), column.to_owned()))
        .collect();
    assert_eq!(carried, expected, "a new table or column is typed (typed.rs) or cache (here)");
}

#[tokio::test]
async fn a_crash_while_the_files_change_places_is_made_up_for_at_the_next_start() {
    let files = files().await;
    for moved in 0..3 {
        let folder = tempfile::tempdir().expect("a folder");
        let mut broken = files.clone();
        broken.file[..wal::PAGE].fill(0xa5);
        broken.put(folder.path());
        let path = path(folder.path());
        let migrations = super::open::MIGRATIONS.iter().cloned().collect();
        let migrations = sqlx::migrate::Migrator::with_migrations(migrations);
        super::aside::mend(folder.path(), &path, &migrations, Vec::new(), 0).await.expect("mended");
        assert!(fs::read(&path).expect("there") == broken.file, "nothing has moved yet");
        let aside = folder.path().join("damaged/19700101T000000000Z");
        for (file, _) in [(beside(&path, "-wal"), 0), (path.clone(), 1)].into_iter().take(moved) {
            fs::rename(&file, aside.join(file.file_name().expect("a name"))).expect("moved");
        }
        let store = Store::open(folder.path()).await.expect("opens");
        assert_eq!(kept(&store).await, files.dump().await, "{moved} files had moved");
        let recovery = store.recovery().expect("it is still told");
        assert_eq!(recovery.drafts, 60);
        assert_eq!(recovery.kept_aside, aside);
        assert!(aside.join("trustdesk.sqlite3-wal").exists());
    }
}

#[tokio::test]
async fn the_order_of_drafts_survives() {
    let mut broken = files().await;
    broken.file[..100].fill(0);
    let (store, _folder) = opens_with_all_that_can_be_read(&broken, "no header").await;
    let account = super::AccountId(1);
    let drafts: Vec<Draft> = store.drafts(account, None).await.expect("reads");
    let ids: Vec<&str> = drafts.iter().map(|draft| draft.id.0.as_str()).collect();
    assert!(ids.is_sorted(), "{ids:?}");
}
