//! What came of asking for a change: one pure function from the answer to the outcome. Only the
//! re-read list is proof (architecture, section 5); an outcome says no more than what was answered.

use crate::domain::{Provider, Reasons};

use super::pages::{self, PageKind};
use super::{Answer, AnswerKind, Destination, Error};

/// What came of a request for a change.
#[derive(Debug)]
pub enum Outcome {
    /// The index said yes. Not yet proof.
    Accepted,
    /// The index said no, in words. Empty words stand for a refusal whose words must be fetched.
    Refused(Reasons),
    /// It certainly had no effect, for this reason.
    NotSent(Error),
    /// It may have had an effect, or not.
    Unknown(Error),
}

/// Reads the answer to a change that was posted to the publishing page `path`. A provider is named
/// if its form was sent: a refusal then stands under the form's fields.
#[must_use]
pub fn outcome(answer: &Answer, path: &str, provider: Option<Provider>) -> Outcome {
    match answer.kind() {
        AnswerKind::Redirect(Destination::Elsewhere)
            if answer.status == 303 && answer.location.as_deref() == Some(path) =>
        {
            Outcome::Accepted
        }
        AnswerKind::Page(
            PageKind::Publishing | PageKind::AccountPublishing | PageKind::OrganizationPublishing,
        ) => {
            let fields = provider.map(|provider| pages::field_errors(&answer.body, provider));
            let fields = fields.unwrap_or_default();
            Outcome::Refused(Reasons { messages: Vec::new(), fields })
        }
        // The page was there when its list was read a moment ago: what the index does not know is a
        // form with these fields (protocol 3.1), so its forms have changed.
        AnswerKind::NotFound => Outcome::NotSent(Error::PageNotUnderstood("a form")),
        // The index asks for something else first, and forgets what was sent.
        AnswerKind::Page(
            PageKind::SignIn
            | PageKind::TwoFactor
            | PageKind::RecoveryCode
            | PageKind::ConfirmDevice
            | PageKind::ConfirmPassword
            | PageKind::Account(_),
        )
        | AnswerKind::Redirect(
            Destination::SignIn
            | Destination::TwoFactor
            | Destination::ConfirmDevice
            | Destination::Account(_),
        )
        | AnswerKind::FormRefused
        | AnswerKind::Forbidden
        | AnswerKind::TooMany => Outcome::NotSent(answer.refusal()),
        // A server error may come after the work is done. A stranger's answer most often comes
        // before the index sees anything, but it may also have swallowed the true one.
        AnswerKind::Page(
            PageKind::Projects
            | PageKind::History
            | PageKind::SignOut
            | PageKind::Other
            | PageKind::CutOff,
        )
        | AnswerKind::Redirect(Destination::Elsewhere | Destination::Away)
        | AnswerKind::Down
        | AnswerKind::Foreign
        | AnswerKind::Unexpected => Outcome::Unknown(answer.refusal()),
    }
}

#[cfg(test)]
mod tests;
