//! One request on its way through the views: what was asked, the state it may change, and its session.

use std::net::IpAddr;

use crate::answer::Answer;
use crate::flags::Flags;
use crate::request::{Request, SESSION_COOKIE};
use crate::standing;
use crate::state::{Flash, FlashKind, Session, State, Trying};
use crate::users::User;

const GONE: &str = "Max-Age=0; Path=/; expires=Wed, 31-Dec-97 23:59:59 GMT";

/// One request on its way through the views.
pub(crate) struct Visit<'a> {
    pub(crate) request: &'a Request,
    pub(crate) state: &'a mut State,
    /// A working copy; kept only if it was changed.
    pub(crate) session: Session,
    pub(crate) now_ms: i64,
    pub(crate) strict_origin: bool,
    pub(crate) flags: Flags,
    fate: Fate,
}

/// What becomes of the session at the end of the visit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Untouched,
    Changed,
    SignedIn,
    Ended,
}

impl<'a> Visit<'a> {
    pub(crate) fn new(
        request: &'a Request,
        state: &'a mut State,
        now_ms: i64,
        strict_origin: bool,
        flags: Flags,
    ) -> Self {
        let cookie = request.session_cookie();
        let known = cookie.and_then(|cookie| state.session(&cookie, now_ms));
        let session = known.unwrap_or_else(Session::anonymous);
        let fate = Fate::Untouched;
        let mut visit = Self { request, state, session, now_ms, strict_origin, flags, fate };
        if let Some(words) = standing::void(&visit.session, &visit.state.database) {
            visit.state.forget_session(&visit.session.id);
            visit.session = Session::anonymous();
            visit.flash(FlashKind::Error, words);
        }
        visit
    }

    /// Where the client is, as far as the index can tell.
    pub(crate) fn network(&self) -> IpAddr {
        let placed = self.request.forwarded_for().or(self.flags.network);
        placed.unwrap_or_else(|| self.request.address())
    }

    /// Who tries something here.
    pub(crate) fn trying<'u>(&self, user: &'u str) -> Trying<'u> {
        Trying { user, address: self.network() }
    }

    /// The name of who is signed in.
    pub(crate) fn user(&self) -> Option<&str> {
        self.session.user.as_deref()
    }

    /// The token of this session's forms. Asking for the first one makes the session worth keeping.
    pub(crate) fn csrf_token(&mut self) -> String {
        if self.session.csrf_token.is_empty() {
            self.session.csrf_token = Session::new_token();
            self.change();
        }
        self.session.csrf_token.clone()
    }

    /// Leaves a message for whoever reads the flash messages next.
    pub(crate) fn flash(&mut self, kind: FlashKind, text: impl Into<String>) {
        self.session.flashes.push(Flash { kind, text: text.into(), safe: false });
        self.change();
    }

    /// The same with a link in it.
    pub(crate) fn flash_markup(&mut self, kind: FlashKind, markup: maud::Markup) {
        self.session.flashes.push(Flash { kind, text: markup.into_string(), safe: true });
        self.change();
    }

    /// Takes every message. Even taking none counts as a change: it renews the session.
    pub(crate) fn take_flashes(&mut self) -> Vec<Flash> {
        self.change();
        std::mem::take(&mut self.session.flashes)
    }

    /// The session of this visit belongs to the user from now on, under a new id and a new token, and
    /// the network that it came from is known.
    pub(crate) fn sign_in(&mut self, user: &User) {
        let (name, network) = (user.username, self.network());
        self.state.forget_session(&self.session.id);
        let flashes = std::mem::take(&mut self.session.flashes);
        self.session = Session::of_user(name, flashes, self.now_ms);
        self.fate = Fate::SignedIn;
        let database = &mut self.state.database;
        self.session.password_changed_at_ms = database.password_changed_at(name);
        database.signed_in_at(name, self.now_ms);
        database.confirm_device(name, network, self.now_ms);
        if database.tell_of_terms(user, self.now_ms) {
            self.flash_markup(FlashKind::Info, standing::terms());
        }
    }

    /// The password was confirmed just now.
    pub(crate) fn confirm_password(&mut self) {
        self.session.confirmed_at_ms = self.now_ms;
        self.change();
    }

    pub(crate) fn sign_out(&mut self) {
        self.state.forget_session(&self.session.id);
        self.session = Session::anonymous();
        self.fate = Fate::Ended;
    }

    /// Has what was changed beside the session kept as well; a GET that only looks changes nothing.
    pub(crate) fn keep(&mut self) {
        self.change();
    }

    /// Whether the session is as it was when the request came.
    pub(crate) fn is_untouched(&self) -> bool {
        self.fate == Fate::Untouched
    }

    /// Keeps what became of the session and tells the client its new value.
    pub(crate) fn finish(mut self, answer: Answer) -> Answer {
        match self.fate {
            Fate::Untouched => answer,
            Fate::Ended => answer
                .with_cookie(format!("user_id__insecure=; {GONE}"))
                .with_cookie(format!("{SESSION_COOKIE}=; {GONE}")),
            Fate::Changed | Fate::SignedIn => {
                let signed_in = self.fate == Fate::SignedIn;
                let anonymous = self.session.user.is_none();
                let hint = Session::new_token();
                let value = self.state.keep_session(&mut self.session, self.now_ms);
                let secure = self.request.secure();
                let answer = answer.with_cookie(format!(
                    "{SESSION_COOKIE}={value}; Path=/;{secure} HttpOnly; SameSite=lax"
                ));
                if signed_in {
                    answer.with_cookie(format!("user_id__insecure={hint}; Path=/"))
                } else if anonymous {
                    answer.with_cookie(format!("user_id__insecure=; {GONE}"))
                } else {
                    answer
                }
            }
        }
    }

    fn change(&mut self) {
        if self.fate == Fate::Untouched {
            self.fate = Fate::Changed;
        }
    }
}
