//! A person's choice of how long a session is kept: as long as it holds, or until the program ends,
//! however it ends. Which lasting place there is, is not decided here.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::RwLock;

use super::{KeptCookies, Keyring, Loaded, MemorySecrets, SecretName, Secrets, SessionKept};

/// How long cookies are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// As long as they hold, in the lasting place.
    Lasting,
    /// Until the program ends. The person has chosen it.
    ThisRun,
    /// Until the program ends, because nobody knows what the person has chosen. What is in the lasting
    /// place is left alone.
    Unknown,
}

impl Retention {
    /// What a choice that was read or not stands for.
    #[must_use]
    pub const fn of(forgets_sessions: Option<bool>) -> Self {
        match forgets_sessions {
            Some(false) => Self::Lasting,
            Some(true) => Self::ThisRun,
            None => Self::Unknown,
        }
    }

    const fn is_lasting(self) -> bool {
        matches!(self, Self::Lasting)
    }
}

/// Keeps cookies in the lasting place, or while the person wants it so in this run's memory only.
pub struct ChosenSecrets {
    lasting: Arc<dyn Secrets>,
    this_run: MemorySecrets,
    /// Held while a cookie is kept: what began before a choice is not written after it. Not held while
    /// one is looked for, because a keyring may ask the person first.
    retention: RwLock<Retention>,
}

impl ChosenSecrets {
    /// Keeps cookies as long as they hold.
    #[must_use]
    pub fn new(lasting: Arc<dyn Secrets>) -> Self {
        let retention = RwLock::new(Retention::Lasting);
        Self { lasting, this_run: MemorySecrets::default(), retention }
    }

    /// The choice that was made in an earlier run. The lasting place is not touched: it may ask the
    /// person to unlock it.
    #[must_use]
    pub fn from_the_start(mut self, retention: Retention) -> Self {
        *self.retention.get_mut() = retention;
        self
    }

    /// Makes a choice, moves the cookies of these names to where it wants them, and tells which went
    /// where.
    pub async fn choose(
        &self,
        only_this_run: bool,
        names: &[SecretName],
    ) -> Vec<(SecretName, SessionKept)> {
        let mut chosen = self.retention.write().await;
        let mut moved = Vec::new();
        let wanted = Retention::of(Some(only_this_run));
        if *chosen == wanted {
            return moved;
        }
        let was_lasting = chosen.is_lasting();
        *chosen = wanted;
        for name in names {
            let found = if only_this_run {
                // What is not at hand is deleted there all the same. A session of this run is newer.
                let found = match was_lasting {
                    true => self.lasting.at_hand(name).await,
                    false => None,
                };
                self.lasting.delete(name).await;
                found
            } else {
                self.this_run.load(name).await.found()
            };
            if let Some((cookies, _)) = found {
                moved.push((name.clone(), self.keep(only_this_run, name, &cookies).await));
            }
            if !only_this_run {
                self.this_run.delete(name).await;
            }
        }
        moved
    }

    async fn keep(
        &self,
        only_this_run: bool,
        name: &SecretName,
        cookies: &KeptCookies,
    ) -> SessionKept {
        if only_this_run {
            self.this_run.save(name, cookies).await;
            SessionKept::ThisRun
        } else {
            self.lasting.save(name, cookies).await
        }
    }
}

#[async_trait]
impl Secrets for ChosenSecrets {
    async fn save(&self, name: &SecretName, cookies: &KeptCookies) -> SessionKept {
        let retention = self.retention.read().await;
        self.keep(!retention.is_lasting(), name, cookies).await
    }

    async fn load(&self, name: &SecretName) -> Loaded {
        let was_lasting = self.retention.read().await.is_lasting();
        if was_lasting {
            let loaded = self.lasting.load(name).await;
            let is_lasting = self.retention.read().await.is_lasting();
            if is_lasting {
                return loaded;
            }
        }
        match self.this_run.load(name).await {
            Loaded::Found(cookies, _) => Loaded::Found(cookies, SessionKept::ThisRun),
            nothing => nothing,
        }
    }

    /// Forgets it in both places: a lasting place that did not answer when the choice was made may
    /// still have it.
    async fn delete(&self, name: &SecretName) {
        let _no_choice_meanwhile = self.retention.read().await;
        self.this_run.delete(name).await;
        self.lasting.delete(name).await;
    }

    fn keyring(&self) -> Keyring {
        self.lasting.keyring()
    }

    fn kept(&self, name: &SecretName) -> Option<SessionKept> {
        let retention = self.retention.try_read().ok()?;
        if retention.is_lasting() { self.lasting.kept(name) } else { Some(SessionKept::ThisRun) }
    }

    async fn waits(&self) {
        self.lasting.waits().await;
    }

    async fn try_again(&self) {
        self.lasting.try_again().await;
    }
}

#[cfg(test)]
mod tests {
    use secrecy::{ExposeSecret, SecretString};

    use super::*;
    use trustdesk_domain::IndexKey;

    fn name(username: &str) -> SecretName {
        SecretName { index_key: IndexKey("demo".to_owned()), username: username.to_owned() }
    }

    fn session(cookie: &str) -> KeptCookies {
        KeptCookies { session: Some(SecretString::from(cookie)), remembered_device: None }
    }

    async fn found(secrets: &impl Secrets, username: &str) -> Option<(String, SessionKept)> {
        let found = secrets.load(&name(username)).await.found();
        found.map(|(cookies, kept)| {
            (cookies.session.expect("a session").expose_secret().to_owned(), kept)
        })
    }

    /// The lasting place (one that answers as `Memory` does), and the choice over it.
    fn places() -> (Arc<MemorySecrets>, ChosenSecrets) {
        let lasting = Arc::new(MemorySecrets::default());
        (Arc::clone(&lasting), ChosenSecrets::new(lasting))
    }

    #[tokio::test]
    async fn what_is_for_this_run_only_never_comes_to_the_lasting_place() {
        let (lasting, secrets) = places();
        let secrets = secrets.from_the_start(Retention::ThisRun);
        let kept = secrets.save(&name("alice"), &session("a")).await;
        assert_eq!(kept, SessionKept::ThisRun);
        assert_eq!(found(&secrets, "alice").await, Some(("a".to_owned(), SessionKept::ThisRun)));
        assert_eq!(found(lasting.as_ref(), "alice").await, None);
    }

    #[tokio::test]
    async fn an_entry_that_was_left_behind_is_not_used() {
        let (lasting, secrets) = places();
        lasting.save(&name("alice"), &session("left behind")).await;
        let secrets = secrets.from_the_start(Retention::ThisRun);
        assert_eq!(found(&secrets, "alice").await, None, "it was to be forgotten");
        secrets.delete(&name("alice")).await;
        assert_eq!(found(lasting.as_ref(), "alice").await, None, "and now it is");
    }

    #[tokio::test]
    async fn a_choice_moves_every_session_and_leaves_none_behind() {
        let (lasting, secrets) = places();
        let names = [name("alice"), name("bob"), name("nobody")];
        secrets.save(&names[0], &session("a")).await;
        secrets.save(&names[1], &session("b")).await;
        let moved = secrets.choose(true, &names).await;
        let this_run = |username| (name(username), SessionKept::ThisRun);
        assert_eq!(moved, [this_run("alice"), this_run("bob")]);
        assert_eq!(found(lasting.as_ref(), "alice").await, None);
        assert_eq!(found(lasting.as_ref(), "bob").await, None);
        assert_eq!(found(&secrets, "bob").await, Some(("b".to_owned(), SessionKept::ThisRun)));

        let moved = secrets.choose(false, &names).await;
        assert_eq!(moved.len(), 2);
        assert_eq!(found(lasting.as_ref(), "bob").await, Some(("b".into(), SessionKept::Memory)));
        assert_eq!(found(&secrets.this_run, "bob").await, None);
    }

    #[tokio::test]
    async fn unknown_choice_writes_and_deletes_nothing_until_it_is_made() {
        for forgets in [true, false] {
            let (lasting, secrets) = places();
            lasting.save(&name("alice"), &session("kept before")).await;
            lasting.save(&name("bob"), &session("kept before")).await;
            let secrets = secrets.from_the_start(Retention::Unknown);
            assert_eq!(found(&secrets, "alice").await, None, "it may be one to be forgotten");
            let kept = secrets.save(&name("alice"), &session("new")).await;
            assert_eq!(kept, SessionKept::ThisRun);
            let before = Some(("kept before".to_owned(), SessionKept::Memory));
            assert_eq!(found(lasting.as_ref(), "alice").await, before);

            secrets.choose(forgets, &[name("alice"), name("bob")]).await;
            let (this_run, bob) = match forgets {
                true => (Some(("new".to_owned(), SessionKept::ThisRun)), None),
                false => (Some(("new".to_owned(), SessionKept::Memory)), before),
            };
            assert_eq!(found(&secrets, "alice").await, this_run);
            assert_eq!(found(lasting.as_ref(), "bob").await, bob);
        }
    }

    #[tokio::test]
    async fn the_same_choice_again_does_not_bring_an_old_cookie_back() {
        let (lasting, secrets) = places();
        let secrets = secrets.from_the_start(Retention::ThisRun);
        secrets.save(&name("alice"), &session("new")).await;
        lasting.save(&name("alice"), &session("old")).await;
        assert_eq!(secrets.choose(true, &[name("alice")]).await, []);
        assert_eq!(found(&secrets, "alice").await, Some(("new".into(), SessionKept::ThisRun)));
    }
}
