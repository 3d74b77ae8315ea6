//! Secrets for one run only.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{KeptCookies, Loaded, SecretName, Secrets, SessionKept};
use async_trait::async_trait;

/// Keeps cookies in memory; the end of the program forgets them.
#[derive(Default)]
pub struct MemorySecrets(Mutex<HashMap<SecretName, KeptCookies>>);

impl MemorySecrets {
    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<SecretName, KeptCookies>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Secrets for MemorySecrets {
    async fn save(&self, name: &SecretName, cookies: &KeptCookies) -> SessionKept {
        self.locked().insert(name.clone(), cookies.clone());
        SessionKept::Memory
    }

    async fn load(&self, name: &SecretName) -> Loaded {
        match self.locked().get(name) {
            Some(cookies) => Loaded::Found(cookies.clone(), SessionKept::Memory),
            None => Loaded::Nothing,
        }
    }

    async fn delete(&self, name: &SecretName) {
        self.locked().remove(name);
    }
}
