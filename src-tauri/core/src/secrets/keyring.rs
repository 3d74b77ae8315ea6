//! The system's keyring: Secret Service, Keychain or Credential Manager. It can be missing, locked
//! or slow; then the run's memory takes its place.

use std::time::Duration;

use async_trait::async_trait;
use keyring_core::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::{KeptCookies, MemorySecrets, SecretName, Secrets, SessionKept};

const SERVICE: &str = "Trustdesk";
/// A locked keyring waits for the person at its own prompt; after that the app goes on without.
const PATIENCE: Duration = Duration::from_secs(60);
const VERSION: u32 = 2;
/// Bytes of an entry. Windows takes no more than twice as many.
const LARGEST: usize = 1_200;

/// What an entry holds, as JSON. Version 1 had the session only.
#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    session_id: Option<String>,
    #[serde(default)]
    remember_device: Option<String>,
}

impl Kept {
    fn of(cookies: &KeptCookies) -> Option<Zeroizing<Vec<u8>>> {
        let text = |cookie: &Option<SecretString>| {
            cookie.as_ref().map(|cookie| cookie.expose_secret().to_owned())
        };
        let kept = Self {
            version: VERSION,
            session_id: text(&cookies.session),
            remember_device: text(&cookies.remembered_device),
        };
        let bytes = serde_json::to_vec(&kept).ok().map(Zeroizing::new)?;
        (bytes.len() <= LARGEST).then_some(bytes)
    }

    fn cookies(self) -> KeptCookies {
        KeptCookies {
            session: self.session_id.map(SecretString::from),
            remembered_device: self.remember_device.map(SecretString::from),
        }
    }
}

/// Keeps cookies in the system's keyring, or in memory where there is none.
#[derive(Default)]
pub struct KeyringSecrets {
    memory: MemorySecrets,
    /// Keyrings dislike parallel calls, and some reorder them.
    one_at_a_time: Mutex<()>,
}

impl KeyringSecrets {
    /// Runs one keyring call off the runtime. None: there is no keyring, or not in time.
    async fn call<T: Send + 'static>(
        &self,
        name: &SecretName,
        call: impl FnOnce(Entry) -> keyring_core::Result<T> + Send + 'static,
    ) -> Option<keyring_core::Result<T>> {
        let _turn = self.one_at_a_time.lock().await;
        let user = format!("{} on {}", name.username, name.index_key.0);
        let task = spawn_blocking(move || {
            connect()?;
            call(Entry::new(SERVICE, &user)?)
        });
        timeout(PATIENCE, task).await.ok()?.ok()
    }
}

/// Connects the platform's keyring unless a store is set already (tests set one).
fn connect() -> keyring_core::Result<()> {
    if keyring_core::get_default_store().is_none() && keyring::Entry::store_status().is_err() {
        return Err(Error::NoDefaultStore);
    }
    Ok(())
}

#[async_trait]
impl Secrets for KeyringSecrets {
    async fn save(&self, name: &SecretName, cookies: &KeptCookies) -> SessionKept {
        let Some(entry) = Kept::of(cookies) else {
            return self.memory.save(name, cookies).await;
        };
        match self.call(name, move |keyring| keyring.set_secret(&entry)).await {
            Some(Ok(())) => {
                self.memory.delete(name).await;
                SessionKept::Keyring
            }
            _ => self.memory.save(name, cookies).await,
        }
    }

    async fn load(&self, name: &SecretName) -> Option<(KeptCookies, SessionKept)> {
        if let Some(found) = self.memory.load(name).await {
            return Some(found);
        }
        let entry = Zeroizing::new(self.call(name, |keyring| keyring.get_secret()).await?.ok()?);
        let kept: Kept = serde_json::from_slice(&entry).ok()?;
        (1..=VERSION).contains(&kept.version).then(|| (kept.cookies(), SessionKept::Keyring))
    }

    async fn delete(&self, name: &SecretName) {
        self.memory.delete(name).await;
        // An entry that is not there is as good as deleted.
        let _ = self.call(name, |entry| entry.delete_credential()).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::IndexKey;

    #[tokio::test]
    async fn a_cookie_comes_back_from_the_keyring_and_can_be_forgotten() {
        keyring_core::set_default_store(keyring_core::mock::Store::new().expect("a mock keyring"));
        let secrets = KeyringSecrets::default();
        let name =
            SecretName { index_key: IndexKey("demo".to_owned()), username: "alice".to_owned() };
        let cookies = KeptCookies {
            session: Some(SecretString::from("a.b.c")),
            remembered_device: Some(SecretString::from("mark")),
        };
        assert_eq!(secrets.save(&name, &cookies).await, SessionKept::Keyring);
        let (found, kept) = secrets.load(&name).await.expect("kept");
        assert!(found.are(&cookies));
        assert_eq!(kept, SessionKept::Keyring);
        secrets.delete(&name).await;
        assert!(secrets.load(&name).await.is_none());
    }

    #[test]
    fn an_entry_of_version_1_holds_the_session_alone() {
        let entry = br#"{"version":1,"session_id":"a.b.c"}"#;
        let cookies = serde_json::from_slice::<Kept>(entry).expect("read").cookies();
        assert_eq!(cookies.session.expect("a session").expose_secret(), "a.b.c");
        assert!(cookies.remembered_device.is_none());
    }

    #[test]
    fn what_a_keyring_may_not_hold_is_not_given_to_it() {
        let cookies = |length: usize| KeptCookies {
            session: Some(SecretString::from("x".repeat(length))),
            remembered_device: None,
        };
        assert!(Kept::of(&cookies(LARGEST / 2)).is_some());
        assert!(Kept::of(&cookies(LARGEST)).is_none(), "with its frame it is longer");
    }
}
