//! The session on screen: whose it is, how long the password counts as confirmed, and its end.

use std::collections::HashSet;
use std::sync::PoisonError;

use secrecy::SecretString;

use crate::index::{self, PasswordAnswer};
use crate::secrets::{Keyring, Secrets, SessionKept};
use trustdesk_domain::ChangeState;
use trustdesk_domain::IndexKey;

use super::connection::Proof;
use super::engine::{Connected, secret_name};
use super::{Connection, Engine, Error};

/// How long the index takes a password as confirmed: absolutely, not since the last page
/// (protocol 1.1).
const CONFIRMED_FOR_MS: i64 = 30 * 60 * 1000;
/// The index locks an account after so many wrong passwords in so long (protocol 6).
const WRONG_PASSWORDS: usize = 10;
const WRONG_FOR_MS: i64 = 5 * 60 * 1000;

/// The first that is open to the account is enough.
const PROJECTS_TO_LOOK_AT: usize = 3;

/// A wrong password, and when it was given by this process's steady clock.
pub(super) type WrongPassword = (IndexKey, String, i64);

/// What came of confirming the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordConfirmed {
    /// For the next 30 minutes.
    Yes,
    /// It was not sent: the index does not ask for it, because it was entered before.
    Already,
    /// It was wrong. As far as was seen from here, so many more may be wrong before the index locks
    /// the account for a while.
    Wrong(usize),
    /// It was not sent: the index would not look at it until then (milliseconds since 1970, UTC).
    LockedOut(i64),
}

impl Engine {
    /// Asks the index who the session belongs to.
    ///
    /// # Errors
    /// Nobody is signed in, or the index could not be asked.
    pub async fn refresh_connection(&self) -> Result<(), Error> {
        // While the index cannot be reached nobody asked for this: the page does, each minute.
        if self.connection() != Connection::Offline {
            self.secrets.try_again().await;
        }
        let connected = self.connected().await?;
        self.must_be_own(&connected).await?;
        if connected.index.is_read_only() {
            // Only a page tells whether that is over.
            let read = connected.index.projects().await;
            self.after(&connected, read).await?;
        }
        self.look_at_closed_gates(&connected).await
    }

    /// Asks for what only an open gate shows. Nothing is stored of it.
    async fn look_at_closed_gates(&self, connected: &Connected) -> Result<(), Error> {
        if self.standing().wants_password() {
            let answer = match connected.index.is_password_asked().await {
                Ok(false) => Ok(PasswordAnswer::NotAsked),
                Ok(true) => Err(index::Error::ConfirmPassword),
                Err(error) => Err(error),
            };
            self.after(connected, answer).await?;
        }
        if self.standing().publishing_is_off() {
            for project in self.projects_to_look_at(connected).await? {
                let page = connected.index.publishing(&project).await;
                match self.after(connected, page).await {
                    // That one is closed to the account, which says nothing of the index.
                    Err(Error::Index(index::Error::Forbidden | index::Error::NotFound)) => {}
                    page => return page.map(drop),
                }
            }
        }
        Ok(())
    }

    /// A few managed projects to ask about the index: those with something to send first, and last those
    /// with a rejected change, which may be closed to the account.
    async fn projects_to_look_at(&self, connected: &Connected) -> Result<Vec<String>, Error> {
        let account = connected.account.id;
        let open = self.store.open_changes(account).await?;
        let of = |is_meant: fn(ChangeState) -> bool| -> HashSet<&str> {
            let meant = open.iter().filter(|change| is_meant(change.state));
            meant.map(|change| change.project.as_str()).collect()
        };
        let rejected = of(|state| state == ChangeState::Rejected);
        let to_send = of(|state| state != ChangeState::Rejected);
        let known = self.store.projects(account).await?.into_iter().map(|cached| cached.project);
        let managed = known.filter(|project| project.can_manage);
        let mut names: Vec<String> = managed.map(|project| project.normalized_name).collect();
        names.sort_by_key(|name| {
            (rejected.contains(name.as_str()), !to_send.contains(name.as_str()))
        });
        names.truncate(PROJECTS_TO_LOOK_AT);
        Ok(names)
    }

    /// A password that was entered for the same session in another process is in the database, and was
    /// removed from there when this process met the index's question.
    pub(super) async fn hear_of_password_entered_elsewhere(&self) {
        if self.standing().may_hear_of_password() && self.confirmed_until_ms().await.is_some() {
            self.standing().opened(Proof::Password);
        }
    }

    /// Asks the index whose session it is. What is read or sent in anybody else's would be taken for
    /// this account's.
    pub(super) async fn must_be_own(&self, connected: &Connected) -> Result<(), Error> {
        let user = connected.index.who_am_i().await;
        let answer = user.and_then(|user| user.map(drop).ok_or(index::Error::SignedOut));
        self.after(connected, answer).await
    }

    /// Confirms the password for the next 30 minutes, if the index asks for it. Wrong ones are counted,
    /// and not sent any more when the index would not look at them: it says nothing then, and each try
    /// prolongs it.
    ///
    /// # Errors
    /// Nobody is signed in, or the index could not be asked.
    pub async fn confirm_password(
        &self,
        password: &SecretString,
    ) -> Result<PasswordConfirmed, Error> {
        let connected = self.connected().await?;
        let (index, username) = (&connected.account.index_key, &connected.account.username);
        if let Some(until_ms) = self.locked_out_until(index, username) {
            return Ok(PasswordConfirmed::LockedOut(until_ms));
        }
        self.must_be_own(&connected).await?;
        let now_ms = self.clock.now_ms();
        let result = connected.index.confirm_password(password).await;
        match self.after(&connected, result).await? {
            PasswordAnswer::NotAsked => return Ok(PasswordConfirmed::Already),
            PasswordAnswer::Taken => {
                self.confirmed_at(&connected.account, Some(now_ms)).await;
                return Ok(PasswordConfirmed::Yes);
            }
            PasswordAnswer::Refused => {}
        }
        self.confirmed_at(&connected.account, None).await;
        self.set_connection(Connection::ConfirmPassword);
        self.count_wrong_password(index, username);
        let wrong = self.wrong_passwords_of(index, username).len();
        Ok(PasswordConfirmed::Wrong(WRONG_PASSWORDS.saturating_sub(wrong)))
    }

    /// Until when the index takes the password as confirmed; none: nobody knows, or no longer. By this
    /// computer's clock, as it is shown: only the index's page decides.
    pub async fn confirmed_until_ms(&self) -> Option<i64> {
        let account = self.account().await.ok()?;
        let connected = self.known(&account).await?;
        // What another process entered counts for the session in the keyring, which both use.
        let elsewhere_ms = match self.kept_in(&connected) {
            SessionKept::Keyring => account.password_entered_at_ms,
            SessionKept::Memory | SessionKept::ThisRun => None,
        };
        let confirmed_at_ms = connected.confirmed_at_ms.max(elsewhere_ms)?;
        let until_ms = confirmed_at_ms.saturating_add(CONFIRMED_FOR_MS);
        (confirmed_at_ms..until_ms).contains(&self.clock.now_ms()).then_some(until_ms)
    }

    /// When the session on screen ends unless it is used before; none: nobody knows.
    pub async fn session_ends_ms(&self) -> Option<i64> {
        let account = self.account().await.ok()?;
        // As it was last kept: the session itself is held by whatever request is on its way.
        let cookie = self.known(&account).await?.cookies.session?;
        index::Session::from_cookie(cookie).ends_at_ms()
    }

    /// How it stands with the system's keyring.
    #[must_use]
    pub fn keyring(&self) -> Keyring {
        self.secrets.keyring()
    }

    /// Whether the index remembers this device for the account on screen.
    pub async fn remembers_device(&self) -> bool {
        let connected = self.connected.lock().await;
        connected.as_ref().is_some_and(|known| known.cookies.remembered_device.is_some())
    }

    /// Ends the session on the index's side, here and in the keyring, with the remembered device.
    /// What was read stays readable.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn sign_out(&self) -> Result<(), Error> {
        let account = self.account().await?;
        // Neither an index that cannot be reached nor a keyring that asks something must keep a person
        // from signing out here.
        let connected = match self.known(&account).await {
            Some(known) => Some(known),
            None => tokio::select! {
                connected = self.connected() => connected.ok(),
                () = self.secrets.waits() => None,
            },
        };
        if let Some(connected) = connected {
            let _ = connected.index.sign_out().await;
        }
        self.secrets.delete(&secret_name(&account)).await;
        self.confirmed_at(&account, None).await;
        self.forget_connection().await;
        self.set_connection(Connection::SignedOut);
        Ok(())
    }

    pub(super) fn count_wrong_password(&self, index: &IndexKey, username: &str) {
        let wrong = (index.clone(), username.to_lowercase(), self.clock.steady_ms());
        self.wrong_passwords.lock().unwrap_or_else(PoisonError::into_inner).push(wrong);
    }

    /// When those were given that still count, the oldest first, by this process's steady clock.
    fn wrong_passwords_of(&self, index: &IndexKey, username: &str) -> Vec<i64> {
        let since_ms = self.clock.steady_ms() - WRONG_FOR_MS;
        let mut wrong = self.wrong_passwords.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.retain(|(.., at_ms)| *at_ms > since_ms);
        let username = username.to_lowercase();
        let of_account = wrong.iter().filter(|(key, name, _)| key == index && *name == username);
        of_account.map(|(.., at_ms)| *at_ms).collect()
    }

    fn locked_out_until(&self, index: &IndexKey, username: &str) -> Option<i64> {
        let wrong = self.wrong_passwords_of(index, username);
        let counting_from = wrong.len().checked_sub(WRONG_PASSWORDS)?;
        let left_ms = wrong.get(counting_from)? + WRONG_FOR_MS - self.clock.steady_ms();
        // For people, who look at this computer's clock.
        Some(self.clock.now_ms().saturating_add(left_ms))
    }
}
