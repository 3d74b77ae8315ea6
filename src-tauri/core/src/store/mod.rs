//! The SQLite file: the only truth that a screen reads. One file a table, with its row, its queries
//! and its tests. Nothing here knows of the network or of secrets; those never reach this file.

mod accounts;
mod changes;
mod error;
mod open;
mod projects;
mod publishing;

pub use accounts::{Account, AccountId};
pub use error::Error;
pub use projects::CachedProject;
pub use publishing::CachedPublishing;

use sqlx::SqlitePool;

/// The open database.
#[derive(Clone, Debug)]
pub struct Store {
    /// One connection only, so that writes of this process queue up instead of failing.
    writer: SqlitePool,
    readers: SqlitePool,
}
