//! A request as the views read it: the parameters of query and body, and the few headers that matter.

use std::net::{IpAddr, SocketAddr};

use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use cookie::Cookie;
use url::form_urlencoded;

use crate::language::Language;

/// The cookie that names the session.
pub(crate) const SESSION_COOKIE: &str = "session_id";
/// The cookie of a device that needs no second factor.
pub(crate) const REMEMBER_COOKIE: &str = "remember_device";
/// The cookie and the parameter that name a language.
const LANGUAGE: &str = "_LOCALE_";

/// Names and values in the order in which they were sent.
pub(crate) type Pairs = Vec<(String, String)>;

/// A request, read to its end.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// Everything after the question mark, as sent.
    pub(crate) raw_query: String,
    pub(crate) query: Pairs,
    pub(crate) body: Pairs,
    headers: HeaderMap,
    address: SocketAddr,
    https: bool,
}

impl Request {
    pub(crate) fn new(parts: Parts, body: &[u8], address: SocketAddr, https: bool) -> Self {
        let raw_query = parts.uri.query().unwrap_or_default().to_owned();
        Self {
            query: pairs(raw_query.as_bytes()),
            body: if is_form(&parts.headers) { pairs(body) } else { Vec::new() },
            path: parts.uri.path().to_owned(),
            method: parts.method,
            headers: parts.headers,
            raw_query,
            address,
            https,
        }
    }

    pub(crate) fn is_read(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD)
    }

    pub(crate) fn is_post(&self) -> bool {
        self.method == Method::POST
    }

    /// A value of query or body; Warehouse reads both as one, the query first.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        find(&self.query, name).or_else(|| find(&self.body, name))
    }

    /// Whether all of these are there, empty or not.
    pub(crate) fn names(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.parameter(name).is_some())
    }

    /// Where the client is.
    pub(crate) const fn address(&self) -> IpAddr {
        self.address.ip()
    }

    /// Where a proxy in front says that the client is. On loopback everybody is trusted to be one.
    pub(crate) fn forwarded_for(&self) -> Option<IpAddr> {
        self.header("x-forwarded-for")?.split(',').next()?.trim().parse().ok()
    }

    /// What a cookie says in the place of nothing where the client came over https.
    pub(crate) const fn secure(&self) -> &'static str {
        if self.https { " secure;" } else { "" }
    }

    /// A value of the body.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        find(&self.body, name)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// This index's own scheme, host and port, as the client names them.
    pub(crate) fn origin(&self) -> String {
        let scheme = if self.https { "https" } else { "http" };
        match self.header("host") {
            Some(host) => format!("{scheme}://{host}"),
            None => format!("{scheme}://{}", self.address),
        }
    }

    /// The path with its query.
    pub(crate) fn target(&self) -> String {
        if self.raw_query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.raw_query)
        }
    }

    /// The language that is asked for: by parameter, by cookie, by the client's own wishes.
    pub(crate) fn language(&self) -> Language {
        let cookie = self.cookie(LANGUAGE);
        let asked = self.parameter(LANGUAGE).or(cookie.as_deref()).and_then(Language::of_tag);
        let accepted = || self.header("accept-language").and_then(Language::of_accepted);
        asked.or_else(accepted).unwrap_or_default()
    }

    /// The value of the session's cookie, whatever it may be.
    pub(crate) fn session_cookie(&self) -> Option<String> {
        self.cookie(SESSION_COOKIE)
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers.get_all(header::COOKIE).into_iter();
        cookies
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| Cookie::split_parse(value.to_owned()))
            .filter_map(Result::ok)
            .find(|cookie| cookie.name() == name)
            .map(|cookie| cookie.value().to_owned())
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

fn pairs(text: &[u8]) -> Pairs {
    form_urlencoded::parse(text).into_owned().collect()
}

fn find<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
