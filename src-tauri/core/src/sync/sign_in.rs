//! Signing in and out, and confirming the password. Credentials pass through and are gone.

use std::sync::Arc;

use secrecy::SecretString;

use crate::domain::Index;
use crate::index::{self, PackageIndex, SignIn, SignInStep};
use crate::secrets::Secrets;

use super::engine::{Connected, secret_name};
use super::{Connection, Engine, Error};

/// A sign-in between two steps.
pub(super) struct SignInOnItsWay {
    index: Index,
    /// What the person typed: whoever ends up signed in must be this one.
    username: String,
    sign_in: SignIn,
}

impl Engine {
    /// Sends user name and password to the index on screen.
    ///
    /// # Errors
    /// No index is chosen, it could not be asked, or somebody else was signed in.
    pub async fn sign_in(
        &self,
        username: &str,
        password: &SecretString,
    ) -> Result<SignInStep, Error> {
        let index = self.current_index().await?.ok_or(Error::NoIndex)?;
        let sign_in = SignIn::new(index.origin.clone())?;
        let mut on_its_way = SignInOnItsWay { index, username: username.to_owned(), sign_in };
        let step = on_its_way.sign_in.start(username, password).await;
        self.go_on(on_its_way, step).await
    }

    /// Sends the authenticator code.
    ///
    /// # Errors
    /// The index could not be asked, or somebody else was signed in.
    pub async fn sign_in_with_code(&self, code: &SecretString) -> Result<SignInStep, Error> {
        let Some(mut on_its_way) = self.sign_in.lock().await.take() else {
            return Ok(SignInStep::StartAgain);
        };
        let step = on_its_way.sign_in.code(code).await;
        self.go_on(on_its_way, step).await
    }

    /// Forgets a sign-in that is on its way.
    pub async fn cancel_sign_in(&self) {
        *self.sign_in.lock().await = None;
    }

    /// Ends the session on the index's side, here and in the keyring. What was read stays readable.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn sign_out(&self) -> Result<(), Error> {
        let account = self.account().await?;
        if let Ok(connected) = self.connected().await {
            // An index that cannot be reached must not keep a person from signing out here.
            let _ = connected.index.sign_out().await;
        }
        self.secrets.delete(&secret_name(&account)).await;
        self.forget_connection().await;
        self.set_connection(Connection::SignedOut);
        Ok(())
    }

    /// Asks the index who the session belongs to.
    ///
    /// # Errors
    /// Nobody is signed in, or the index could not be asked.
    pub async fn refresh_connection(&self) -> Result<(), Error> {
        let connected = self.connected().await?;
        let answer = match connected.index.who_am_i().await {
            Ok(Some(_)) => Ok(()),
            Ok(None) => Err(index::Error::SignedOut),
            Err(error) => Err(error),
        };
        self.after(&connected, answer).await
    }

    /// Confirms the password for the next 30 minutes; whether the index took it.
    ///
    /// # Errors
    /// Nobody is signed in, or the index could not be asked.
    pub async fn confirm_password(&self, password: &SecretString) -> Result<bool, Error> {
        let connected = self.connected().await?;
        let result = connected.index.confirm_password(password).await;
        let taken = self.after(&connected, result).await?;
        if !taken {
            self.set_connection(Connection::ConfirmPassword);
        }
        Ok(taken)
    }

    async fn go_on(
        &self,
        on_its_way: SignInOnItsWay,
        step: Result<SignInStep, index::Error>,
    ) -> Result<SignInStep, Error> {
        let step = step.map_err(|error| self.note(error))?;
        match &step {
            SignInStep::SignedIn(username) => self.signed_in(on_its_way, username).await?,
            SignInStep::Code | SignInStep::CodeRefused(_) => {
                *self.sign_in.lock().await = Some(on_its_way);
            }
            SignInStep::UsernameRefused(_)
            | SignInStep::PasswordRefused(_)
            | SignInStep::StartAgain
            | SignInStep::ConfirmDevice
            | SignInStep::SecurityKeyOnly => {}
        }
        Ok(step)
    }

    async fn signed_in(&self, on_its_way: SignInOnItsWay, username: &str) -> Result<(), Error> {
        let index = Arc::new(on_its_way.sign_in.into_index());
        if !username.eq_ignore_ascii_case(on_its_way.username.trim()) {
            let _ = index.sign_out().await;
            return Err(Error::SomeoneElse(username.to_owned()));
        }
        let now_ms = self.clock.now_ms();
        let account = self.store.open_account(&on_its_way.index.key, username, now_ms).await?;
        let session = index.session().await;
        let Some(cookie) = session.cookie_for_keyring() else {
            return Err(index::Error::SignedOut.into());
        };
        let kept = self.secrets.save(&secret_name(&account), cookie).await;
        let connected = Connected { account, index, kept, kept_cookie: cookie.clone() };
        *self.connected.lock().await = Some(connected);
        self.set_connection(Connection::Online);
        Ok(())
    }
}
