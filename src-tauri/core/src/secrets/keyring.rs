//! Cookies in the system's keyring. It can be missing, locked or slow, and it can change its mind:
//! until it has taken what it is told, the run's memory holds it.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex as PlainMutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use keyring_core::Entry;
use tokio::sync::{Mutex, watch};
use tokio::task::spawn_blocking;
use zeroize::Zeroizing;

use super::entry;
use super::platform::{Platform, SystemKeyring, ask};
use super::wanted::Wanted;
use super::{
    KeptCookies, Keyring, KeyringState, KeyringTrouble, Loaded, SecretName, Secrets, SessionKept,
};

/// Keeps cookies in the system's keyring, and in memory for as long as there is none that takes them.
pub struct KeyringSecrets(Arc<Shared>);

/// What the calls share that go on in the background.
struct Shared {
    platform: Arc<dyn Platform>,
    on_change: Box<dyn Fn() + Send + Sync>,
    /// Held while a call is open, however long: keyrings dislike parallel calls, and some reorder
    /// them.
    turn: Mutex<()>,
    state: watch::Sender<KeyringState>,
    /// Whether the next call may make the keyring ask the person. Who has dismissed its question is
    /// not asked again at each request of a sync.
    may_ask: AtomicBool,
    /// Whether there was a keyring in this run: where there was none, nothing was left behind in it.
    was_there: AtomicBool,
    wanted: PlainMutex<Wanted>,
    announced: PlainMutex<Standing>,
}

/// What of all this is seen on screen.
type Standing = (Keyring, HashSet<SecretName>);

impl Default for KeyringSecrets {
    fn default() -> Self {
        Self::new(|| {})
    }
}

impl KeyringSecrets {
    /// The system's keyring. `on_change` is called when it has begun to keep us waiting, when it has
    /// answered after all, and when what was in memory has come to it.
    pub fn new(on_change: impl Fn() + Send + Sync + 'static) -> Self {
        Self::on(SystemKeyring, on_change)
    }

    /// Another keyring than the system's.
    pub fn on(
        platform: impl Platform + 'static,
        on_change: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Shared {
            platform: Arc::new(platform),
            on_change: Box::new(on_change),
            turn: Mutex::default(),
            state: watch::Sender::new(KeyringState::Ready),
            may_ask: AtomicBool::new(true),
            was_there: AtomicBool::new(false),
            wanted: PlainMutex::default(),
            announced: PlainMutex::default(),
        }))
    }

    /// Goes on without the keyring when it keeps us waiting: whoever has the turn tells it what is
    /// wanted by then.
    async fn settle(&self) {
        if self.0.state() == KeyringState::Waiting {
            return;
        }
        let settling = tokio::spawn(Arc::clone(&self.0).settle());
        tokio::select! {
            biased;
            _ = settling => {}
            () = self.waits() => {}
        }
    }
}

#[async_trait]
impl Secrets for KeyringSecrets {
    async fn save(&self, name: &SecretName, cookies: &KeptCookies) -> SessionKept {
        self.0.wanted().keep(name, cookies);
        self.settle().await;
        self.0.wanted().kept(name)
    }

    async fn load(&self, name: &SecretName) -> Loaded {
        if let Some(known) = self.0.wanted().answer(name) {
            return known;
        }
        // In a task of its own: a call that nobody waits for any longer is still open.
        let read = tokio::spawn(Arc::clone(&self.0).read(name.clone()));
        read.await.unwrap_or(Loaded::Unavailable(KeyringTrouble::Missing))
    }

    async fn delete(&self, name: &SecretName) {
        self.0.wanted().forget(name);
        self.settle().await;
        self.0.wanted().leave_behind(name);
        self.0.announce();
    }

    fn keyring(&self) -> Keyring {
        self.0.keyring()
    }

    fn kept(&self, name: &SecretName) -> Option<SessionKept> {
        Some(self.0.wanted().kept(name))
    }

    async fn waits(&self) {
        let mut state = self.0.state.subscribe();
        let _ = state.wait_for(|state| *state == KeyringState::Waiting).await;
    }

    async fn try_again(&self) {
        self.0.may_ask.store(true, Ordering::SeqCst);
        self.0.settle_later();
    }
}

impl Shared {
    fn wanted(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> KeyringState {
        *self.state.borrow()
    }

    fn keyring(&self) -> Keyring {
        let state = self.state();
        let never_was = state == KeyringState::Missing && !self.was_there.load(Ordering::SeqCst);
        Keyring { state, left_behind: !never_was && self.wanted().has_left_behind() }
    }

    /// Tells the keyring all that it has not taken yet, until it refuses.
    async fn settle(self: Arc<Self>) {
        let _turn = self.turn.lock().await;
        loop {
            let Some((name, entry)) = self.wanted().next() else { break };
            let told = entry.clone();
            let answer = self.call(&name, move |keyring| match &told {
                Some(entry) => keyring.set_secret(entry),
                None => keyring.delete_credential(),
            });
            if answer.await.is_err() {
                break;
            }
            self.wanted().taken(&name, &entry);
        }
        self.announce();
    }

    fn settle_later(self: &Arc<Self>) {
        if !self.wanted().is_settled() && self.state() != KeyringState::Waiting {
            tokio::spawn(Arc::clone(self).settle());
        }
    }

    async fn read(self: Arc<Self>, name: SecretName) -> Loaded {
        let _turn = self.turn.lock().await;
        if let Some(known) = self.wanted().answer(&name) {
            return known;
        }
        let read = self.call(&name, |keyring| keyring.get_secret().map(Zeroizing::new)).await;
        let loaded = match read {
            Ok(entry) => match entry.and_then(|entry| entry::read(&name.index_key, &entry)) {
                Some(cookies) => Loaded::Found(cookies, SessionKept::Keyring),
                None => Loaded::Nothing,
            },
            Err(trouble) => Loaded::Unavailable(trouble),
        };
        self.announce();
        if self.state() == KeyringState::Ready {
            self.settle_later();
        }
        // What was saved or deleted while the keyring took its time is newer.
        let newer = self.wanted().answer(&name);
        newer.unwrap_or(loaded)
    }

    /// One call, off the runtime, by whoever has the turn. None: there is no such entry.
    async fn call<T: Send + 'static>(
        &self,
        name: &SecretName,
        call: impl Fn(&Entry) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<Option<T>, KeyringTrouble> {
        let platform = Arc::clone(&self.platform);
        let may_ask = self.may_ask.load(Ordering::SeqCst);
        let user = format!("{} on {}", name.username, name.index_key.0);
        let mut open = spawn_blocking(move || ask(platform.as_ref(), may_ask, &user, call));
        let answer = tokio::select! {
            biased;
            answer = &mut open => answer,
            () = self.platform.patience() => {
                self.state.send_replace(KeyringState::Waiting);
                self.announce();
                open.await
            }
        };
        // A keyring's library that panics is as good as none.
        let answer = answer.unwrap_or(Err(KeyringTrouble::Missing));
        self.answered(answer.as_ref().err().copied());
        answer
    }

    fn answered(&self, trouble: Option<KeyringTrouble>) {
        self.may_ask.store(trouble != Some(KeyringTrouble::Locked), Ordering::SeqCst);
        if trouble != Some(KeyringTrouble::Missing) {
            self.was_there.store(true, Ordering::SeqCst);
        }
        self.state.send_replace(match trouble {
            None => KeyringState::Ready,
            Some(KeyringTrouble::Locked) => KeyringState::Locked,
            Some(KeyringTrouble::Missing) => KeyringState::Missing,
        });
    }

    fn announce(&self) {
        let standing = (self.keyring(), self.wanted().in_memory());
        let mut announced = self.announced.lock().unwrap_or_else(PoisonError::into_inner);
        if *announced != standing {
            *announced = standing;
            drop(announced);
            (self.on_change)();
        }
    }
}

#[cfg(test)]
mod tests {
    use keyring_core::CredentialStore;
    use keyring_core::mock::Store;
    use secrecy::SecretString;

    use super::*;
    use trustdesk_domain::IndexKey;

    /// A keyring in memory that is always there.
    struct Mock(Arc<Store>);

    impl Platform for Mock {
        fn connect(&self) -> keyring_core::Result<Arc<CredentialStore>> {
            Ok(Arc::clone(&self.0) as _)
        }

        fn is_locked(&self) -> bool {
            false
        }
    }

    #[tokio::test]
    async fn a_cookie_comes_back_from_the_keyring_and_can_be_forgotten() {
        let secrets = KeyringSecrets::on(Mock(Store::new().expect("a mock keyring")), || {});
        let name =
            SecretName { index_key: IndexKey("demo".to_owned()), username: "alice".to_owned() };
        let cookies = KeptCookies {
            session: Some(SecretString::from("a.b.c")),
            remembered_device: Some(SecretString::from("mark")),
        };
        assert_eq!(secrets.save(&name, &cookies).await, SessionKept::Keyring);
        let (found, kept) = secrets.load(&name).await.found().expect("kept");
        assert!(found.are(&cookies));
        assert_eq!(kept, SessionKept::Keyring);
        secrets.delete(&name).await;
        assert!(matches!(secrets.load(&name).await, Loaded::Nothing));
    }
}
