//! The SQLite file: the only truth that a screen reads. One file a table, with its row, its queries
//! and its tests. Nothing here knows of the network or of secrets; those never reach this file.

mod accounts;
mod aside;
mod attempts;
mod backup;
mod changes;
mod claim;
mod condition;
#[cfg(test)]
mod damaged_files;
mod decisions;
mod drafts;
mod error;
mod export;
mod forget;
#[cfg(test)]
mod forgotten;
mod holder;
#[cfg(test)]
mod hostile_files;
mod indexes;
mod lock;
mod moves;
mod open;
mod others;
mod pages_of;
mod place;
#[cfg(test)]
mod planted;
mod projects;
mod publishing;
#[cfg(test)]
mod refused_writes;
mod rows;
mod salvage;
mod schema;
mod selections;
mod sends;
mod session_settings;
mod stamp;
mod typed;
#[cfg(test)]
mod upgrades;
mod wal;

pub use accounts::{Account, AccountId};
pub use aside::Recovery;
pub use attempts::ATTEMPT_COUNTS_FOR_MS;
pub use claim::Claim;
pub use decisions::NewAdd;
pub use error::Error;
pub use export::Export;
pub use forget::Holdings;
pub use holder::Holder;
pub use lock::SenderLock;
pub use others::Others;
pub use place::Place;
pub use projects::CachedProject;
pub use publishing::CachedPublishing;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use sqlx::SqlitePool;

/// The open database.
#[derive(Clone, Debug)]
pub struct Store {
    /// One connection only, so that writes of this process queue up instead of failing.
    writer: SqlitePool,
    readers: SqlitePool,
    folder: PathBuf,
    /// Keeps others from mending or upgrading the file; none: it cannot be written.
    presence: Option<Arc<lock::Here>>,
    was_alone: bool,
    recovery: Option<Recovery>,
    /// Found out when it is asked for: most who open a database never do.
    place: Arc<OnceLock<Place>>,
}
