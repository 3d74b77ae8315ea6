//! What outlives a request and is secret: the session with the index, and the mark by which the
//! index knows this device again. Neither has `Serialize` or `Display`, and `Debug` says nothing, so
//! that they cannot slip into a log or to the screen.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};

/// The only path to which the index wants to see its mark of a remembered device (protocol 1.1).
const SIGN_IN: &str = "/account/login/";

/// A session ends so long after the index has last saved it (protocol 2.2).
const LASTS_MS: i64 = 12 * 60 * 60 * 1000;

/// A session with an index, signed in or not.
#[derive(Clone, Default)]
pub struct Session {
    /// The `session_id` cookie: its value changes whenever the index saves the session, and the
    /// newest is the one to keep (protocol 2.2).
    cookie: Option<SecretString>,
    /// The `remember_device` cookie: with it the password alone signs in, for 30 days.
    remembered_device: Option<SecretString>,
    /// One token for every form of the session; a sign-in replaces it.
    csrf_token: Option<SecretString>,
}

impl Session {
    /// A session from its kept cookie alone.
    #[must_use]
    pub const fn from_cookie(cookie: SecretString) -> Self {
        Self::kept(Some(cookie), None)
    }

    /// A session from what was kept of it; the form token is asked for when it is needed.
    #[must_use]
    pub const fn kept(
        cookie: Option<SecretString>,
        remembered_device: Option<SecretString>,
    ) -> Self {
        Self { cookie, remembered_device, csrf_token: None }
    }

    /// The session's cookie, for keeping in the keyring and nowhere else.
    #[must_use]
    pub const fn cookie_for_keyring(&self) -> Option<&SecretString> {
        self.cookie.as_ref()
    }

    /// The remembered device's cookie, for keeping in the keyring and nowhere else.
    #[must_use]
    pub const fn device_for_keyring(&self) -> Option<&SecretString> {
        self.remembered_device.as_ref()
    }

    /// When the index ends the session unless something happens in it before; milliseconds since
    /// 1970, UTC, by the index's clock. None: the cookie does not say. It is the second last of its
    /// parts: seconds, big-endian, base64url (protocol 2.2).
    #[must_use]
    pub fn ends_at_ms(&self) -> Option<i64> {
        let date = self.cookie.as_ref()?.expose_secret().rsplit('.').nth(1)?;
        let bytes = URL_SAFE_NO_PAD.decode(date).ok().filter(|bytes| bytes.len() == 4)?;
        let seconds = bytes.iter().fold(0, |seconds, byte| seconds << 8 | i64::from(*byte));
        Some(seconds * 1000 + LASTS_MS)
    }

    /// What the header `Cookie` says to a path.
    pub(super) fn cookie_header(&self, path: &str) -> String {
        let mut header = "_LOCALE_=en".to_owned();
        let device = self.remembered_device.as_ref().filter(|_| path == SIGN_IN);
        for (name, cookie) in [("session_id", self.cookie.as_ref()), ("remember_device", device)] {
            if let Some(cookie) = cookie {
                header.push_str("; ");
                header.push_str(name);
                header.push('=');
                header.push_str(cookie.expose_secret());
            }
        }
        header
    }

    /// Keeps a cookie that the index set. One that it emptied is no session; whether there is one is
    /// told by its next answer. An emptied mark is gone.
    pub(super) fn keep(&mut self, name: &str, value: &str) {
        let value = Some(value).filter(|value| !value.is_empty()).map(SecretString::from);
        match name {
            "session_id" if value.is_some() => self.cookie = value,
            "remember_device" => self.remembered_device = value,
            _ => {}
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_session_is_told_by_its_cookie() {
        let ends = |cookie: &str| Session::from_cookie(SecretString::from(cookie)).ends_at_ms();
        let saved_ms = 1_795_374_955_000;
        assert_eq!(ends("id.awM_aw.signature"), Some(saved_ms + 12 * 3_600_000));
        for unknown in ["", "id", "id.signature", "id.!.signature", "id.awM.signature"] {
            assert_eq!(ends(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_remembered_device_is_shown_to_the_sign_in_page_only() {
        let mut session = Session::default();
        session.keep("session_id", "abc");
        session.keep("remember_device", "mark");
        session.keep("user_id__insecure", "hash");
        let signing_in = "_LOCALE_=en; session_id=abc; remember_device=mark";
        assert_eq!(session.cookie_header("/account/login/"), signing_in);
        assert_eq!(session.cookie_header("/manage/projects/"), "_LOCALE_=en; session_id=abc");
        session.keep("remember_device", "");
        assert!(session.device_for_keyring().is_none(), "the index took it back");
    }
}
