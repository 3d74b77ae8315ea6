//! Where a session's cookie is kept: the system's keyring, or the memory of this run if there is no
//! keyring or the person wants it so. Never a file. Passwords and codes never come here at all.

mod chosen;
mod keyring;
mod memory;

pub use chosen::ChosenSecrets;
pub use keyring::KeyringSecrets;
pub use memory::MemorySecrets;

use async_trait::async_trait;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::IndexKey;

/// What a secret is kept under: one entry an account and index.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SecretName {
    /// The account's index.
    pub index_key: IndexKey,
    /// The account.
    pub username: String,
}

/// Where a secret went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SessionKept {
    /// The system's keyring.
    Keyring,
    /// This run's memory only, because there is no keyring. Must be said on screen.
    Memory,
    /// This run's memory only, because the person wants it forgotten when the program ends.
    ThisRun,
}

/// A place for session cookies.
#[async_trait]
pub trait Secrets: Send + Sync {
    /// Keeps a cookie and tells where.
    async fn save(&self, name: &SecretName, cookie: &SecretString) -> SessionKept;

    /// The cookie, if one is kept and can be read.
    async fn load(&self, name: &SecretName) -> Option<(SecretString, SessionKept)>;

    /// Forgets the cookie wherever it is.
    async fn delete(&self, name: &SecretName);
}
