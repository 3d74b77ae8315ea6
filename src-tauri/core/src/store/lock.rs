//! Who else is here: one process alone looks after the file (upgrades it, mends it), any number use
//! it, and one at a time sends the changes of an account. The system takes a lock back when its
//! process ends, however it ends. Lock files are never deleted: two processes could then hold two
//! files of one name.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use super::{AccountId, Error, Store, private};

const FILE: &str = "trustdesk.lock";
/// How long a process that only opens the file may take, an upgrade with its backup included.
const OPENING: Duration = Duration::from_secs(30);

/// How this process shares the folder.
pub(super) enum Presence {
    /// Nobody else has the database open, and nobody can open it until this is shared.
    Alone(File),
    /// Other processes have it open.
    Shared(File),
    /// The folder cannot be written, so nobody can be kept out and nobody can write.
    ReadOnly,
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
    let path = folder.join(FILE);
    let file = match private::file(&path) {
        Ok(file) => file,
        Err(error) if is_refused(&error) => return Ok(Presence::ReadOnly),
        Err(error) => return Err(Error::at(&path, error)),
    };
    match file.try_lock() {
        Ok(()) => return Ok(Presence::Alone(file)),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(error)) => return Err(Error::at(&path, error)),
    }
    // Whoever is alone at the moment is about to share.
    let waiting = tokio::task::spawn_blocking(move || file.lock_shared().map(|()| file));
    match tokio::time::timeout(OPENING, waiting).await {
        Ok(Ok(Ok(file))) => Ok(Presence::Shared(file)),
        Ok(Ok(Err(error))) => Err(Error::at(&path, error)),
        Ok(Err(_)) | Err(_) => Err(Error::InUse { path }),
    }
}

/// Lets others in again.
pub(super) fn share(file: &File) -> io::Result<()> {
    file.unlock()?;
    file.lock_shared()
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
        let file = private::file(&path).map_err(|error| Error::at(&path, error))?;
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
    async fn whoever_shares_is_never_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = enter(folder.path()).await.expect("enters");
        let Presence::Alone(file) = first else { panic!("nobody else is here") };
        share(&file).expect("shared");
        assert!(matches!(enter(folder.path()).await.expect("enters"), Presence::Shared(_)));
        drop(file);
        assert!(matches!(enter(folder.path()).await.expect("enters"), Presence::Alone(_)));
    }
}
