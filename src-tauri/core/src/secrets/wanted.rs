//! What the keyring is to hold, and the run's memory takes the place of until it does.

use std::collections::{HashMap, HashSet};

use super::entry::{self, Entry};
use super::{KeptCookies, Loaded, SecretName, SessionKept};

/// What was saved or deleted and has not come to the keyring.
#[derive(Default)]
pub(super) struct Wanted {
    memory: HashMap<SecretName, KeptCookies>,
    /// For these the keyring has not yet taken what the memory holds of them: cookies, or nothing.
    unsettled: HashSet<SecretName>,
    /// Those of them that were to be deleted and that nobody waits for any longer.
    left_behind: HashSet<SecretName>,
}

impl Wanted {
    pub(super) fn keep(&mut self, name: &SecretName, cookies: &KeptCookies) {
        self.memory.insert(name.clone(), cookies.clone());
        self.unsettled.insert(name.clone());
        self.left_behind.remove(name);
    }

    pub(super) fn forget(&mut self, name: &SecretName) {
        self.memory.remove(name);
        self.unsettled.insert(name.clone());
    }

    /// Goes on without the keyring's word that it has deleted the cookies.
    pub(super) fn leave_behind(&mut self, name: &SecretName) {
        if self.unsettled.contains(name) && !self.memory.contains_key(name) {
            self.left_behind.insert(name.clone());
        }
    }

    /// What is known without the keyring; none: it must be asked.
    pub(super) fn answer(&self, name: &SecretName) -> Option<Loaded> {
        match self.memory.get(name) {
            Some(cookies) => Some(Loaded::Found(cookies.clone(), SessionKept::Memory)),
            None => self.unsettled.contains(name).then_some(Loaded::Nothing),
        }
    }

    /// Where a session is that was saved or found before.
    pub(super) fn kept(&self, name: &SecretName) -> SessionKept {
        if self.memory.contains_key(name) { SessionKept::Memory } else { SessionKept::Keyring }
    }

    pub(super) fn in_memory(&self) -> HashSet<SecretName> {
        self.memory.keys().cloned().collect()
    }

    pub(super) fn is_settled(&self) -> bool {
        self.unsettled.is_empty()
    }

    pub(super) fn has_left_behind(&self) -> bool {
        !self.left_behind.is_empty()
    }

    /// What the keyring must be told next: an entry, or none in its place.
    pub(super) fn next(&self) -> Option<(SecretName, Option<Entry>)> {
        let name = self.unsettled.iter().next()?;
        Some((name.clone(), self.entry(name)))
    }

    /// The keyring has taken it. What was saved or deleted meanwhile is still to be told.
    pub(super) fn taken(&mut self, name: &SecretName, taken: &Option<Entry>) {
        if self.entry(name) != *taken {
            return;
        }
        self.unsettled.remove(name);
        self.left_behind.remove(name);
        if taken.is_some() {
            self.memory.remove(name);
        }
    }

    /// What is too long for an entry stays in memory, and no older entry may outlive it.
    fn entry(&self, name: &SecretName) -> Option<Entry> {
        self.memory.get(name).and_then(|cookies| entry::written(&name.index_key, cookies))
    }
}
