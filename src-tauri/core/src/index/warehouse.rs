//! An index reached through Warehouse's web pages, which is how every index can be managed today
//! (protocol 1.6): the page's own forms, sent in the account's own session.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use trustdesk_domain::{Fields, IndexTime, Project, PublishingPage};

use super::answer::{Answer, AnswerKind};
use super::http::{Http, Largest};
use super::pages::{self, Asked, Flash, FlashKind};
use super::reading::read;
use super::{Error, Outcome, PackageIndex, PasswordAnswer, Reach, Request, Session, outcome};

const WHO_AM_I: &str = "/_includes/authed/current-user-indicator/";
const MESSAGES: &str = "/_includes/unauthed/flash-messages/";
const PROJECTS: &str = "/manage/projects/";
const SIGN_OUT: &str = "/account/logout/";
const CONFIRM_PASSWORD: &str = "/account/reauthenticate/";
/// A page that the index shows only while a password holds: being let in proves that one does.
const NEEDS_PASSWORD: &str = "/manage/account/publishing/";

/// Names and values of a form, without its token.
type Form<'a> = [(&'a str, &'a str)];

/// An index and the session of one account with it.
pub struct Warehouse {
    http: Http,
    /// Whose session it must be; none: whoever has signed in.
    username: Option<String>,
    /// What the last page said of read-only mode.
    read_only: AtomicBool,
}

impl Warehouse {
    /// The index at this origin with a session won earlier.
    ///
    /// # Errors
    /// There is no way to make a connection at all.
    pub fn new(origin: Url, session: Session, reach: Reach) -> Result<Self, Error> {
        Ok(Self::from_http(Http::new(origin, session, reach)?))
    }

    pub(super) const fn from_http(http: Http) -> Self {
        Self { http, username: None, read_only: AtomicBool::new(false) }
    }

    /// The same index that sends nothing in the session of anybody else.
    #[must_use]
    pub fn belonging_to(self, username: &str) -> Self {
        Self { username: Some(username.to_owned()), ..self }
    }

    /// Reads a page and what stands above it.
    async fn page<T: Send + 'static>(
        &self,
        path: &str,
        largest: Largest,
        page: impl FnOnce(&str) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let answer = self.http.get(path, largest).await?;
        let told = answer.told;
        let (page, read_only) = read(answer, move |answer| {
            let body = answer.body()?;
            Ok((page(body)?, pages::is_read_only(body)))
        })
        .await?;
        self.http.believe(told);
        self.read_only.store(read_only, Ordering::Relaxed);
        Ok(page)
    }

    /// The session's form token, asked for once a session.
    async fn csrf_token(&self) -> Result<SecretString, Error> {
        if let Some(token) = self.http.csrf_token().await {
            return Ok(token);
        }
        self.who_am_i().await?.ok_or(Error::SignedOut)?;
        self.http.csrf_token().await.ok_or(Error::PageNotUnderstood("the form token"))
    }

    /// Posts a form with the session's token. An index that refuses the token has not looked at the
    /// form (protocol 2.1): where the session lives on under another token, the form is posted once
    /// more with that one, and never a third time. The outer error means that nothing had an effect.
    async fn post_form(
        &self,
        path: &str,
        fields: &Form<'_>,
    ) -> Result<Result<Answer, Error>, Error> {
        let token = self.csrf_token().await?;
        let answer = self.post_with(&token, path, fields).await;
        if !is_token_refused(&answer) {
            return Ok(answer);
        }
        self.http.set_csrf_token(None).await;
        let renewed = self.csrf_token().await?;
        if renewed.expose_secret() != token.expose_secret() {
            let answer = self.post_with(&renewed, path, fields).await;
            if !is_token_refused(&answer) {
                return Ok(answer);
            }
        }
        Err(Error::PageNotUnderstood("the form token"))
    }

    async fn post_with(
        &self,
        token: &SecretString,
        path: &str,
        fields: &Form<'_>,
    ) -> Result<Answer, Error> {
        let mut form = vec![("csrf_token", token.expose_secret())];
        form.extend(fields);
        self.http.post(path, &form).await
    }

    async fn submit_form(&self, project: &str, request: &Request) -> Result<Outcome, Error> {
        let path = publishing_path(project);
        let (fields, provider) = match request {
            // Every field of the form, also the empty ones: a missing one is a 404 (protocol 3.1).
            Request::Add(publisher) => (publisher.fields(), publisher.provider()),
            Request::Remove(id) => {
                (Fields::from([("publisher_id".to_owned(), id.0.clone())]), None)
            }
        };
        let form: Vec<_> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = match self.post_form(&path, &form).await? {
            Ok(answer) => answer,
            Err(error @ Error::Offline(_)) => return Ok(Outcome::NotSent(error)),
            Err(error) => return Ok(Outcome::Unknown(error)),
        };
        let came = read(answer, move |answer| Ok(outcome(answer, &path, provider))).await;
        // The form was sent: what could not be read to its end may have been any answer.
        Ok(came.unwrap_or(Outcome::Unknown(Error::OutcomeUnknown("it takes too long to read"))))
    }
}

#[async_trait]
impl PackageIndex for Warehouse {
    async fn who_am_i(&self) -> Result<Option<String>, Error> {
        who_am_i(&self.http, self.username.as_deref()).await
    }

    async fn projects(&self) -> Result<Vec<Project>, Error> {
        self.page(PROJECTS, Largest::LIST, pages::projects).await
    }

    async fn publishing(&self, project: &str) -> Result<PublishingPage, Error> {
        let asked = project.to_owned();
        let page = move |body: &str| pages::publishing(body, &asked);
        self.page(&publishing_path(project), Largest::PAGE, page).await
    }

    fn is_read_only(&self) -> bool {
        self.read_only.load(Ordering::Relaxed)
    }

    async fn take_messages(&self) -> Result<Vec<Flash>, Error> {
        messages(&self.http).await
    }

    async fn until_free(&self) {
        self.http.until_free().await;
    }

    async fn submit(&self, project: &str, request: &Request) -> Outcome {
        self.submit_form(project, request).await.unwrap_or_else(Outcome::NotSent)
    }

    async fn is_password_asked(&self) -> Result<bool, Error> {
        let own = |body: &str| pages::must_be(body, &Asked::AccountPublishing);
        match self.page(NEEDS_PASSWORD, Largest::LIST, own).await {
            Ok(()) => Ok(false),
            Err(Error::ConfirmPassword) => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// While an earlier password holds, the index answers a wrong one like a right one and counts it
    /// (protocol 1.1): only where its page is in the way can anything be told.
    async fn confirm_password(&self, password: &SecretString) -> Result<PasswordAnswer, Error> {
        if !self.is_password_asked().await? {
            return Ok(PasswordAnswer::NotAsked);
        }
        let form = [
            ("next_route", "manage.account.publishing"),
            ("next_route_matchdict", "{}"),
            ("next_route_query", "{}"),
            ("password", password.expose_secret()),
        ];
        let answer = self.post_form(CONFIRM_PASSWORD, &form).await??;
        if answer.status != 303 {
            // Nobody looked at the password: it is neither right nor wrong.
            return read(answer, |answer| Err(answer.refusal())).await;
        }
        // The answer is the same for a right and a wrong password; only the next page tells.
        Ok(match self.is_password_asked().await? {
            true => PasswordAnswer::Refused,
            false => PasswordAnswer::Taken,
        })
    }

    async fn parting_words(&self) -> Option<String> {
        let messages = messages(&self.http).await.ok()?.into_iter();
        let words: Vec<String> = messages
            .filter(|flash| flash.kind == FlashKind::Error)
            .map(|flash| flash.text)
            .collect();
        Some(words.join(" ")).filter(|words| !words.is_empty())
    }

    async fn sign_out(&self) -> Result<(), Error> {
        let answer = self.post_form(SIGN_OUT, &[]).await??;
        read(answer, |answer| if answer.status == 303 { Ok(()) } else { Err(answer.refusal()) })
            .await
    }

    fn time(&self) -> Option<IndexTime> {
        self.http.time()
    }

    fn time_at_latest(&self) -> Option<IndexTime> {
        self.http.time_at_latest()
    }

    async fn session(&self) -> Session {
        self.http.session().await
    }
}

/// Asks who the session belongs to, and takes the form token that comes with the answer. Where the user
/// is known whose session it must be, the token of anybody else's is never kept.
pub(super) async fn who_am_i(http: &Http, own: Option<&str>) -> Result<Option<String>, Error> {
    let answer = http.get(WHO_AM_I, Largest::PAGE).await?;
    let told = answer.told;
    let indicator =
        read(answer, |answer| pages::who_am_i(answer.body()?).ok_or(Error::NotTheIndex)).await?;
    http.believe(told);
    match (indicator.username, own) {
        (Some(username), Some(own)) if !username.eq_ignore_ascii_case(own) => {
            http.set_csrf_token(None).await;
            Err(Error::SomeoneElse(username))
        }
        (username, _) => {
            http.set_csrf_token(indicator.csrf_token.as_deref()).await;
            Ok(username)
        }
    }
}

/// The messages that the index keeps for the session. It hands each out once.
pub(super) async fn messages(http: &Http) -> Result<Vec<Flash>, Error> {
    let answer = http.get(MESSAGES, Largest::PAGE).await?;
    read(answer, |answer| {
        let body = answer.body()?;
        let flashes = pages::flashes(body);
        // No messages are no text at all: what has text and no message, no index wrote.
        if flashes.is_empty() && !body.trim().is_empty() {
            return Err(Error::NotTheIndex);
        }
        Ok(flashes)
    })
    .await
}

/// Status 400 with the index's words comes before any view.
fn is_token_refused(answer: &Result<Answer, Error>) -> bool {
    let is_400 = |answer: &Answer| answer.status == 400 && answer.kind() == AnswerKind::FormRefused;
    answer.as_ref().is_ok_and(is_400)
}

fn publishing_path(project: &str) -> String {
    let segment: String = url::form_urlencoded::byte_serialize(project.as_bytes()).collect();
    format!("/manage/project/{segment}/settings/publishing/")
}

#[cfg(test)]
mod tests;
