//! Sessions as Warehouse keeps them: the data here, the id signed in a cookie whose value changes with
//! every save. Any value of a session that still lives names it, until the value is 12 hours old.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::State;

/// How long a session and a value of its cookie last after a save.
const LIFETIME_MS: i64 = 12 * 60 * 60 * 1000;

/// One client's session.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: String,
    /// Who is signed in.
    pub(crate) user: Option<String>,
    /// Empty until a form asks for it.
    pub(crate) csrf_token: String,
    /// When the password was last given.
    pub(crate) confirmed_at_ms: i64,
    pub(crate) flashes: Vec<Flash>,
    /// When the password with which it was signed in had been set; another one since ends it.
    #[serde(default)]
    pub(crate) password_changed_at_ms: Option<i64>,
    saved_at_ms: i64,
}

/// A message that is shown once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Flash {
    pub(crate) kind: FlashKind,
    pub(crate) text: String,
    /// Whether the text is markup.
    #[serde(default)]
    pub(crate) safe: bool,
}

/// In the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FlashKind {
    Error,
    Info,
    Success,
}

impl Session {
    /// A session of nobody, not kept yet.
    pub(crate) fn anonymous() -> Self {
        Self {
            id: Self::new_token(),
            user: None,
            csrf_token: String::new(),
            confirmed_at_ms: i64::MIN / 2,
            flashes: Vec::new(),
            password_changed_at_ms: None,
            saved_at_ms: 0,
        }
    }

    /// The session of somebody who signed in just now.
    pub(crate) fn of_user(user: &str, flashes: Vec<Flash>, now_ms: i64) -> Self {
        Self {
            user: Some(user.to_owned()),
            csrf_token: Self::new_token(),
            confirmed_at_ms: now_ms,
            flashes,
            ..Self::anonymous()
        }
    }

    pub(crate) fn new_token() -> String {
        Uuid::new_v4().simple().to_string()
    }
}

impl State {
    /// The living session that a cookie names.
    pub(crate) fn session(&self, cookie: &str, now_ms: i64) -> Option<Session> {
        let (id, signed_at_ms) = self.unsigned(&without_date(cookie)?)?;
        let session = self.sessions.get(&id)?;
        let alive = |since_ms: i64| now_ms - since_ms < LIFETIME_MS;
        (alive(signed_at_ms) && alive(session.saved_at_ms)).then(|| session.clone())
    }

    /// Keeps the session and gives the new value of its cookie. Two saves in one millisecond still
    /// make two values, so that no client can get by with an old one unnoticed.
    pub(crate) fn keep_session(&mut self, session: &mut Session, now_ms: i64) -> String {
        self.sessions.retain(|_, known| now_ms - known.saved_at_ms < LIFETIME_MS);
        session.saved_at_ms = now_ms.max(session.saved_at_ms + 1);
        self.sessions.insert(session.id.clone(), session.clone());
        with_date(&self.signed(&session.id, session.saved_at_ms), session.saved_at_ms)
    }

    pub(crate) fn forget_session(&mut self, id: &str) {
        self.sessions.remove(id);
    }

    pub(crate) fn forget_all_sessions(&mut self) {
        self.sessions.clear();
    }

    /// Every form of a page that was read before is refused.
    pub(crate) fn renew_form_tokens(&mut self) {
        for session in self.sessions.values_mut() {
            session.csrf_token = Session::new_token();
        }
    }

    /// Every session must confirm its password before the next sensitive page.
    pub(crate) fn forget_confirmations(&mut self) {
        for session in self.sessions.values_mut() {
            session.confirmed_at_ms = i64::MIN / 2;
        }
    }
}

/// Of three parts, as a signed value is, the middle one the date in Warehouse's form: seconds since
/// 1970, big-endian, base64url. The first part ends with our own date, which has milliseconds.
fn with_date(signed: &str, at_ms: i64) -> String {
    let seconds = u32::try_from(at_ms / 1000).unwrap_or_default();
    let date = URL_SAFE_NO_PAD.encode(seconds.to_be_bytes());
    match signed.rsplit_once('.') {
        Some((rest, hash)) => format!("{}.{date}.{hash}", rest.replace('.', "_")),
        None => String::new(),
    }
}

fn without_date(cookie: &str) -> Option<String> {
    let (rest, hash) = cookie.rsplit_once('.')?;
    let (text, _) = rest.rsplit_once('.')?;
    let (id, at_ms) = text.rsplit_once('_')?;
    Some(format!("{id}.{at_ms}.{hash}"))
}
