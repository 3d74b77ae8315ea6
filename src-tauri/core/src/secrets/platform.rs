//! The way to the system's keyring: Secret Service, Keychain or Credential Manager. What is kept in it
//! is not decided here.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use keyring_core::{CredentialStore, Entry, Error, Result};

use super::KeyringTrouble;

/// Under which the keyring shows our entries to the person.
const SERVICE: &str = "Trustdesk";
/// An environment variable; with [`NONE`] this process has no keyring, as on a computer without one:
/// sessions end with it, and tests cannot write among the person's own entries.
const SWITCH: &str = "TRUSTDESK_KEYRING";
const NONE: &str = "none";
/// A keyring that takes longer is likely to be asking the person something.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where a keyring comes from, and what only the system knows of it.
#[async_trait]
pub trait Platform: Send + Sync {
    /// A new connection. It serves one call: a keyring that was restarted knows none of the older
    /// ones, and one that was not there can appear.
    ///
    /// # Errors
    /// There is no keyring.
    fn connect(&self) -> Result<Arc<CredentialStore>>;

    /// Whether it is locked, found out without asking the person. True where nobody can tell.
    fn is_locked(&self) -> bool;

    /// What the store is told of each entry beside its name.
    fn modifiers(&self) -> HashMap<&'static str, &'static str> {
        HashMap::new()
    }

    /// Ends when a call has been open for so long that the person should hear of it.
    async fn patience(&self) {
        tokio::time::sleep(PATIENCE).await;
    }
}

/// The keyring of the system that this runs on.
pub(super) struct SystemKeyring;

impl Platform for SystemKeyring {
    fn connect(&self) -> Result<Arc<CredentialStore>> {
        if is_switched_off() { Err(Error::NoDefaultStore) } else { store() }
    }

    fn is_locked(&self) -> bool {
        !is_switched_off() && is_store_locked()
    }

    /// A session is of use on this computer only: without it, Windows copies it to the others of a
    /// domain's profile.
    #[cfg(windows)]
    fn modifiers(&self) -> HashMap<&'static str, &'static str> {
        HashMap::from([("persistence", "local")])
    }
}

fn is_switched_off() -> bool {
    std::env::var_os(SWITCH).is_some_and(|chosen| chosen == NONE)
}

#[cfg(target_os = "macos")]
fn store() -> Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn store() -> Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn store() -> Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn is_store_locked() -> bool {
    true
}

/// Every call of the store's own unlocks what it needs, and asks the person for that.
#[cfg(all(unix, not(target_os = "macos")))]
fn is_store_locked() -> bool {
    use secret_service::EncryptionType;
    use secret_service::blocking::SecretService;
    let locked = SecretService::connect(EncryptionType::Plain)
        .and_then(|service| service.get_default_collection()?.is_locked());
    locked.unwrap_or(false)
}

/// One call, which blocks. `may_ask`: the keyring may ask the person. None: there is no such entry.
pub(super) fn ask<T>(
    platform: &dyn Platform,
    may_ask: bool,
    user: &str,
    call: impl Fn(&Entry) -> Result<T>,
) -> std::result::Result<Option<T>, KeyringTrouble> {
    if !may_ask && platform.is_locked() {
        return Err(KeyringTrouble::Locked);
    }
    let store = platform.connect().map_err(|_| KeyringTrouble::Missing)?;
    let modifiers = platform.modifiers();
    let modifiers = (!modifiers.is_empty()).then_some(&modifiers);
    let entry = store.build(SERVICE, user, modifiers);
    match entry.and_then(|entry| only_one(&entry, call)) {
        Ok(answer) => Ok(Some(answer)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(trouble(&error)),
    }
}

/// Two entries of one name cannot be told apart, and each call would be refused for ever: both go.
fn only_one<T>(entry: &Entry, call: impl Fn(&Entry) -> Result<T>) -> Result<T> {
    match call(entry) {
        Err(Error::Ambiguous(entries)) => {
            for entry in entries {
                entry.delete_credential()?;
            }
            call(entry)
        }
        answer => answer,
    }
}

/// Why a keyring did not do what it was asked for.
fn trouble(error: &Error) -> KeyringTrouble {
    match error {
        Error::NoStorageAccess(error) if has_no_place(error.as_ref()) => KeyringTrouble::Missing,
        Error::NoStorageAccess(_) | Error::PlatformFailure(_) => KeyringTrouble::Locked,
        _ => KeyringTrouble::Missing,
    }
}

/// A Secret Service without a default collection: nobody has made a keyring yet, and nothing can be
/// unlocked.
#[cfg(all(unix, not(target_os = "macos")))]
fn has_no_place(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(secret_service::Error::NoResult))
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn has_no_place(_: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    false
}
