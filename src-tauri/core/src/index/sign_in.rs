//! Signing in (protocol 1.1), one step a request: user name and password, a second factor, and the
//! mailed link where the index does not know the network. Nothing is ever tried again by itself:
//! each wrong try counts against the account.

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::http::{Http, Largest};
use super::pages::{self, PageKind, SecondFactorPage, SignInForm};
use super::reading::read;
use super::warehouse::{messages, who_am_i};

use super::{Answer, AnswerKind, Destination, Error, Reach, Session, Warehouse};

const SIGN_IN: &str = "/account/login/";
const CONFIRM_DEVICE: &str = "/account/confirm-login/";
/// Without it a sign-in with a second factor ends on the index's front page, which may be
/// challenged by its content network.
const NEXT: &str = "/manage/projects/";

/// A sign-in on its way. Dropping it forgets everything.
pub struct SignIn {
    http: Http,
    origin: Url,
    second_factor: Option<SecondFactor>,
}

/// Where the second factor is posted to; the addresses hold a token that is valid for 300 s.
struct SecondFactor {
    path: String,
    code_token: Option<SecretString>,
    recovery_path: Option<String>,
}

/// What an account can prove itself with besides its password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondFactors {
    /// The code of an authenticator app.
    pub code: bool,
    /// One of the codes that were printed for a bad day. Each works once.
    pub recovery_code: bool,
    /// A security key, which only a browser window can ask.
    pub security_key: bool,
}

/// Where a sign-in stands after a step.
#[derive(Debug)]
pub enum SignInStep {
    /// The index wants a second factor, one of these.
    SecondFactor(SecondFactors),
    /// The index refused the user name, in its words.
    UsernameRefused(Vec<String>),
    /// The index refused the password, in its words.
    PasswordRefused(Vec<String>),
    /// The index refused the authenticator code, in its words.
    CodeRefused(Vec<String>),
    /// The index refused the recovery code, in its words.
    RecoveryCodeRefused(Vec<String>),
    /// The index has mailed a link, because it does not know this network (protocol, section 0.5).
    /// A recovery code is used up all the same.
    ConfirmDevice,
    /// What was pasted is no confirmation link of this index; it was not opened.
    NotALink,
    /// The index wants user name and password again, for these reasons if it gave any: too slow, a
    /// link that is too old or was opened from elsewhere, a suspended account.
    StartAgain(Vec<String>),
    /// Done, as this user; with what the index has to say to them.
    SignedIn(String, Vec<String>),
}

impl SignIn {
    /// A sign-in to the index at this origin, with the device that it may know.
    ///
    /// # Errors
    /// There is no way to make a connection at all.
    pub fn new(
        origin: Url,
        remembered_device: Option<SecretString>,
        reach: Reach,
    ) -> Result<Self, Error> {
        let http = Http::new(origin.clone(), Session::kept(None, remembered_device), reach)?;
        Ok(Self { http, origin, second_factor: None })
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
        if let Some(words) = trustdesk_domain::username_refusal(username) {
            return Ok(SignInStep::UsernameRefused(vec![words.to_owned()]));
        }
        let page = self.http.get(SIGN_IN, Largest::PAGE).await?;
        let form = sign_in_form(page).await?;
        let fields = [
            ("csrf_token", form.csrf_token.as_str()),
            ("username", username),
            ("password", password.expose_secret()),
            ("next", NEXT),
        ];
        let answer = self.http.post(SIGN_IN, &fields).await?;
        if answer.status == 200 {
            let form = sign_in_form(answer).await?;
            return Ok(if form.username_errors.is_empty() {
                SignInStep::PasswordRefused(form.password_errors)
            } else {
                SignInStep::UsernameRefused(form.username_errors)
            });
        }
        match redirect(answer).await? {
            (Destination::TwoFactor, location) => self.ask_second_factor(&location).await,
            (destination, _) => self.arrive(destination).await,
        }
    }

    /// Sends the authenticator code; with `remember_device` the password alone will do for 30 days.
    ///
    /// # Errors
    /// The index could not be asked.
    pub async fn code(
        &mut self,
        code: &SecretString,
        remember_device: bool,
    ) -> Result<SignInStep, Error> {
        let Some(SecondFactor { path, code_token: Some(token), .. }) = &self.second_factor else {
            // A code that is posted to an account without codes crashes the server.
            return Ok(SignInStep::StartAgain(Vec::new()));
        };
        if let Some(words) = trustdesk_domain::code_refusal(code.expose_secret()) {
            return Ok(SignInStep::CodeRefused(vec![words.to_owned()]));
        }
        let mut fields = vec![
            ("csrf_token", token.expose_secret()),
            ("method", "totp"),
            ("totp_value", code.expose_secret()),
        ];
        if remember_device {
            fields.push(("remember_device", "true"));
        }
        let answer = self.http.post(path, &fields).await?;
        if answer.status == 200 {
            let page = second_factor_page(answer).await?;
            return Ok(page.code.map_or_else(
                || SignInStep::StartAgain(Vec::new()),
                |form| SignInStep::CodeRefused(form.errors),
            ));
        }
        self.go_on(answer).await
    }

    /// Sends a recovery code. It is used up as soon as the index takes it, even where the sign-in is
    /// then held back until a mailed link was opened.
    ///
    /// # Errors
    /// The index could not be asked.
    pub async fn recovery_code(&mut self, code: &SecretString) -> Result<SignInStep, Error> {
        let path = self.second_factor.as_ref().and_then(|known| known.recovery_path.as_deref());
        let Some(path) = path else {
            return Ok(SignInStep::StartAgain(Vec::new()));
        };
        if let Some(words) = trustdesk_domain::recovery_code_refusal(code.expose_secret()) {
            return Ok(SignInStep::RecoveryCodeRefused(vec![words.to_owned()]));
        }
        let page = self.http.get(path, Largest::PAGE).await?;
        if page.status != 200 {
            return self.go_on(page).await;
        }
        let form = recovery_form(page).await?;
        let fields = [
            ("csrf_token", form.csrf_token.as_str()),
            ("recovery_code_value", code.expose_secret()),
        ];
        let answer = self.http.post(path, &fields).await?;
        if answer.status == 200 {
            return Ok(SignInStep::RecoveryCodeRefused(recovery_form(answer).await?.errors));
        }
        self.go_on(answer).await
    }

    /// Opens the link that the index has mailed. Whoever opens it is signed in, so that it is only
    /// opened if it is the index's own.
    ///
    /// # Errors
    /// The index could not be asked.
    pub async fn confirm_device(&mut self, link: &str) -> Result<SignInStep, Error> {
        let Some(path) = confirmation_path(&self.origin, link) else {
            return Ok(SignInStep::NotALink);
        };
        let answer = self.http.get(&path, Largest::PAGE).await?;
        self.go_on(answer).await
    }

    /// The index with the session that was won.
    #[must_use]
    pub fn into_index(self) -> Warehouse {
        Warehouse::from_http(self.http)
    }

    async fn ask_second_factor(&mut self, location: &str) -> Result<SignInStep, Error> {
        let answer = self.http.get(location, Largest::PAGE).await?;
        let page = second_factor_page(answer).await?;
        let offers = SecondFactors {
            code: page.code.is_some(),
            recovery_code: page.recovery_path.is_some(),
            security_key: page.security_key,
        };
        self.second_factor = Some(SecondFactor {
            path: location.to_owned(),
            code_token: page.code.map(|form| SecretString::from(form.csrf_token)),
            recovery_path: page.recovery_path,
        });
        Ok(SignInStep::SecondFactor(offers))
    }

    /// Where a redirect of the sign-in leads.
    async fn go_on(&self, answer: Answer) -> Result<SignInStep, Error> {
        let (destination, _) = redirect(answer).await?;
        self.arrive(destination).await
    }

    async fn arrive(&self, destination: Destination) -> Result<SignInStep, Error> {
        match destination {
            Destination::SignIn => Ok(SignInStep::StartAgain(self.words().await)),
            Destination::ConfirmDevice => Ok(SignInStep::ConfirmDevice),
            _ => self.signed_in().await,
        }
    }

    async fn signed_in(&self) -> Result<SignInStep, Error> {
        // The sign-in replaced the form token.
        self.http.set_csrf_token(None).await;
        let username = who_am_i(&self.http, None).await?;
        // What the index says after a sign-in is said once: new terms, a recovery code that is gone,
        // or why there is no session after all.
        let words = self.words().await;
        Ok(match username {
            Some(username) => SignInStep::SignedIn(username, words),
            None => SignInStep::StartAgain(words),
        })
    }

    /// Only words: that they cannot be had changes nothing of what happened.
    async fn words(&self) -> Vec<String> {
        let messages = messages(&self.http).await.unwrap_or_default();
        messages.into_iter().map(|message| message.text).collect()
    }
}

/// The path with the token of a confirmation link; none if it is not this index's.
fn confirmation_path(origin: &Url, link: &str) -> Option<String> {
    let link = Url::parse(link.trim()).ok()?;
    let token = link.query_pairs().find(|(name, value)| name == "token" && !value.is_empty());
    let is_ours = link.origin() == origin.origin()
        && link.path() == CONFIRM_DEVICE
        && link.username().is_empty()
        && link.password().is_none();
    // Nothing else of the link is passed on.
    let (_, token) = token.filter(|_| is_ours)?;
    let token: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
    Some(format!("{CONFIRM_DEVICE}?token={token}"))
}

/// Where an answer leads, path and query.
async fn redirect(answer: Answer) -> Result<(Destination, String), Error> {
    read(answer, |answer| {
        let (destination, location) = answer.redirect()?;
        Ok((destination, location.to_owned()))
    })
    .await
}

/// Reads a page that must be of this kind.
async fn page<T: Send + 'static>(
    answer: Answer,
    kind: PageKind,
    what: &'static str,
    form: impl FnOnce(&str) -> Option<T> + Send + 'static,
) -> Result<T, Error> {
    read(answer, move |answer| {
        if answer.kind() != AnswerKind::Page(kind) {
            return Err(answer.refusal());
        }
        form(&answer.body).ok_or(Error::PageNotUnderstood(what))
    })
    .await
}

async fn sign_in_form(answer: Answer) -> Result<SignInForm, Error> {
    page(answer, PageKind::SignIn, "sign in", pages::sign_in_form).await
}

async fn second_factor_page(answer: Answer) -> Result<SecondFactorPage, Error> {
    page(answer, PageKind::TwoFactor, "second factor", pages::second_factor_page).await
}

async fn recovery_form(answer: Answer) -> Result<pages::CodeForm, Error> {
    page(answer, PageKind::RecoveryCode, "recovery codes", pages::recovery_form).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(link: &str) -> Option<String> {
        confirmation_path(&Url::parse("https://pypi.org/").expect("an address"), link)
    }

    #[test]
    fn only_a_confirmation_link_of_the_index_is_opened() {
        let good = " https://pypi.org/account/confirm-login/?token=.eJw1.awM_dQ.lg3-t\n";
        assert_eq!(path(good).as_deref(), Some("/account/confirm-login/?token=.eJw1.awM_dQ.lg3-t"));
        for bad in [
            "",
            "not a link",
            "http://pypi.org/account/confirm-login/?token=a",
            "https://pypi.org.evil.example/account/confirm-login/?token=a",
            "https://evil.example/https://pypi.org/account/confirm-login/?token=a",
            "https://me@pypi.org/account/confirm-login/?token=a",
            "https://pypi.org:444/account/confirm-login/?token=a",
            "https://test.pypi.org/account/confirm-login/?token=a",
            "https://pypi.org/account/verify-email/?token=a",
            "https://pypi.org/account/confirm-login/../logout/?token=a",
            "https://pypi.org/account/confirm-login/",
            "https://pypi.org/account/confirm-login/?token=",
            "javascript:https://pypi.org/account/confirm-login/?token=a",
        ] {
            assert_eq!(path(bad), None, "{bad}");
        }
    }

    #[test]
    fn nothing_but_the_token_of_a_link_is_passed_on() {
        let link = "https://pypi.org/account/confirm-login/?next=//evil.example&token=a%26b#c";
        assert_eq!(path(link).as_deref(), Some("/account/confirm-login/?token=a%26b"));
    }
}
