//! The engine: one database, one account on screen, one conversation with its index.

use std::sync::{Arc, Mutex as PlainMutex, MutexGuard, PoisonError};

use tokio::sync::Mutex;
use tracing::warn;
use url::Url;

use crate::clock::Clock;
use crate::index::{self, Pace, PackageIndex, Patience, Reach, Session, Warehouse};
use crate::secrets::{
    ChosenSecrets, KeptCookies, KeyringTrouble, Loaded, Retention, SecretName, Secrets, SessionKept,
};
use crate::store::{Account, AccountId, SenderLock, Store};
use trustdesk_domain::{Index, Reasons};

use super::connection::{Proves, Standing};
use super::in_flight::InFlight;
use super::quota::{LimitsMet, Wait};
use super::session::WrongPassword;
use super::sign_in::{SignInOnItsWay, cookies};
use super::this_run::ThisRun;
use super::{Connection, Error};

/// What the app was doing when it ended, said of a change that was being sent then.
const INTERRUPTED: &str = "Trustdesk ended while this was being sent; the index's list will tell.";

/// Everything that a shell or a command line needs of the core besides reading the store.
pub struct Engine {
    pub(super) store: Store,
    pub(super) secrets: ChosenSecrets,
    /// None: nobody knows what was chosen.
    pub(super) forgets_sessions: PlainMutex<Option<bool>>,
    pub(super) clock: Arc<dyn Clock>,
    /// Held for moments only: every screen looks at it.
    pub(super) connected: Mutex<Option<Connected>>,
    /// One at a time opens the session, or there would be two conversations with the index.
    pub(super) connecting: Mutex<()>,
    pub(super) sign_in: Mutex<Option<SignInOnItsWay>>,
    /// One sender at a time in this process.
    pub(super) sending: Mutex<()>,
    pub(super) in_flight: InFlight,
    pub(super) limits_met: LimitsMet,
    pub(super) this_run: ThisRun,
    standing: PlainMutex<Standing>,
    patience: Patience,
    pace: Arc<Pace>,
    /// Of this run; an index counts them too, and locks an account after too many.
    pub(super) wrong_passwords: PlainMutex<Vec<WrongPassword>>,
}

/// An account with its open session.
#[derive(Clone)]
pub(super) struct Connected {
    pub(super) account: Account,
    /// Where `index` sends its requests.
    pub(super) origin: Url,
    pub(super) index: Arc<dyn PackageIndex>,
    pub(super) kept: SessionKept,
    /// As they were last kept; the session's changes in its course.
    pub(super) cookies: KeptCookies,
    /// When the password was last confirmed, as far as this run knows.
    pub(super) confirmed_at_ms: Option<i64>,
}

/// Which index and account are on screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// The index that was chosen.
    pub index: Option<Index>,
    /// The account that was signed in to last on that index.
    pub account: Option<Account>,
    /// How it stands with its index.
    pub connection: Connection,
    /// Where its session is kept; none: there is no session.
    pub session_kept: Option<SessionKept>,
}

impl Engine {
    /// Starts on an open database. What was being sent when a program ended is set to be checked
    /// against the index's list, unless another program is sending for that account now.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn start(
        store: Store,
        secrets: Arc<dyn Secrets>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Error> {
        // Where nothing can be written there is still everything to read.
        if !store.is_read_only() {
            // What was discarded in another program that runs can still be taken back there.
            if store.was_opened_alone() {
                store.forget_drafts().await?;
            }
            for account in store.accounts_sending().await? {
                if let Some(sender) = store.sender_lock(account)? {
                    recover(&store, account, &sender, clock.now_ms()).await?;
                }
            }
        }
        // Unknown is not the default: a choice that was lost must not put a session into a keyring.
        let forgets_sessions = store.forgets_sessions().await;
        let forgets_sessions = forgets_sessions
            .inspect_err(|error| warn!(%error, "sessions are kept for this run only"))
            .ok();
        Ok(Self {
            store,
            secrets: ChosenSecrets::new(secrets).from_the_start(Retention::of(forgets_sessions)),
            forgets_sessions: PlainMutex::new(forgets_sessions),
            clock,
            connected: Mutex::default(),
            connecting: Mutex::default(),
            sign_in: Mutex::default(),
            sending: Mutex::default(),
            in_flight: InFlight::default(),
            limits_met: LimitsMet::default(),
            this_run: ThisRun::default(),
            standing: PlainMutex::default(),
            patience: Patience::default(),
            pace: Arc::default(),
            wrong_passwords: PlainMutex::default(),
        })
    }

    /// The same engine that waits this long for its indexes.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// The same engine that asks its indexes this often.
    #[must_use]
    pub fn with_pace(self, pace: Pace) -> Self {
        Self { pace: Arc::new(pace), ..self }
    }

    /// The proxy through which an index is asked, as HOST:PORT; none: it is asked directly.
    #[must_use]
    pub fn proxy_of(&self, index: &Index) -> Option<String> {
        index::proxy_of(&index.origin)
    }

    pub(super) fn reach(&self) -> Reach {
        let (clock, pace) = (Arc::clone(&self.clock), Arc::clone(&self.pace));
        Reach { patience: self.patience, clock, pace }
    }

    /// The database, for reading.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Puts an index on screen; the account is the one that was last signed in to there.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn select_index(&self, index: &Index) -> Result<(), Error> {
        self.store.select_index(index).await?;
        self.forget_connection().await;
        Ok(())
    }

    /// Back to the choice of an index. Nothing is deleted.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn leave_index(&self) -> Result<(), Error> {
        self.store.deselect_index().await?;
        self.forget_connection().await;
        Ok(())
    }

    /// What is on screen now, or what this run is about. Reads nothing but the database.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn screen(&self) -> Result<Screen, Error> {
        let index = self.selected_index().await?;
        let account = match &index {
            Some(index) => self.account_on(index).await?,
            None => None,
        };
        let connected = self.connected.lock().await.clone();
        let session_kept = connected.as_ref().map(|connected| self.kept_in(connected));
        let limit = match &account {
            Some(account) => self.limit(account).await,
            None => None,
        };
        self.hear_of_password_entered_elsewhere().await;
        let connection = match (self.connection(), limit) {
            (Connection::Online, Some(Wait { until_ms, .. })) => {
                Connection::WaitingForQuota { until_ms }
            }
            (connection, _) => connection,
        };
        Ok(Screen { index, account, connection, session_kept })
    }

    /// Where a session is kept. A keyring that was locked at first may have taken it by now.
    pub(super) fn kept_in(&self, connected: &Connected) -> SessionKept {
        let kept = self.secrets.kept(&secret_name(&connected.account));
        kept.unwrap_or(connected.kept)
    }

    /// How long the index takes no more registrations of the account; none: it takes them, as far as a
    /// session that is open knows.
    pub(super) async fn limit(&self, account: &Account) -> Option<Wait> {
        let connected = self.known(account).await?;
        self.limit_of(&connected)
    }

    pub(super) fn limit_of(&self, connected: &Connected) -> Option<Wait> {
        let left_ms = self.limits_met.left_ms(&connected.account, self.moment(connected))?;
        Some(Wait::from(self.clock.now_ms(), left_ms))
    }

    /// The account on screen.
    ///
    /// # Errors
    /// No index is chosen, or nobody has signed in there yet.
    pub async fn account(&self) -> Result<Account, Error> {
        let index = self.selected_index().await?.ok_or(Error::NoIndex)?;
        self.account_on(&index).await?.ok_or(Error::NoAccount)
    }

    /// The session of the account on screen, from memory or the keyring.
    pub(super) async fn connected(&self) -> Result<Connected, Error> {
        let index = self.selected_index().await?.ok_or(Error::NoIndex)?;
        let account = self.account().await?;
        if let Some(known) = self.known(&account).await {
            return Ok(known);
        }
        // Held while a keyring may be asking the person to unlock it; screens do not wait for it.
        let _turn = self.connecting.lock().await;
        if let Some(known) = self.known(&account).await {
            return Ok(known);
        }
        let loaded = self.secrets.load(&secret_name(&account)).await;
        // Signed in meanwhile: a second conversation must not take its place.
        if let Some(known) = self.known(&account).await {
            return Ok(known);
        }
        let (cookies, kept) = match loaded {
            Loaded::Found(cookies, kept) if cookies.session.is_some() => (cookies, kept),
            Loaded::Unavailable(KeyringTrouble::Locked) => {
                self.set_connection(Connection::SignedOut);
                return Err(Error::KeyringLocked);
            }
            Loaded::Found(..) | Loaded::Nothing | Loaded::Unavailable(KeyringTrouble::Missing) => {
                return Err(self.note(index::Error::SignedOut).into());
            }
        };
        let KeptCookies { session, remembered_device } = cookies.clone();
        let session = Session::kept(session, remembered_device);
        let origin = index.origin;
        let warehouse = Warehouse::new(origin.clone(), session, self.reach())?;
        let warehouse = warehouse.belonging_to(&account.username);
        let fresh = Connected {
            account,
            origin,
            index: Arc::new(warehouse),
            kept,
            cookies,
            confirmed_at_ms: None,
        };
        *self.connected.lock().await = Some(fresh.clone());
        Ok(fresh)
    }

    /// The session of an account, if it is open already.
    pub(super) async fn known(&self, account: &Account) -> Option<Connected> {
        let known = self.connected.lock().await.clone();
        let known = known.filter(|known| known.account.id == account.id)?;
        Some(Connected { account: account.clone(), ..known })
    }

    /// Remembers what a result says of the connection, and keeps the session's newest cookie.
    pub(super) async fn after<T: Proves>(
        &self,
        connected: &Connected,
        result: Result<T, index::Error>,
    ) -> Result<T, Error> {
        self.keep_cookie(connected).await;
        // What comes after another account was put on screen says nothing of that one.
        let is_on_screen = self.known(&connected.account).await.is_some();
        let note = |error| if is_on_screen { self.note(error) } else { error };
        match result {
            Ok(value) => {
                if is_on_screen {
                    let is_read_only = connected.index.is_read_only();
                    self.standing().answered(value.proves(), is_read_only);
                }
                Ok(value)
            }
            Err(index::Error::SignedOut) => {
                // Said once, to the session that has just ended: a suspended account, a password
                // that was changed elsewhere. Most sessions end without a word.
                let words = connected.index.parting_words().await;
                self.confirmed_at(&connected.account, None).await;
                let error = words.map_or(index::Error::SignedOut, index::Error::SessionEnded);
                Err(note(error).into())
            }
            Err(error) => {
                if matches!(error, index::Error::ConfirmPassword) {
                    self.confirmed_at(&connected.account, None).await;
                }
                Err(note(error).into())
            }
        }
    }

    pub(super) fn note(&self, error: index::Error) -> index::Error {
        if let Some(connection) = Connection::after(&error) {
            self.set_connection(connection);
        }
        error
    }

    pub(super) fn set_connection(&self, connection: Connection) {
        self.standing().heard(connection);
    }

    /// How the account on screen stands with its index.
    pub(super) fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn connection(&self) -> Connection {
        self.standing().connection()
    }

    pub(super) async fn forget_connection(&self) {
        *self.connected.lock().await = None;
        *self.sign_in.lock().await = None;
        // What one account's index has closed says nothing of the next one.
        *self.standing() = Standing::default();
    }

    /// The index re-signs the cookie whenever it saves the session; an old copy dies earlier.
    async fn keep_cookie(&self, connected: &Connected) {
        let fresh = cookies(&connected.index.session().await);
        let is_ours = |known: &&mut Connected| known.account.id == connected.account.id;
        let has_changed = {
            let mut current = self.connected.lock().await;
            let Some(known) = current.as_mut().filter(is_ours) else {
                return;
            };
            let has_changed = !known.cookies.are(&fresh);
            known.cookies = fresh.clone();
            has_changed
        };
        if has_changed {
            let kept = self.secrets.save(&secret_name(&connected.account), &fresh).await;
            if let Some(known) = self.connected.lock().await.as_mut().filter(is_ours) {
                known.kept = kept;
            }
        }
    }

    /// Remembers when the index took the password, or that it wants it again: here, and for other
    /// processes where they use the same session.
    pub(super) async fn confirmed_at(&self, account: &Account, at_ms: Option<i64>) {
        let mut current = self.connected.lock().await;
        let known = current.as_mut().filter(|known| known.account.id == account.id);
        let is_shared = known.map(|known| {
            known.confirmed_at_ms = at_ms;
            self.kept_in(known) == SessionKept::Keyring
        });
        drop(current);
        if is_shared == Some(false) {
            return;
        }
        if let Err(error) = self.store.set_password_entered(account.id, at_ms).await {
            // A time that is shown is lost; whether the password holds, the index decides.
            warn!(%error, "when the password was entered is not kept");
            if at_ms.is_none() {
                self.standing().keeps_stale_time();
            }
        }
    }
}

/// Sets to be checked what another process, or this one in an earlier run, was sending when it ended.
pub(super) async fn recover(
    store: &Store,
    account: AccountId,
    sender: &SenderLock,
    now_ms: i64,
) -> Result<(), Error> {
    let reasons = Reasons { messages: vec![INTERRUPTED.to_owned()], ..Reasons::default() };
    Ok(store.recover_changes(account, sender, &reasons, now_ms).await?)
}

pub(super) fn secret_name(account: &Account) -> SecretName {
    SecretName { index_key: account.index_key.clone(), username: account.username.clone() }
}
