//! What came of asking for a change: one pure function from the answer to the outcome. Only the
//! re-read list is proof (architecture, section 5); an outcome says no more than what was answered.

use trustdesk_domain::{Provider, Reasons};

use super::pages::{self, Asked, PageKind};
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
///
/// Only answers that the index is known to give before it looks at a form prove that nothing happened.
/// Everything else may be somebody else's answer in the place of the true one.
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
        ) if is_at(answer, path) => {
            let fields = provider.map(|provider| pages::field_errors(&answer.body, provider));
            let fields = fields.unwrap_or_default();
            Outcome::Refused(Reasons { messages: Vec::new(), fields })
        }
        // The page was there when its list was read a moment ago: what the index does not know is a
        // form with these fields (protocol 3.1), so its forms have changed.
        AnswerKind::NotFound => Outcome::NotSent(Error::PageNotUnderstood("a form")),
        // The index asks for something else first, and forgets what was sent.
        AnswerKind::Page(PageKind::ConfirmPassword) if asks_password_for(answer, path) => {
            Outcome::NotSent(Error::ConfirmPassword)
        }
        AnswerKind::FormRefused | AnswerKind::Forbidden | AnswerKind::TooMany => {
            Outcome::NotSent(answer.refusal())
        }
        AnswerKind::Redirect(
            Destination::SignIn
            | Destination::TwoFactor
            | Destination::ConfirmDevice
            | Destination::Account(_),
        ) if matches!(answer.status, 302 | 303) => Outcome::NotSent(answer.refusal()),
        // A server error may come after the work is done. A stranger's answer most often comes
        // before the index sees anything, but it may also have swallowed the true one.
        AnswerKind::Redirect(Destination::Away) | AnswerKind::Down | AnswerKind::Foreign => {
            Outcome::Unknown(answer.refusal())
        }
        AnswerKind::Page(PageKind::CutOff) => unknown("it ends before its end"),
        AnswerKind::Page(_) => unknown("it is another page"),
        AnswerKind::Redirect(_) => unknown("it leads elsewhere"),
        AnswerKind::Unexpected => unknown("its status is none of the index's"),
    }
}

const fn unknown(what: &'static str) -> Outcome {
    Outcome::Unknown(Error::OutcomeUnknown(what))
}

/// Whether it is the page that the form was posted to, and not somebody else's.
fn is_at(answer: &Answer, path: &str) -> bool {
    Asked::of(path).is_some_and(|asked| pages::must_be(&answer.body, &asked).is_ok())
}

/// Whether the password is asked for in the place of that page.
fn asks_password_for(answer: &Answer, path: &str) -> bool {
    Asked::of(path).is_some_and(|asked| pages::confirms_password_for(&answer.body, &asked))
}

#[cfg(test)]
mod tests;
