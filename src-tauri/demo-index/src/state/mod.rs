//! Everything that the index remembers, kept in one file. The database is apart from the sessions and
//! the limits because Warehouse keeps it apart: in read-only mode only the database stays as it was.

mod account;
mod database;
mod event;
mod file;
mod identity;
mod limits;
mod mail;
mod names;
mod organization;
mod pending;
mod project;
mod publishers;
mod seed;
mod session;
mod signature;
mod token;
mod unique_login;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use account::RecoveryCode;
pub(crate) use database::Database;
pub(crate) use event::{Deed, Event, EventKind};
pub(crate) use file::StateFile;
pub(crate) use limits::{LOGIN, REGISTER, SECOND_FACTOR, Trying};
pub use mail::Mail;
pub(crate) use names::Taken;
pub(crate) use organization::Organization;
pub(crate) use pending::{Asked, Pending};
pub(crate) use project::{Project, Role, Status};
pub(crate) use publishers::{Attached, Detached};
pub(crate) use session::{Flash, FlashKind, Session};
pub(crate) use token::{Purpose, REMEMBERED_FOR_MS, Unclaimed};
pub(crate) use unique_login::{Confirmed, Device, UniqueLogin};

use limits::Attempts;

/// Everything that the index remembers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {
    /// Signs the values of cookies and sign-in tokens.
    secret: String,
    sessions: BTreeMap<String, Session>,
    pub(crate) attempts: Attempts,
    pub(crate) database: Database,
}

impl State {
    /// What a fresh index holds.
    pub(crate) fn seeded() -> Self {
        Self {
            secret: Session::new_token(),
            sessions: BTreeMap::new(),
            attempts: Attempts::default(),
            database: seed::database(),
        }
    }

    /// Has at least so many generated projects beside the seeded ones.
    pub(crate) fn with_generated_projects(mut self, count: usize) -> Self {
        seed::generate(&mut self.database, count);
        self
    }

    /// A text that only this index can have made, at this time.
    fn signed(&self, text: &str, at_ms: i64) -> String {
        signature::signed(&self.secret, text, at_ms)
    }

    /// What such a text says and when it was made; none if it was tampered with.
    fn unsigned(&self, value: &str) -> Option<(String, i64)> {
        signature::unsigned(&self.secret, value)
    }
}
