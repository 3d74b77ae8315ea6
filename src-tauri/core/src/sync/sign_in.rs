//! Signing in. Credentials pass through and are gone; whoever ends up signed in must be the one whose
//! name was typed.

use std::sync::Arc;

use secrecy::SecretString;

use crate::index::{self, PackageIndex, SignIn, SignInStep, Warehouse};
use crate::secrets::{KeptCookies, SecretName, Secrets};
use trustdesk_domain::Index;

use super::connection::{Proof, Standing};
use super::engine::{Connected, secret_name};
use super::{Engine, Error};

/// A sign-in between two steps.
pub(super) struct SignInOnItsWay {
    index: Index,
    /// What the person typed.
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
        let index = self.selected_index().await?.ok_or(Error::NoIndex)?;
        let username = username.trim().to_owned();
        let remembered = self.remembered_device(&index, &username).await?;
        let sign_in = SignIn::new(index.origin.clone(), remembered, self.reach())?;
        let mut on_its_way = SignInOnItsWay { index, username, sign_in };
        let step = on_its_way.sign_in.start(&on_its_way.username, password).await;
        if let Ok(SignInStep::PasswordRefused(_)) = &step {
            self.count_wrong_password(&on_its_way.index.key, &on_its_way.username);
        }
        self.go_on(on_its_way, step).await
    }

    /// Sends the authenticator code, and asks to be remembered or not.
    ///
    /// # Errors
    /// The index could not be asked, or somebody else was signed in.
    pub async fn sign_in_with_code(
        &self,
        code: &SecretString,
        remember_device: bool,
    ) -> Result<SignInStep, Error> {
        let Some(mut on_its_way) = self.sign_in.lock().await.take() else {
            return Ok(SignInStep::StartAgain(Vec::new()));
        };
        let step = on_its_way.sign_in.code(code, remember_device).await;
        self.go_on(on_its_way, step).await
    }

    /// Sends a recovery code, which is used up by that.
    ///
    /// # Errors
    /// The index could not be asked, or somebody else was signed in.
    pub async fn sign_in_with_recovery_code(
        &self,
        code: &SecretString,
    ) -> Result<SignInStep, Error> {
        let Some(mut on_its_way) = self.sign_in.lock().await.take() else {
            return Ok(SignInStep::StartAgain(Vec::new()));
        };
        let step = on_its_way.sign_in.recovery_code(code).await;
        self.go_on(on_its_way, step).await
    }

    /// Opens the link that the index has mailed, if it is this index's.
    ///
    /// # Errors
    /// The index could not be asked, or the link signed somebody else in.
    pub async fn confirm_device(&self, link: &str) -> Result<SignInStep, Error> {
        let Some(mut on_its_way) = self.sign_in.lock().await.take() else {
            return Ok(SignInStep::StartAgain(Vec::new()));
        };
        let step = on_its_way.sign_in.confirm_device(link).await;
        self.go_on(on_its_way, step).await
    }

    /// Takes over a session that was won elsewhere: in a window of the index's own page. None: it is
    /// nobody's yet.
    ///
    /// # Errors
    /// The index could not be asked, or the session is somebody else's than was typed here, if
    /// anything was: then it was ended.
    pub async fn take_session(
        &self,
        index: &Index,
        typed: &str,
        cookies: KeptCookies,
    ) -> Result<Option<String>, Error> {
        let session = index::Session::kept(cookies.session, cookies.remembered_device);
        let warehouse = Warehouse::new(index.origin.clone(), session, self.reach())?;
        let username = warehouse.who_am_i().await.map_err(|error| self.note(error))?;
        let Some(username) = username else { return Ok(None) };
        let typed = if typed.trim().is_empty() { &username } else { typed.trim() };
        self.only_the_one_who_was_typed(&warehouse, typed, &username).await?;
        let warehouse = warehouse.belonging_to(&username);
        self.connect(index, &username, Arc::new(warehouse)).await?;
        Ok(Some(username))
    }

    /// Forgets a sign-in that is on its way.
    pub async fn cancel_sign_in(&self) {
        *self.sign_in.lock().await = None;
    }

    async fn remembered_device(
        &self,
        index: &Index,
        username: &str,
    ) -> Result<Option<SecretString>, Error> {
        let Some(account) = self.store.account_named(&index.key, username).await? else {
            return Ok(None);
        };
        let name = secret_name(&account);
        // Whoever does not want to unlock a keyring now signs in as on a new device.
        let found = self.secrets.at_hand(&name).await;
        Ok(found.and_then(|(cookies, _)| cookies.remembered_device))
    }

    async fn go_on(
        &self,
        on_its_way: SignInOnItsWay,
        step: Result<SignInStep, index::Error>,
    ) -> Result<SignInStep, Error> {
        let step = match step {
            Ok(step) => step,
            Err(error) => {
                // The connection broke, or a limit is reached: what was won so far is kept.
                *self.sign_in.lock().await = Some(on_its_way);
                return Err(self.note(error).into());
            }
        };
        match &step {
            SignInStep::SignedIn(username, _) => self.signed_in(on_its_way, username).await?,
            SignInStep::SecondFactor(_)
            | SignInStep::CodeRefused(_)
            | SignInStep::RecoveryCodeRefused(_)
            | SignInStep::ConfirmDevice
            | SignInStep::NotALink => {
                *self.sign_in.lock().await = Some(on_its_way);
            }
            SignInStep::UsernameRefused(_)
            | SignInStep::PasswordRefused(_)
            | SignInStep::StartAgain(_) => {}
        }
        Ok(step)
    }

    async fn signed_in(&self, on_its_way: SignInOnItsWay, username: &str) -> Result<(), Error> {
        let SignInOnItsWay { index, username: typed, sign_in } = on_its_way;
        let warehouse = sign_in.into_index().belonging_to(username);
        self.only_the_one_who_was_typed(&warehouse, &typed, username).await?;
        self.connect(&index, username, Arc::new(warehouse)).await
    }

    async fn only_the_one_who_was_typed(
        &self,
        warehouse: &Warehouse,
        typed: &str,
        username: &str,
    ) -> Result<(), Error> {
        if username.eq_ignore_ascii_case(typed) {
            return Ok(());
        }
        let _ = warehouse.sign_out().await;
        Err(Error::SomeoneElse(username.to_owned()))
    }

    /// Puts an account on screen with its fresh session, whatever it speaks through.
    ///
    /// # Errors
    /// There is no session, or the database could not be written.
    pub async fn connect(
        &self,
        index: &Index,
        username: &str,
        through: Arc<dyn PackageIndex>,
    ) -> Result<(), Error> {
        let now_ms = self.clock.now_ms();
        let cookies = cookies(&through.session().await);
        if cookies.session.is_none() {
            return Err(index::Error::SignedOut.into());
        }
        let account = self.opened(index, username).await?;
        let name = SecretName { index_key: index.key.clone(), username: account.username.clone() };
        let kept = self.secrets.save(&name, &cookies).await;
        let connected = Connected {
            account,
            origin: index.origin.clone(),
            index: through,
            kept,
            cookies,
            confirmed_at_ms: Some(now_ms),
        };
        let account = connected.account.clone();
        if self.known(&account).await.is_none() {
            *self.standing() = Standing::default();
        }
        *self.connected.lock().await = Some(connected);
        // Signing in is confirming the password.
        self.confirmed_at(&account, Some(now_ms)).await;
        self.standing().answered(Proof::Password, false);
        Ok(())
    }
}

/// What is kept of a session.
pub(super) fn cookies(session: &index::Session) -> KeptCookies {
    KeptCookies {
        session: session.cookie_for_keyring().cloned(),
        remembered_device: session.device_for_keyring().cloned(),
    }
}
