//! Signing in with user name, password and authenticator code (protocol 1.1), one step a request.
//! Nothing is ever tried again by itself: each wrong try counts against the account.

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::http::Http;
use super::pages::{self, PageKind, SignInForm, TwoFactorForm};
use super::{Answer, AnswerKind, Destination, Error, Session, Warehouse};

const SIGN_IN: &str = "/account/login/";
/// Without it a sign-in with a second factor ends on the index's front page, which may be
/// challenged by its content network.
const NEXT: &str = "/manage/projects/";

/// A sign-in on its way. Dropping it forgets everything.
pub struct SignIn {
    http: Http,
    two_factor: Option<TwoFactor>,
}

struct TwoFactor {
    /// With its token as the query; valid for 300 s.
    path: String,
    csrf_token: SecretString,
}

/// Where a sign-in stands after a step.
#[derive(Debug)]
pub enum SignInStep {
    /// The index wants the authenticator code.
    Code,
    /// The index refused the user name, in its words.
    UsernameRefused(Vec<String>),
    /// The index refused the password, in its words.
    PasswordRefused(Vec<String>),
    /// The index refused the code, in its words.
    CodeRefused(Vec<String>),
    /// Too slow: the index wants user name and password again.
    StartAgain,
    /// The index has mailed a link, because it does not know this network (protocol, section 0.5).
    ConfirmDevice,
    /// The account's only second factor is a security key.
    SecurityKeyOnly,
    /// Done, as this user.
    SignedIn(String),
}

impl SignIn {
    /// A sign-in to the index at this origin.
    ///
    /// # Errors
    /// There is no way to make a connection at all.
    pub fn new(origin: Url) -> Result<Self, Error> {
        Ok(Self { http: Http::new(origin, Session::default())?, two_factor: None })
    }

    /// Sends user name and password.
    ///
    /// # Errors
    /// The index could not be asked.
    pub async fn start(
        &mut self,
        username: &str,
        password: &SecretString,
    ) -> Result<SignInStep, Error> {
        let page = self.http.get(SIGN_IN).await?;
        let form = sign_in_form(&page)?;
        let fields = [
            ("csrf_token", form.csrf_token.as_str()),
            ("username", username),
            ("password", password.expose_secret()),
            ("next", NEXT),
        ];
        let answer = self.http.post(SIGN_IN, &fields).await?;
        if answer.status == 200 {
            let form = sign_in_form(&answer)?;
            return Ok(if form.username_errors.is_empty() {
                SignInStep::PasswordRefused(form.password_errors)
            } else {
                SignInStep::UsernameRefused(form.username_errors)
            });
        }
        match answer.redirect()? {
            (Destination::TwoFactor, location) => self.second_factor(location).await,
            (Destination::ConfirmDevice, _) => Ok(SignInStep::ConfirmDevice),
            _ => self.signed_in().await,
        }
    }

    /// Sends the authenticator code.
    ///
    /// # Errors
    /// The index could not be asked.
    pub async fn code(&mut self, code: &SecretString) -> Result<SignInStep, Error> {
        let Some(two_factor) = &self.two_factor else {
            return Ok(SignInStep::StartAgain);
        };
        let fields = [
            ("csrf_token", two_factor.csrf_token.expose_secret()),
            ("method", "totp"),
            ("totp_value", code.expose_secret()),
        ];
        let answer = self.http.post(&two_factor.path, &fields).await?;
        if answer.status == 200 {
            let form = two_factor_form(&answer)?;
            return Ok(
                form.map_or(SignInStep::StartAgain, |form| SignInStep::CodeRefused(form.errors))
            );
        }
        match answer.redirect()? {
            (Destination::SignIn, _) => Ok(SignInStep::StartAgain),
            (Destination::ConfirmDevice, _) => Ok(SignInStep::ConfirmDevice),
            _ => self.signed_in().await,
        }
    }

    /// The index with the session that was won.
    #[must_use]
    pub fn into_index(self) -> Warehouse {
        Warehouse::from_http(self.http)
    }

    async fn second_factor(&mut self, location: &str) -> Result<SignInStep, Error> {
        let page = self.http.get(location).await?;
        let Some(form) = two_factor_form(&page)? else {
            return Ok(SignInStep::SecurityKeyOnly);
        };
        let csrf_token = SecretString::from(form.csrf_token);
        self.two_factor = Some(TwoFactor { path: location.to_owned(), csrf_token });
        Ok(SignInStep::Code)
    }

    async fn signed_in(&self) -> Result<SignInStep, Error> {
        // The sign-in replaced the form token.
        self.http.set_csrf_token(None).await;
        let username = super::warehouse::who_am_i(&self.http).await?.ok_or(Error::SignedOut)?;
        Ok(SignInStep::SignedIn(username))
    }
}

fn sign_in_form(answer: &Answer) -> Result<SignInForm, Error> {
    if answer.kind() != AnswerKind::Page(PageKind::SignIn) {
        return Err(answer.refusal());
    }
    pages::sign_in_form(&answer.body).ok_or(Error::PageNotUnderstood("sign in"))
}

/// None: the page offers a security key only.
fn two_factor_form(answer: &Answer) -> Result<Option<TwoFactorForm>, Error> {
    if answer.kind() != AnswerKind::Page(PageKind::TwoFactor) {
        return Err(answer.refusal());
    }
    Ok(pages::two_factor_form(&answer.body))
}
