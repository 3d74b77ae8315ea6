//! Names in the data folder that somebody else has taken: files that look like ours, and links.

use std::fs;
use std::path::Path;

use super::Store;
use trustdesk_domain::Index;

async fn folder_with_pypi() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    store.select_index(&Index::pypi().expect("known")).await.expect("opened");
    store.close().await;
    folder
}

async fn key_of_current_index(folder: &Path) -> Option<String> {
    let store = Store::open(folder).await.expect("opens");
    let index = store.selected_index().await.expect("read");
    store.close().await;
    index.map(|index| index.key.0)
}

#[tokio::test]
async fn file_named_like_a_rebuilt_database_does_not_stop_a_start() {
    let folder = folder_with_pypi().await;
    for name in ["mended-x.txt", "mended-20261123T011458123Z.sqlite3", "recovery.json"] {
        fs::write(folder.path().join(name), "notes").expect("written");
    }
    assert_eq!(key_of_current_index(folder.path()).await.as_deref(), Some("pypi"));
    assert_eq!(fs::read(folder.path().join("mended-x.txt")).expect("there"), b"notes");
}

#[tokio::test]
async fn database_that_was_put_beside_ours_never_takes_its_place() {
    let folder = folder_with_pypi().await;
    let other = tempfile::tempdir().expect("a folder");
    let store = Store::open(other.path()).await.expect("opens");
    store.select_index(&Index::testpypi().expect("known")).await.expect("opened");
    store.close().await;
    let planted = folder.path().join("mended-x.sqlite3");
    fs::copy(other.path().join("trustdesk.sqlite3"), &planted).expect("copied");
    fs::create_dir_all(folder.path().join("damaged/x")).expect("made");
    assert_eq!(key_of_current_index(folder.path()).await.as_deref(), Some("pypi"));
    assert!(planted.exists(), "it is none of ours, and stays");
}

#[tokio::test]
async fn what_lies_in_the_way_of_a_recovery_does_not_stop_it() {
    let folder = folder_with_pypi().await;
    let path = folder.path().join("trustdesk.sqlite3");
    let mut broken = fs::read(&path).expect("there");
    broken[..100].fill(0xa5);
    fs::write(&path, broken).expect("written");
    fs::write(folder.path().join("mending"), "a file").expect("written");
    fs::write(folder.path().join("mended-x.txt"), "a file").expect("written");
    assert_eq!(key_of_current_index(folder.path()).await.as_deref(), Some("pypi"));
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::super::{AccountId, Error};
    use super::*;

    /// A file and a folder outside the data folder, and what they are like.
    struct Outside(tempfile::TempDir);

    impl Outside {
        fn new() -> Self {
            let outside = tempfile::tempdir().expect("a folder");
            let (file, folder) = (outside.path().join("letter"), outside.path().join("shared"));
            fs::write(&file, "dear").expect("written");
            fs::create_dir(&folder).expect("made");
            fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("set");
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("set");
            Self(outside)
        }

        fn assert_untouched(&self, name: &str) {
            let (file, folder) = (self.0.path().join("letter"), self.0.path().join("shared"));
            let mode =
                |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!(fs::read(&file).expect("there"), b"dear", "{name}");
            assert_eq!((mode(&file), mode(&folder)), (0o644, 0o755), "{name}");
            assert_eq!(fs::read_dir(folder).expect("listed").count(), 0, "{name}");
        }
    }

    #[tokio::test]
    async fn link_with_the_name_of_one_of_our_files_is_refused() {
        let outside = Outside::new();
        for name in ["trustdesk.lock", "trustdesk.sqlite3", "trustdesk.sqlite3-wal"] {
            let folder = folder_with_pypi().await;
            let link = folder.path().join(name);
            let _it_may_not_be_there = fs::remove_file(&link);
            symlink(outside.0.path().join("letter"), &link).expect("made");
            let error = Store::open(folder.path()).await.expect_err("a link").to_string();
            outside.assert_untouched(name);
            assert!(error.contains("a symbolic link") && error.contains(name), "{error}");
        }
    }

    #[tokio::test]
    async fn right_to_send_is_not_taken_through_a_link() {
        let outside = Outside::new();
        let folder = folder_with_pypi().await;
        let link = folder.path().join("sending-1.lock");
        symlink(outside.0.path().join("letter"), &link).expect("made");
        let store = Store::open(folder.path()).await.expect("opens");
        store.sender_lock(AccountId(1)).expect_err("a link");
        outside.assert_untouched("sending-1.lock");
    }

    #[tokio::test]
    async fn recovery_goes_through_no_link() {
        let outside = Outside::new();
        for name in ["mending", "damaged"] {
            let folder = folder_with_pypi().await;
            let path = folder.path().join("trustdesk.sqlite3");
            let mut broken = fs::read(&path).expect("there");
            broken[..100].fill(0xa5);
            fs::write(&path, &broken).expect("written");
            symlink(outside.0.path().join("shared"), folder.path().join(name)).expect("made");
            let opened = Store::open(folder.path()).await;
            outside.assert_untouched(name);
            match opened {
                Ok(_) => assert_eq!(name, "mending", "the link itself was cleared away"),
                Err(Error::Refused { .. }) => assert_eq!(name, "damaged"),
                Err(error) => panic!("{name}: {error:?}"),
            }
        }
    }

    #[tokio::test]
    async fn database_is_not_copied_through_a_link() {
        let outside = Outside::new();
        let folder = tempfile::tempdir().expect("a folder");
        let steps = super::super::open::MIGRATIONS.iter().take(2).cloned().collect();
        let older = sqlx::migrate::Migrator::with_migrations(steps);
        super::super::open::open(folder.path(), &older, 1).await.expect("opens").close().await;
        symlink(outside.0.path().join("shared"), folder.path().join("backups")).expect("made");
        Store::open(folder.path()).await.expect_err("no copy can be made");
        outside.assert_untouched("backups");
    }

    #[tokio::test]
    async fn folder_that_the_person_made_keeps_its_mode() {
        for mode in [0o755, 0o1777, 0o500] {
            let folder = tempfile::tempdir().expect("a folder");
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).expect("set");
            let _whether_it_can_be_written_depends_on_the_user = Store::open(folder.path()).await;
            let found = fs::metadata(folder.path()).expect("there").permissions().mode() & 0o7777;
            assert_eq!(format!("{found:o}"), format!("{mode:o}"));
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).expect("set");
        }
    }
}
