//! Where a session's cookie is kept: the system's keyring, or the memory of this run if there is no
//! keyring or the person wants it so. Never a file. Passwords and codes never come here at all.

mod chosen;
mod keyring;
mod memory;

pub use chosen::ChosenSecrets;
pub use keyring::KeyringSecrets;
pub use memory::MemorySecrets;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
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

/// What is kept of an account's session.
#[derive(Clone, Debug, Default)]
pub struct KeptCookies {
    /// The session's cookie; none: there is no session, or no longer.
    pub session: Option<SecretString>,
    /// The mark by which the index knows this device again.
    pub remembered_device: Option<SecretString>,
}

/// A place for session cookies.
#[async_trait]
pub trait Secrets: Send + Sync {
    /// Keeps an account's cookies in the place of the former ones, and tells where.
    async fn save(&self, name: &SecretName, cookies: &KeptCookies) -> SessionKept;

    /// The cookies, if some are kept and can be read.
    async fn load(&self, name: &SecretName) -> Option<(KeptCookies, SessionKept)>;

    /// Forgets the cookies wherever they are.
    async fn delete(&self, name: &SecretName);
}

impl KeptCookies {
    /// Whether both are the same, so that nothing has to be kept anew.
    #[must_use]
    pub fn are(&self, other: &Self) -> bool {
        let same = |one: &Option<SecretString>, other: &Option<SecretString>| {
            one.as_ref().map(ExposeSecret::expose_secret)
                == other.as_ref().map(ExposeSecret::expose_secret)
        };
        same(&self.session, &other.session)
            && same(&self.remembered_device, &other.remembered_device)
    }
}
