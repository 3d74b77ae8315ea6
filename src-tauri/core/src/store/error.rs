//! What can go wrong with the file.

use std::path::PathBuf;

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
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A newer Trustdesk wrote the file; it is left as it is.
    #[error("{path} was written by a newer Trustdesk; it was left untouched")]
    Newer {
        /// Which file.
        path: PathBuf,
    },
    /// A read or a write failed; nothing was half done.
    #[error("the database could not be read or written")]
    Query(#[from] sqlx::Error),
    /// A value in the file is not one that this version writes.
    #[error("the database holds a value that cannot be read: {0}")]
    Unreadable(&'static str),
    /// A value could not be written as JSON.
    #[error("a value could not be kept")]
    Encode(#[from] serde_json::Error),
}
