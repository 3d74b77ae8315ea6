//! Secrets for one run only.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use secrecy::SecretString;

use super::{SecretName, Secrets, SessionKept};

/// Keeps cookies in memory; the end of the program forgets them.
#[derive(Default)]
pub struct MemorySecrets(Mutex<HashMap<SecretName, SecretString>>);

impl MemorySecrets {
    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<SecretName, SecretString>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Secrets for MemorySecrets {
    async fn save(&self, name: &SecretName, cookie: &SecretString) -> SessionKept {
        self.locked().insert(name.clone(), cookie.clone());
        SessionKept::Memory
    }

    async fn load(&self, name: &SecretName) -> Option<(SecretString, SessionKept)> {
        self.locked().get(name).map(|cookie| (cookie.clone(), SessionKept::Memory))
    }

    async fn delete(&self, name: &SecretName) {
        self.locked().remove(name);
    }
}
