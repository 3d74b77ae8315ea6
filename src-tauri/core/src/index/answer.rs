//! An answer of the index, read whole, and what it is before anything is read from its page. What
//! every status, redirect and page means is decided here and nowhere else.

use super::pages::{self, PageKind};
use super::times::Told;
use super::{AccountNeed, Error};

/// What the index writes into its answer to a form with a token or an origin that it refuses. It comes
/// before any form is looked at, and is never translated.
const TOKEN_REFUSED: &str = "Bad CSRF ";

/// What the index answered.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Path and query of a redirect that stays on the index.
    pub location: Option<String>,
    /// `Retry-After` in seconds.
    pub retry_after_s: Option<u64>,
    /// What it told of the time: the index's, if it is the index's own.
    pub told: Option<Told>,
    /// The body, also one that is no text.
    pub body: String,
}

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// A page of the index.
    Page(PageKind),
    /// The way to somewhere else.
    Redirect(Destination),
    /// 400 with the index's words: the form's token is not this session's, which has ended or was
    /// replaced (protocol 2.1). A 400 of somebody in front of the index says nothing of the kind.
    FormRefused,
    /// 403 by the index: only owners may, or the project is quarantined.
    Forbidden,
    /// 404 by the index: there is no such page, or no form with these fields.
    NotFound,
    /// 429: a limit is reached.
    TooMany,
    /// 5xx: a server error, of the index or in front of it.
    Down,
    /// Not written by an index: a captive portal, a challenge, another site, nothing at all.
    Foreign,
    /// Anything else.
    Unexpected,
}

/// Where a redirect leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To user name and password.
    SignIn,
    /// To the second factor.
    TwoFactor,
    /// To the page that tells to open the mailed link.
    ConfirmDevice,
    /// To the page on which the account is put in order first.
    Account(AccountNeed),
    /// To another page of the index.
    Elsewhere,
    /// Away from the index.
    Away,
}

impl Answer {
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> AnswerKind {
        match self.status {
            200 => pages::kind(&self.body).map_or(AnswerKind::Foreign, AnswerKind::Page),
            301..=303 | 307 | 308 => AnswerKind::Redirect(self.destination()),
            400 if self.body.contains(TOKEN_REFUSED) => AnswerKind::FormRefused,
            403 if pages::is_from_index(&self.body) => AnswerKind::Forbidden,
            404 if pages::is_from_index(&self.body) => AnswerKind::NotFound,
            403 | 404 => AnswerKind::Foreign,
            429 => AnswerKind::TooMany,
            500.. => AnswerKind::Down,
            _ => AnswerKind::Unexpected,
        }
    }

    /// The page that was asked for.
    ///
    /// # Errors
    /// What stands in the page's place.
    pub fn page(&self) -> Result<&str, Error> {
        self.obstacle().map_or(Ok(&self.body), Err)
    }

    /// The body of a page that tells itself what it is.
    ///
    /// # Errors
    /// It cannot be a page at all.
    pub(super) fn body(&self) -> Result<&str, Error> {
        if self.status == 200 { Ok(&self.body) } else { Err(self.refusal()) }
    }

    /// What it means that this is not what was asked for.
    #[must_use]
    pub fn refusal(&self) -> Error {
        self.obstacle().unwrap_or(Error::PageNotUnderstood("an answer"))
    }

    /// Where it leads, path and query.
    pub(super) fn redirect(&self) -> Result<(Destination, &str), Error> {
        match (self.status, &self.location) {
            (302 | 303, Some(location)) => Ok((self.destination(), location)),
            _ => Err(self.refusal()),
        }
    }

    /// Why it is no page of a signed-in account; none if it is one.
    fn obstacle(&self) -> Option<Error> {
        Some(match self.kind() {
            AnswerKind::Page(kind) => return kind.obstacle(),
            AnswerKind::Redirect(destination) => match destination {
                Destination::SignIn | Destination::TwoFactor | Destination::ConfirmDevice => {
                    Error::SignedOut
                }
                Destination::Account(need) => Error::Account(need),
                Destination::Elsewhere => Error::PageNotUnderstood("a redirect"),
                Destination::Away => Error::NotTheIndex,
            },
            AnswerKind::FormRefused => Error::SignedOut,
            AnswerKind::Forbidden => Error::Forbidden,
            AnswerKind::NotFound => Error::NotFound,
            AnswerKind::TooMany => Error::TooMany(self.retry_after_s),
            AnswerKind::Down => Error::IndexDown(self.status),
            AnswerKind::Foreign => Error::NotTheIndex,
            AnswerKind::Unexpected => Error::PageNotUnderstood("an answer"),
        })
    }

    fn destination(&self) -> Destination {
        let Some(location) = &self.location else {
            return Destination::Away;
        };
        let path = location.split_once('?').map_or(location.as_str(), |(path, _)| path);
        match path {
            "/account/login/" => Destination::SignIn,
            "/account/two-factor/" => Destination::TwoFactor,
            "/account/confirm-login/" => Destination::ConfirmDevice,
            "/manage/unverified-account/" => Destination::Account(AccountNeed::VerifiedEmail),
            "/manage/account/two-factor/" => Destination::Account(AccountNeed::SecondFactor),
            _ => Destination::Elsewhere,
        }
    }
}
