//! A keyring that does as a test tells it, and counts what it is asked.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use keyring_core::api::{CredentialApi, CredentialStoreApi};
use keyring_core::{Credential, CredentialStore, Entry, Error, Result};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;
use tokio::time::timeout;
use trustdesk_core::secrets::{
    KeptCookies, KeyringSecrets, Loaded, Platform, SecretName, SessionKept,
};
use trustdesk_domain::IndexKey;

/// Real time, and only where a test would hang.
const NEVER: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// It answers.
    Open,
    /// It asks the person, who dismisses that.
    Locked,
    /// It asks the person, who does not answer. The two seconds are over as soon as it does.
    Silent,
    /// It takes its time, and the two seconds are not over.
    Slow,
    Missing,
}

/// A keyring, in the hands of its test. Dropping it lets every call end.
pub(super) struct Pretended {
    inside: Arc<Inside>,
    changed: watch::Sender<usize>,
}

struct Inside {
    known: Mutex<Known>,
    told: Condvar,
    /// Whether a call is open that it does not answer.
    keeps_waiting: watch::Sender<bool>,
    /// Whether a call is open that it takes its time over.
    takes_its_time: watch::Sender<bool>,
}

struct Known {
    manner: Manner,
    /// Every entry with its name. Two of one name are possible, and forbidden.
    entries: Vec<(String, Vec<u8>)>,
    questions: usize,
    open: usize,
    most_open: usize,
}

struct Store(Arc<Inside>);

/// An entry by its name, or one of several of this name.
#[derive(Clone)]
struct Item {
    inside: Arc<Inside>,
    user: String,
    only: Option<Vec<u8>>,
}

impl Pretended {
    pub(super) fn new(manner: Manner) -> Self {
        let known = Known { manner, entries: Vec::new(), questions: 0, open: 0, most_open: 0 };
        let inside = Arc::new(Inside {
            known: Mutex::new(known),
            told: Condvar::new(),
            keeps_waiting: watch::Sender::new(false),
            takes_its_time: watch::Sender::new(false),
        });
        Self { inside, changed: watch::Sender::new(0) }
    }

    /// What a program of a new start has on this keyring.
    pub(super) fn secrets(&self) -> KeyringSecrets {
        let changed = self.changed.clone();
        let platform = Store(Arc::clone(&self.inside));
        KeyringSecrets::on(platform, move || changed.send_modify(|times| *times += 1))
    }

    /// From now on, and for the call that is open.
    pub(super) fn turns(&self, manner: Manner) {
        self.inside.known().manner = manner;
        self.inside.told.notify_all();
    }

    /// Waits until that is so; it is looked at whenever a change is announced, as a screen does.
    pub(super) async fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let mut changed = self.changed.subscribe();
        let reached = timeout(NEVER, changed.wait_for(|_| is_so())).await;
        assert!(reached.is_ok(), "{what}: never announced");
    }

    /// Waits until a call is open that it takes its time over.
    pub(super) async fn takes_its_time(&self) {
        let mut taking = self.inside.takes_its_time.subscribe();
        let taken = timeout(NEVER, taking.wait_for(|it| *it)).await.expect("it is never called");
        drop(taken.expect("the sender is in here"));
    }

    pub(super) fn announced(&self) -> usize {
        *self.changed.borrow()
    }

    /// The entries of an account as text.
    pub(super) fn entries(&self, username: &str) -> Vec<String> {
        let known = self.inside.known();
        let entries = known.entries.iter().filter(|(user, _)| *user == user_of(username));
        entries.map(|(_, entry)| String::from_utf8(entry.clone()).expect("text")).collect()
    }

    pub(super) fn put(&self, username: &str, entry: &str) {
        self.inside.known().entries.push((user_of(username), entry.as_bytes().to_vec()));
    }

    /// How many calls made it ask the person.
    pub(super) fn questions(&self) -> usize {
        self.inside.known().questions
    }

    pub(super) fn most_open(&self) -> usize {
        self.inside.known().most_open
    }
}

impl Drop for Pretended {
    fn drop(&mut self) {
        self.turns(Manner::Missing);
    }
}

/// The account of that name on the demo index.
pub(super) fn name(username: &str) -> SecretName {
    SecretName { index_key: IndexKey("demo".to_owned()), username: username.to_owned() }
}

fn user_of(username: &str) -> String {
    format!("{username} on demo")
}

pub(super) fn session(cookie: &str) -> KeptCookies {
    KeptCookies { session: Some(SecretString::from(cookie)), remembered_device: None }
}

/// The session's cookie, and where it was.
pub(super) fn found(loaded: Loaded) -> Option<(String, SessionKept)> {
    let (cookies, kept) = loaded.found()?;
    Some((cookies.session?.expose_secret().to_owned(), kept))
}

impl Inside {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().expect("not poisoned")
    }

    /// Does to the entries what a call asks for, when and if the keyring feels like it.
    fn answer<T>(&self, call: impl FnOnce(&mut Vec<(String, Vec<u8>)>) -> Result<T>) -> Result<T> {
        let mut known = self.known();
        known.open += 1;
        known.most_open = known.most_open.max(known.open);
        if matches!(known.manner, Manner::Silent | Manner::Locked) {
            known.questions += 1;
        }
        let stays_open = |known: &mut Known| {
            let (is_silent, is_slow) =
                (known.manner == Manner::Silent, known.manner == Manner::Slow);
            self.keeps_waiting.send_replace(is_silent);
            self.takes_its_time.send_replace(is_slow);
            is_silent || is_slow
        };
        let mut known = self.told.wait_while(known, stays_open).expect("not poisoned");
        known.open -= 1;
        match known.manner {
            Manner::Open => call(&mut known.entries),
            Manner::Locked | Manner::Silent | Manner::Slow => {
                Err(Error::NoStorageAccess("dismissed".into()))
            }
            Manner::Missing => Err(Error::NoDefaultStore),
        }
    }
}

#[async_trait]
impl Platform for Store {
    fn connect(&self) -> Result<Arc<CredentialStore>> {
        match self.0.known().manner {
            Manner::Missing => Err(Error::NoDefaultStore),
            _ => Ok(Arc::new(Self(Arc::clone(&self.0)))),
        }
    }

    fn is_locked(&self) -> bool {
        matches!(self.0.known().manner, Manner::Locked | Manner::Silent)
    }

    async fn patience(&self) {
        let mut keeps_waiting = self.0.keeps_waiting.subscribe();
        let _ = keeps_waiting.wait_for(|keeps_waiting| *keeps_waiting).await;
    }
}

impl CredentialStoreApi for Store {
    fn vendor(&self) -> String {
        "pretended".to_owned()
    }

    fn id(&self) -> String {
        "pretended".to_owned()
    }

    fn build(&self, _: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        let item = Item { inside: Arc::clone(&self.0), user: user.to_owned(), only: None };
        Ok(Entry::new_with_credential(Arc::new(item)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Item {
    /// Where it stands; an error if it is not the only one.
    fn place(&self, entries: &[(String, Vec<u8>)]) -> Result<usize> {
        let is_it = |(user, entry): &(String, Vec<u8>)| {
            *user == self.user && self.only.as_ref().is_none_or(|only| only == entry)
        };
        let places: Vec<usize> =
            (0..entries.len()).filter(|place| is_it(&entries[*place])).collect();
        match places.as_slice() {
            [] => Err(Error::NoEntry),
            [place] => Ok(*place),
            several => Err(Error::Ambiguous(
                several
                    .iter()
                    .map(|place| {
                        let item = Self { only: Some(entries[*place].1.clone()), ..self.clone() };
                        Entry::new_with_credential(Arc::new(item))
                    })
                    .collect(),
            )),
        }
    }
}

impl CredentialApi for Item {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        self.inside.answer(|entries| {
            match self.place(entries) {
                Ok(place) => entries[place].1 = secret.to_vec(),
                Err(Error::NoEntry) => entries.push((self.user.clone(), secret.to_vec())),
                Err(error) => return Err(error),
            }
            Ok(())
        })
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        self.inside.answer(|entries| Ok(entries[self.place(entries)?].1.clone()))
    }

    fn delete_credential(&self) -> Result<()> {
        self.inside.answer(|entries| {
            entries.remove(self.place(entries)?);
            Ok(())
        })
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        Ok(None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
