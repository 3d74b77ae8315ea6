//! The one secret that outlives a request: the session with the index. It has no `Serialize` and no
//! `Display`, and its `Debug` says nothing, so that it cannot slip into a log or to the screen.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// A session with an index, signed in or not.
#[derive(Clone, Default)]
pub struct Session {
    /// The `session_id` cookie: its value changes whenever the index saves the session, and the
    /// newest is the one to keep (protocol 2.2).
    cookie: Option<SecretString>,
    /// One token for every form of the session; a sign-in replaces it.
    csrf_token: Option<SecretString>,
}

impl Session {
    /// A session from its kept cookie; the form token is asked for when it is needed.
    #[must_use]
    pub fn from_cookie(cookie: SecretString) -> Self {
        Self { cookie: Some(cookie), csrf_token: None }
    }

    /// The cookie's value, for keeping in the keyring and nowhere else.
    #[must_use]
    pub fn cookie_for_keyring(&self) -> Option<&SecretString> {
        self.cookie.as_ref()
    }

    pub(super) fn cookie_header(&self) -> String {
        let locale = "_LOCALE_=en";
        self.cookie.as_ref().map_or_else(
            || locale.to_owned(),
            |cookie| format!("{locale}; session_id={}", cookie.expose_secret()),
        )
    }

    pub(super) fn rotate(&mut self, cookie: &str) {
        self.cookie = Some(SecretString::from(cookie));
    }

    pub(super) fn csrf_token(&self) -> Option<SecretString> {
        self.csrf_token.clone()
    }

    pub(super) fn set_csrf_token(&mut self, token: Option<&str>) {
        self.csrf_token = token.map(SecretString::from);
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Session(..)")
    }
}
