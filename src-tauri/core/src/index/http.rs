//! The only HTTP client. It keeps to one request at a time and to its index's pace, follows no redirect,
//! says who it is, asks for English, keeps every rotated cookie and reads no more than a page can hold.

use std::sync::{Arc, Mutex as PlainMutex, PoisonError};

use bytes::Bytes;
use cookie::Cookie;
use reqwest::header::{
    ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, LOCATION, ORIGIN,
    REFERER, SET_COOKIE,
};
use reqwest::{Client, Method, redirect};
use secrecy::SecretString;
use tokio::sync::Mutex;
use tracing::{info, warn};
use url::Url;
use zeroize::Zeroizing;

use crate::clock::Clock;
use trustdesk_domain::IndexTime;

use super::answer::Answer;
use super::proxy::is_never_proxied;
use super::times::{Told, answered_at_ms, retry_after_s};
use super::{Error, Pace, Patience, Reach, Session};

/// What the index and its owners see in their logs and mails.
const USER_AGENT: &str = concat!("Trustdesk/", env!("CARGO_PKG_VERSION"));
/// The most that is taken of one answer, in bytes. It counts what was unpacked, not what came over the
/// wire.
#[derive(Clone, Copy)]
pub(super) struct Largest(usize);

impl Largest {
    /// Any page: a project with hundreds of publishers is far below.
    pub(super) const PAGE: Self = Self(5_000_000);
    /// The pages that grow with the account's projects: one takes 1.2 kB, so that this is a list of
    /// 29,000 projects.
    pub(super) const LIST: Self = Self(32 * 1024 * 1024);
}

pub(super) struct Http {
    client: Client,
    origin: Url,
    clock: Arc<dyn Clock>,
    pace: Arc<Pace>,
    /// Held for the whole of a request: the index's session is last-one-wins, and two requests at
    /// once can lose a message or a confirmed password (protocol 9.3).
    session: Mutex<Session>,
    /// What the last answer that was the index's own told of its time.
    told: PlainMutex<Option<Told>>,
}

impl Http {
    pub(super) fn new(origin: Url, session: Session, reach: Reach) -> Result<Self, Error> {
        let Reach { patience: Patience { connect, silence, answer }, clock, pace } = reach;
        let client = Client::builder();
        let client = if is_never_proxied(&origin) { client.no_proxy() } else { client };
        let client = client
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .connect_timeout(connect)
            .read_timeout(silence)
            .timeout(answer)
            .pool_max_idle_per_host(1)
            .build()
            .map_err(Error::Offline)?;
        Ok(Self {
            client,
            origin,
            clock,
            pace,
            session: Mutex::new(session),
            told: PlainMutex::default(),
        })
    }

    pub(super) async fn get(&self, path: &str, largest: Largest) -> Result<Answer, Error> {
        let mut session = self.session.lock().await;
        self.send(&mut session, Method::GET, path, None, largest).await
    }

    /// Posts a form. The values may be secrets: the body is wiped after use.
    pub(super) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Result<Answer, Error> {
        let mut session = self.session.lock().await;
        self.send(&mut session, Method::POST, path, Some(encode(form)), Largest::PAGE).await
    }

    pub(super) async fn session(&self) -> Session {
        self.session.lock().await.clone()
    }

    /// Waits until the next request would leave at once.
    pub(super) async fn until_free(&self) {
        self.pace.until_free(&self.origin, self.clock.as_ref()).await;
    }

    /// What time it is for the index, at least.
    pub(super) fn time(&self) -> Option<IndexTime> {
        self.told().map(|told| told.at_least(self.clock.steady_ms()))
    }

    /// What time it is for the index, at most.
    pub(super) fn time_at_latest(&self) -> Option<IndexTime> {
        self.told().map(|told| told.at_most(self.clock.steady_ms()))
    }

    /// An answer that told the time turned out to be the index's own: what stands in its place has
    /// another clock.
    pub(super) fn believe(&self, told: Option<Told>) {
        if told.is_some() {
            *self.told.lock().unwrap_or_else(PoisonError::into_inner) = told;
        }
    }

    fn told(&self) -> Option<Told> {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) async fn csrf_token(&self) -> Option<SecretString> {
        self.session.lock().await.csrf_token()
    }

    pub(super) async fn set_csrf_token(&self, token: Option<&str>) {
        self.session.lock().await.set_csrf_token(token);
    }

    /// Sends one request and logs it by its path: what stands behind the `?` may be a secret.
    async fn send(
        &self,
        session: &mut Session,
        method: Method,
        path: &str,
        body: Option<Bytes>,
        largest: Largest,
    ) -> Result<Answer, Error> {
        let logged = path.split('?').next().unwrap_or_default();
        self.pace.turn(&self.origin, self.clock.as_ref()).await;
        let answer = self.exchange(session, method.clone(), path, body, largest).await;
        match &answer {
            Ok(answer) => info!(%method, path = logged, status = answer.status, "asked the index"),
            Err(error) => warn!(%method, path = logged, %error, "got no answer"),
        }
        answer
    }

    async fn exchange(
        &self,
        session: &mut Session,
        method: Method,
        path: &str,
        body: Option<Bytes>,
        largest: Largest,
    ) -> Result<Answer, Error> {
        let url = self.origin.join(path).map_err(|_| Error::PageNotUnderstood("an address"))?;
        if url.origin() != self.origin.origin() {
            return Err(Error::NotTheIndex);
        }
        let mut request = self
            .client
            .request(method, url.clone())
            .header(ACCEPT, "text/html")
            .header(ACCEPT_LANGUAGE, "en")
            .header(COOKIE, sensitive(&session.cookie_header(url.path()))?);
        if let Some(body) = body {
            request = request
                .header(ORIGIN, self.origin.origin().ascii_serialization())
                .header(REFERER, url.as_str())
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(body);
        }
        let asked_steady_ms = self.clock.steady_ms();
        let mut response = request.send().await.map_err(lost_or_offline)?;
        keep_cookies(session, response.headers());
        let told = answered_at_ms(response.headers()).map(|at_ms| Told {
            at: IndexTime(at_ms),
            asked_steady_ms,
            answered_steady_ms: self.clock.steady_ms(),
        });
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(Error::AnswerLost)? {
            if body.len() + chunk.len() > largest.0 {
                return Err(Error::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status: response.status().as_u16(),
            location: location(&self.origin, &url, response.headers()),
            retry_after_s: retry_after_s(response.headers(), self.time()),
            told,
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }
}

fn encode(form: &[(&str, &str)]) -> Bytes {
    // Room for everything: a text that grows would leave copies behind that nobody wipes.
    let longest = form.iter().map(|(name, value)| 3 * (name.len() + value.len()) + 2).sum();
    let mut encoded = url::form_urlencoded::Serializer::new(String::with_capacity(longest));
    encoded.extend_pairs(form);
    Bytes::from_owner(Zeroizing::new(encoded.finish().into_bytes()))
}

/// Only an error in making the connection is proof that nothing was sent.
fn lost_or_offline(error: reqwest::Error) -> Error {
    if error.is_connect() { Error::Offline(error) } else { Error::AnswerLost(error) }
}

fn sensitive(value: &str) -> Result<HeaderValue, Error> {
    let mut header =
        HeaderValue::from_str(value).map_err(|_| Error::PageNotUnderstood("a cookie"))?;
    header.set_sensitive(true);
    Ok(header)
}

fn keep_cookies(session: &mut Session, headers: &HeaderMap) {
    let cookies = headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    for cookie in cookies.filter_map(|text| Cookie::parse(text).ok()) {
        session.keep(cookie.name(), cookie.value());
    }
}

/// A redirect to another origin is no redirect of the index: it is left out and carries nothing.
fn location(origin: &Url, asked: &Url, headers: &HeaderMap) -> Option<String> {
    let target = asked.join(headers.get(LOCATION)?.to_str().ok()?).ok()?;
    let query = target.query().map(|query| format!("?{query}")).unwrap_or_default();
    (target.origin() == origin.origin()).then(|| format!("{}{query}", target.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: reqwest::header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn a_redirect_away_from_the_index_is_not_followed_nor_named() {
        let origin = Url::parse("https://pypi.org/").expect("an address");
        let away = headers(LOCATION, "https://evil.example/account/login/");
        assert_eq!(location(&origin, &origin, &away), None);
        let home = headers(LOCATION, "https://pypi.org/account/two-factor/?abc=");
        assert_eq!(location(&origin, &origin, &home).as_deref(), Some("/account/two-factor/?abc="));
    }

    #[test]
    fn the_newest_session_cookie_is_kept_and_an_emptied_one_is_not() {
        let mut session = Session::default();
        keep_cookies(&mut session, &headers(SET_COOKIE, "session_id=a.b.c; Path=/; HttpOnly"));
        assert!(session.cookie_header("/").ends_with("session_id=a.b.c"));
        keep_cookies(&mut session, &headers(SET_COOKIE, "session_id=; Max-Age=0"));
        keep_cookies(&mut session, &headers(SET_COOKIE, "user_id__insecure=x; Path=/"));
        assert!(session.cookie_header("/").ends_with("session_id=a.b.c"));
    }

    #[test]
    fn a_session_never_prints_itself() {
        let session = Session::from_cookie(SecretString::from("marker"));
        assert_eq!(format!("{session:?}"), "Session(..)");
    }
}
