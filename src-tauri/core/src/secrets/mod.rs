//! Where a session's cookie is kept: the system's keyring, or the memory of this run if there is no
//! keyring or the person wants it so. Never a file. Passwords and codes never come here at all.

mod chosen;
mod entry;
mod keyring;
mod memory;
mod platform;
mod wanted;

pub use chosen::{ChosenSecrets, Retention};
pub use keyring::KeyringSecrets;
pub use memory::MemorySecrets;
pub use platform::Platform;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use trustdesk_domain::IndexKey;

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
    /// This run's memory only, because no keyring has taken it. Must be said on screen.
    Memory,
    /// This run's memory only, because the person wants it forgotten when the program ends.
    ThisRun,
}

/// How it stands with the system's keyring.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Keyring {
    /// What its last answer was.
    pub state: KeyringState,
    /// Whether something that was to be deleted may still be in it.
    pub left_behind: bool,
}

/// What the keyring's last answer was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyringState {
    /// It answers, or nobody has asked it yet.
    #[default]
    Ready,
    /// It has not answered for two seconds; it may be asking the person something in a window of its
    /// own.
    Waiting,
    /// It is locked, and its question was dismissed or could not be shown.
    Locked,
    /// There is none.
    Missing,
}

/// What is kept of an account's session.
#[derive(Clone, Debug, Default)]
pub struct KeptCookies {
    /// The session's cookie; none: there is no session, or no longer.
    pub session: Option<SecretString>,
    /// The mark by which the index knows this device again.
    pub remembered_device: Option<SecretString>,
}

/// What came of looking for an account's cookies.
#[derive(Clone, Debug)]
pub enum Loaded {
    /// These, from there.
    Found(KeptCookies, SessionKept),
    /// None are kept.
    Nothing,
    /// There may be some, but the keyring did not give them.
    Unavailable(KeyringTrouble),
}

/// Why a keyring did not do what it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyringTrouble {
    /// It is locked, and its question was dismissed or could not be shown.
    Locked,
    /// There is none, or none that takes what we have.
    Missing,
}

/// A place for session cookies.
#[async_trait]
pub trait Secrets: Send + Sync {
    /// Keeps an account's cookies in the place of the former ones, and tells where. Goes on without a
    /// keyring that keeps us [waiting](Self::waits), and hands them to it later.
    async fn save(&self, name: &SecretName, cookies: &KeptCookies) -> SessionKept;

    /// The cookies. A keyring that asks the person something is waited for as long as that takes.
    async fn load(&self, name: &SecretName) -> Loaded;

    /// The cookies, if they are given before the keyring [keeps us waiting](Self::waits).
    async fn at_hand(&self, name: &SecretName) -> Option<(KeptCookies, SessionKept)> {
        tokio::select! {
            biased;
            loaded = self.load(name) => loaded.found(),
            () = self.waits() => None,
        }
    }

    /// Forgets the cookies wherever they are, in a keyring that keeps us waiting later on. From now
    /// on they are not found any more.
    async fn delete(&self, name: &SecretName);

    /// How it stands with the keyring, if this place is one.
    fn keyring(&self) -> Keyring {
        Keyring::default()
    }

    /// Where cookies are by now that were saved or found before. None: where that was said to be.
    fn kept(&self, _name: &SecretName) -> Option<SessionKept> {
        None
    }

    /// Ends as soon as the keyring keeps us waiting: who must not wait for it goes on then.
    async fn waits(&self) {
        std::future::pending().await
    }

    /// The person wants the keyring to be asked again, though it was locked and they would not unlock
    /// it. Does not wait for it.
    async fn try_again(&self) {}
}

impl Loaded {
    /// The cookies, if there are any.
    #[must_use]
    pub fn found(self) -> Option<(KeptCookies, SessionKept)> {
        match self {
            Self::Found(cookies, kept) => Some((cookies, kept)),
            Self::Nothing | Self::Unavailable(_) => None,
        }
    }
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
