//! Disks that are full and folders that cannot be written: said by name, nothing half saved.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{AccountId, Error, Store};
use trustdesk_domain::{DraftId, Fields, Index, Provider, Typed};

/// A file system of its own, which only root can make; gone when the test is over.
struct Disk(tempfile::TempDir);

impl Disk {
    #[expect(clippy::print_stderr, reason = "whoever runs the tests is told what was not tested")]
    fn of(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let size = format!("size={size}");
        let path = folder.path();
        if mount(&["-t", "tmpfs", "-o", &size, "tmpfs"], path) {
            return Some(Self(folder));
        }
        eprintln!("skipped: only root can make a small disk");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn make_read_only(&self) {
        assert!(mount(&["-o", "remount,ro"], self.path()), "what was mounted is mounted again");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _it_ends_with_the_machine = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

fn mount(how: &[&str], at: &Path) -> bool {
    let mounted = Command::new("mount").args(how).arg(at).output();
    mounted.is_ok_and(|mounted| mounted.status.success())
}

/// Emptied and not removed: a program that another test starts may hold the file open until it runs,
/// and what is held open keeps its room.
fn make_room(filler: &Path) {
    fs::write(filler, []).expect("emptied");
}

async fn account(store: &Store) -> AccountId {
    let index = Index::pypi().expect("known");
    store.select_index(&index).await.expect("opened");
    store.select_account_named(&index.key, "alice").await.expect("opened").id
}

async fn save(store: &Store, account: AccountId, text: &str) -> Result<bool, Error> {
    let id = DraftId("one".to_owned());
    let fields: Fields = [("owner".to_owned(), text.to_owned())].into();
    store.save_draft(account, &id, &Typed::new("demo", Provider::Github, &fields), 2).await
}

async fn saved(store: &Store, account: AccountId) -> String {
    let drafts = store.drafts(account, None).await.expect("reads");
    drafts[0].typed.fields["owner"].clone()
}

#[tokio::test]
async fn a_full_file_keeps_the_former_text_and_takes_the_next_when_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    let account = account(&store).await;
    assert!(save(&store, account, "octo-org").await.expect("saved"));
    sqlx::query("PRAGMA max_page_count = 1").execute(&store.writer).await.expect("set");
    let long = "x".repeat(60_000);
    let error = save(&store, account, &long).await.expect_err("no room");
    assert!(matches!(error, Error::DiskFull(_)), "{error:?}");
    assert_eq!(saved(&store, account).await, "octo-org");
    sqlx::query("PRAGMA max_page_count = 100000").execute(&store.writer).await.expect("set");
    assert!(save(&store, account, &long).await.expect("there is room again"));
    assert_eq!(saved(&store, account).await, long);
}

#[tokio::test]
async fn a_full_disk_keeps_the_former_text_and_takes_the_next_when_there_is_room() {
    let Some(disk) = Disk::of("1m") else { return };
    let store = Store::open(disk.path()).await.expect("opens");
    let account = account(&store).await;
    assert!(save(&store, account, "octo-org").await.expect("saved"));
    let filler = disk.path().join("filler");
    let all_of_it = fs::write(&filler, vec![0; 2 << 20]);
    assert!(all_of_it.is_err(), "the disk is full now");
    let long = "x".repeat(60_000);
    let error = save(&store, account, &long).await.expect_err("no room");
    assert!(matches!(error, Error::DiskFull(_)), "{error:?}");
    assert_eq!(saved(&store, account).await, "octo-org");
    make_room(&filler);
    assert!(save(&store, account, &long).await.expect("without a new start"));
    assert_eq!(saved(&store, account).await, long);
}

#[tokio::test]
async fn a_start_on_a_full_disk_says_so_and_changes_nothing() {
    let Some(disk) = Disk::of("1m") else { return };
    let filler = disk.path().join("filler");
    assert!(fs::write(&filler, vec![0; 2 << 20]).is_err(), "the disk is full now");
    let error = Store::open(disk.path()).await.expect_err("no room for a database");
    assert!(matches!(error, Error::DiskFull(_)), "{error:?}");
    make_room(&filler);
    let store = Store::open(disk.path()).await.expect("opens when there is room");
    assert_eq!(store.recovery(), None, "what the first start left is no damage");
}

#[tokio::test]
async fn a_damaged_file_on_a_full_disk_stays_where_it_is() {
    let Some(disk) = Disk::of("1m") else { return };
    let store = Store::open(disk.path()).await.expect("opens");
    let account = account(&store).await;
    assert!(save(&store, account, "octo-org").await.expect("saved"));
    store.close().await;
    drop(store);
    let path = disk.path().join("trustdesk.sqlite3");
    let mut broken = fs::read(&path).expect("there");
    broken[..100].fill(0xa5);
    fs::write(&path, &broken).expect("written");
    let filler = disk.path().join("filler");
    assert!(fs::write(&filler, vec![0; 2 << 20]).is_err(), "the disk is full now");
    let error = Store::open(disk.path()).await.expect_err("no room for a new one");
    assert!(matches!(error, Error::DiskFull(_)), "{error:?}");
    assert!(fs::read(&path).expect("there") == broken);
    make_room(&filler);
    let store = Store::open(disk.path()).await.expect("opens when there is room");
    assert_eq!(store.recovery().expect("mended").drafts, 1);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_read_and_every_write_says_so() {
    let Some(disk) = Disk::of("2m") else { return };
    let store = Store::open(disk.path()).await.expect("opens");
    let account = account(&store).await;
    assert!(save(&store, account, "octo-org").await.expect("saved"));
    store.close().await;
    drop(store);
    disk.make_read_only();
    let store = Store::open(disk.path()).await.expect("it can be read");
    assert!(store.is_read_only());
    assert_eq!(saved(&store, account).await, "octo-org");
    let error = save(&store, account, "late").await.expect_err("it cannot be written");
    assert!(matches!(error, Error::ReadOnly(_)), "{error:?}");
    let error = store.sender_lock(account).expect_err("nobody can claim a change either");
    assert!(matches!(error, Error::ReadOnly(_)), "{error:?}");
}

#[tokio::test]
async fn a_first_start_where_nothing_can_be_written_says_what_to_do() {
    let Some(disk) = Disk::of("1m") else { return };
    disk.make_read_only();
    for folder in [disk.path().to_owned(), disk.path().join("data")] {
        let error = Store::open(&folder).await.expect_err("nothing can be made there");
        assert!(matches!(error, Error::ReadOnly(_)), "{error:?}");
        assert!(error.to_string().contains("writable"), "{error}");
    }
}
