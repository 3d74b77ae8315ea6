//! Who else is here: one process alone looks after the file (upgrades it, mends it), any number use
//! it, and one at a time sends the changes of an account. The system takes a lock back when its
//! process ends, however it ends. Lock files are never deleted: two processes could then hold two
//! files of one name.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::time::Instant;

use trustdesk_files as files;

use super::{AccountId, Error, Store, holder};

const FILE: &str = "trustdesk.lock";
/// How long a process that only opens the file may take, an upgrade with its backup included.
const OPENING: Duration = Duration::from_secs(30);
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// How this process shares the folder.
pub(super) enum Presence {
    /// Nobody else has the database open, and nobody can open it until this is shared.
    Alone(Here),
    /// Other processes have it open.
    Shared(Here),
    /// The folder cannot be written, so nobody can be kept out and nobody can write.
    ReadOnly,
}

/// That this process has the folder open.
#[derive(Debug)]
pub(super) struct Here {
    lock: File,
    /// What tells others who it is; none: another process does, or nothing can be told.
    said: Option<File>,
}

/// Holds the right to send the changes of one account, until it is dropped or the process ends.
#[derive(Debug)]
pub struct SenderLock(File);

impl Drop for SenderLock {
    fn drop(&mut self) {
        // Closing it would do, but for a program that is being started at this moment: until it runs
        // it has all open files of this process, and would hold the lock. An error changes nothing.
        let _ = self.0.unlock();
    }
}

pub(super) async fn enter(folder: &Path) -> Result<Presence, Error> {
    enter_within(folder, OPENING).await
}

async fn enter_within(folder: &Path, patience: Duration) -> Result<Presence, Error> {
    let path = folder.join(FILE);
    let file = match files::open_own(&path) {
        Ok(file) => file,
        Err(error) if is_refused(&error) => return Ok(Presence::ReadOnly),
        Err(error) => return Err(Error::at(&path, error)),
    };
    match file.try_lock() {
        Ok(()) => {
            return Ok(Presence::Alone(Here { lock: file, said: holder::write(folder) }));
        }
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(error)) => return Err(Error::at(&path, error)),
    }
    // Whoever is alone at the moment is about to share. Waiting in the system could not be given up.
    let give_up = Instant::now() + patience;
    loop {
        match file.try_lock_shared() {
            Ok(()) => return Ok(Presence::Shared(Here { lock: file, said: None })),
            Err(TryLockError::WouldBlock) if Instant::now() < give_up => {
                tokio::time::sleep(BETWEEN_TRIES).await;
            }
            Err(TryLockError::WouldBlock) => return Err(in_use(folder)),
            Err(TryLockError::Error(error)) => return Err(Error::at(&path, error)),
        }
    }
}

/// Somebody else has the folder, whoever it is.
pub(super) fn in_use(folder: &Path) -> Error {
    Error::InUse { folder: folder.to_owned(), by: holder::read(folder) }
}

impl Here {
    /// Lets others in again.
    pub(super) fn share(&self) -> io::Result<()> {
        self.lock.unlock()?;
        self.lock.lock_shared()
    }

    /// Does not wait for the system to do it when the process ends.
    pub(super) fn leave(&self) {
        for file in self.said.iter().chain([&self.lock]) {
            let _the_system_does_it_at_the_end = file.unlock();
        }
    }
}

/// Whether the system does not let this user write there.
pub(super) fn is_refused(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

impl Store {
    /// The right to send the changes of an account; none: another process, or another holder in this
    /// one, has it. What stands as *sending* belongs to the holder and may only be moved under the
    /// lock.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn sender_lock(&self, account: AccountId) -> Result<Option<SenderLock>, Error> {
        let path = self.folder.join(format!("sending-{}.lock", account.0));
        let file = files::open_own(&path).map_err(|error| Error::at(&path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(SenderLock(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Error::at(&path, error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_at_a_time_sends_for_an_account() {
        let folder = tempfile::tempdir().expect("a folder");
        let app = Store::open(folder.path()).await.expect("opens");
        let cli = Store::open(folder.path()).await.expect("opens");
        let first = app.sender_lock(AccountId(1)).expect("asked");
        assert!(first.is_some());
        assert!(cli.sender_lock(AccountId(1)).expect("asked").is_none(), "the first is sending");
        assert!(cli.sender_lock(AccountId(2)).expect("asked").is_some(), "another account's turn");
        drop(first);
        assert!(cli.sender_lock(AccountId(1)).expect("asked").is_some(), "the first is through");
    }

    #[tokio::test]
    async fn a_program_that_is_just_being_started_does_not_hold_the_right_to_send() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let first = store.sender_lock(AccountId(1)).expect("asked").expect("nobody sends");
        // As between fork and exec: the same open file, in another process.
        let _of_the_other = first.0.try_clone().expect("one more");
        drop(first);
        assert!(store.sender_lock(AccountId(1)).expect("asked").is_some(), "it was given back");
    }

    #[tokio::test]
    async fn waiting_for_a_folder_in_use_ends_and_names_who_uses_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let _alone = enter(folder.path()).await.expect("enters");
        let refused = enter_within(folder.path(), Duration::ZERO).await;
        let Err(Error::InUse { by: Some(by), .. }) = &refused else { panic!("somebody is alone") };
        assert_eq!(by.process, std::process::id());
        let words = refused.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(words.contains(&format!("(process {}) is using", std::process::id())), "{words}");
    }

    #[tokio::test]
    async fn holder_that_cannot_be_read_is_another_program() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = files::open_own(&folder.path().join(FILE)).expect("opens");
        file.try_lock().expect("nobody else is here");
        for said in ["", "nonsense", "4294967295 nobody", "1 \u{1b}[31mred", "0 zero"] {
            std::fs::write(folder.path().join("trustdesk.lock.holder"), said).expect("written");
            let refused = enter_within(folder.path(), Duration::ZERO).await.err();
            let words = refused.map(|error| error.to_string()).unwrap_or_default();
            assert!(words.starts_with("another program is using"), "{said}: {words}");
        }
    }

    #[tokio::test]
    async fn holder_that_has_left_the_folder_is_not_named() {
        let folder = tempfile::tempdir().expect("a folder");
        Store::open(folder.path()).await.expect("opens").close().await;
        let file = files::open_own(&folder.path().join(FILE)).expect("opens");
        file.try_lock().expect("nobody else is here");
        let refused = enter_within(folder.path(), Duration::ZERO).await.err();
        let words = refused.map(|error| error.to_string()).unwrap_or_default();
        assert!(words.starts_with("another program is using"), "{words}");
    }

    #[tokio::test]
    async fn whoever_shares_is_never_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = enter(folder.path()).await.expect("enters");
        let Presence::Alone(here) = first else { panic!("nobody else is here") };
        here.share().expect("shared");
        assert!(matches!(enter(folder.path()).await.expect("enters"), Presence::Shared(_)));
        drop(here);
        assert!(matches!(enter(folder.path()).await.expect("enters"), Presence::Alone(_)));
    }
}
