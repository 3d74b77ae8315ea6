//! What can go wrong with the file.

use std::io;
use std::path::{Path, PathBuf};

use sqlx::migrate::MigrateError;

use trustdesk_domain::{IndexKey, InvalidIndex};
use trustdesk_files::Refusal;

use super::holder::Holder;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the database could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be opened; it is left as it is.
    #[error("{path} cannot be opened as Trustdesk's database; it was left untouched")]
    CannotOpen {
        /// Which file.
        path: PathBuf,
        /// What SQLite or the system says.
        #[source]
        source: Cause,
    },
    /// A link, or no regular file or folder, has the name of one of ours; it is left as it is.
    #[error("{path} is {what}, which Trustdesk does not use; move it away, then try again")]
    Refused {
        /// Which file or folder.
        path: PathBuf,
        /// What it is.
        what: Refusal,
    },
    /// A newer Trustdesk wrote the file; it is left as it is.
    #[error("{path} was written by a newer Trustdesk; it was left untouched")]
    Newer {
        /// Which file.
        path: PathBuf,
    },
    /// Another process has the folder open, and the file cannot be upgraded or mended meanwhile.
    #[error("{} is using {folder}; close it, then try again", holder_name(by.as_ref()))]
    InUse {
        /// The data folder.
        folder: PathBuf,
        /// Who it is, if it says so.
        by: Option<Holder>,
    },
    /// No copy could be made before an upgrade, which therefore did not begin.
    #[error("{path} could not be backed up before its upgrade; nothing was changed: {source}")]
    CannotBackUp {
        /// Which file.
        path: PathBuf,
        /// Why there is no copy.
        source: Box<Self>,
    },
    /// There is no room; nothing of this was saved.
    #[error("the disk is full, so this was not saved; free some space, then try again")]
    DiskFull(#[source] Cause),
    /// The file or its folder cannot be written; nothing of this was saved.
    #[error(
        "Trustdesk's data folder cannot be written, so this was not saved; make the folder and its \
         files writable, then start Trustdesk again"
    )]
    ReadOnly(#[source] Cause),
    /// The disk did not do what it was asked; nothing of this counts as saved.
    #[error("the disk failed, so this was not saved; check the disk, then start Trustdesk again")]
    DiskFailed(#[source] sqlx::Error),
    /// The file was damaged while it was open. The next start mends it.
    #[error("the database is damaged, so this was not saved; start Trustdesk again to mend it")]
    Damaged(#[source] sqlx::Error),
    /// A read or a write failed; nothing was half done.
    #[error("the database could not be read or written")]
    Query(#[source] sqlx::Error),
    /// More text than anybody types; it was not saved.
    #[error("{0} is too long to be kept")]
    TooLong(&'static str),
    /// A value in the file is not one that this version writes.
    #[error("the database holds a value that cannot be read: {0}")]
    Unreadable(&'static str),
    /// The stored address of an index is not that index's; it was not used.
    #[error(
        "the stored address of {} is {address}, which was not used: {source} Choose the index \
         again",
        key.0
    )]
    WrongAddress {
        /// What the index is kept under.
        key: IndexKey,
        /// What is stored, or its beginning.
        address: String,
        /// Why it cannot be this index's.
        source: InvalidIndex,
    },
    /// A value could not be written as JSON.
    #[error("a value could not be kept")]
    Encode(#[from] serde_json::Error),
}

/// More of a stored address than anybody wants to read.
const SHOWN_OF_ADDRESS: usize = 100;

fn holder_name(by: Option<&Holder>) -> String {
    by.map_or_else(|| "another program".to_owned(), Holder::to_string)
}

impl Error {
    /// Whether SQLite had less memory than it wanted for one value.
    pub(super) fn is_too_large(&self) -> bool {
        const NO_MEMORY: &str = "7";
        const TOO_BIG: &str = "18";
        let Self::Query(sqlx::Error::Database(error)) = self else { return false };
        error.code().is_some_and(|code| [NO_MEMORY, TOO_BIG].contains(&code.as_ref()))
    }

    /// What is said of a stored address that is not the index's.
    pub(super) fn wrong_address(key: &IndexKey, address: &str, source: InvalidIndex) -> Self {
        let address = address.chars().take(SHOWN_OF_ADDRESS).collect();
        Self::WrongAddress { key: key.clone(), address, source }
    }

    /// The system's word on a file or folder.
    pub(super) fn at(path: &Path, error: io::Error) -> Self {
        if let Some(what) = Refusal::of(&error) {
            return Self::Refused { path: path.to_owned(), what };
        }
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::DiskFull(error.into())
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(error.into())
            }
            _ => Self::CannotOpen { path: path.to_owned(), source: error.into() },
        }
    }

    /// Why the schema could not be brought to this version.
    pub(super) fn migration(path: &Path, error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                Self::opening(path, error)
            }
            MigrateError::VersionMissing(_) => Self::Newer { path: path.to_owned() },
            error => Self::CannotOpen { path: path.to_owned(), source: error.into() },
        }
    }

    /// Why a file could not be opened; it is named where the reason alone does not help.
    pub(super) fn opening(path: &Path, error: sqlx::Error) -> Self {
        match Self::from(error) {
            Self::Query(error) | Self::Damaged(error) => {
                Self::CannotOpen { path: path.to_owned(), source: error.into() }
            }
            error => error,
        }
    }
}

/// SQLite's own codes (sqlite.org/rescode.html).
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        const MEMORY_CANNOT_GROW: i32 = 4874;
        const CUT_SHORT: i32 = 522;
        let code = error.as_database_error().and_then(|error| error.code()?.parse::<i32>().ok());
        let Some(code) = code else {
            return match error {
                sqlx::Error::Io(error) => Self::at(Path::new("the database"), error),
                sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                    Self::Unreadable("a broken text")
                }
                error => Self::Query(error),
            };
        };
        match (code, code & 0xff) {
            (MEMORY_CANNOT_GROW, _) | (_, 13) => Self::DiskFull(error.into()),
            // What cannot be opened while the file is open lies beside it, in the folder.
            (_, 8 | 14) => Self::ReadOnly(error.into()),
            (CUT_SHORT, _) | (_, 11 | 26) => Self::Damaged(error),
            (_, 10) => Self::DiskFailed(error),
            _ => Self::Query(error),
        }
    }
}
