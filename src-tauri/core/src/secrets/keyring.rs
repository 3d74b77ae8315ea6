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

use super::{MemorySecrets, SecretName, Secrets, SessionKept};

const SERVICE: &str = "Trustdesk";
/// A locked keyring waits for the person at its own prompt; after that the app goes on without.
const PATIENCE: Duration = Duration::from_secs(60);
const VERSION: u32 = 1;

/// What an entry holds, as JSON.
#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    session_id: String,
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
    async fn save(&self, name: &SecretName, cookie: &SecretString) -> SessionKept {
        let kept = Kept { version: VERSION, session_id: cookie.expose_secret().to_owned() };
        let Ok(text) = serde_json::to_vec(&kept).map(Zeroizing::new) else {
            return self.memory.save(name, cookie).await;
        };
        match self.call(name, move |entry| entry.set_secret(&text)).await {
            Some(Ok(())) => {
                self.memory.delete(name).await;
                SessionKept::Keyring
            }
            _ => self.memory.save(name, cookie).await,
        }
    }

    async fn load(&self, name: &SecretName) -> Option<(SecretString, SessionKept)> {
        if let Some(found) = self.memory.load(name).await {
            return Some(found);
        }
        let text = Zeroizing::new(self.call(name, |entry| entry.get_secret()).await?.ok()?);
        let kept: Kept = serde_json::from_slice(&text).ok()?;
        (kept.version == VERSION)
            .then(|| (SecretString::from(kept.session_id), SessionKept::Keyring))
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
        let cookie = SecretString::from("a.b.c");
        assert_eq!(secrets.save(&name, &cookie).await, SessionKept::Keyring);
        let (found, kept) = secrets.load(&name).await.expect("kept");
        assert_eq!((found.expose_secret(), kept), ("a.b.c", SessionKept::Keyring));
        secrets.delete(&name).await;
        assert!(secrets.load(&name).await.is_none());
    }
}
