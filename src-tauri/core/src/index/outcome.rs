//! What came of asking for a change: one pure function from the answer to the outcome. Only the
//! re-read list is proof (architecture, section 5); an outcome says no more than what was answered.

use crate::domain::Reasons;

use super::answer::Answer;
use super::pages::{self, PageKind};
use super::{Error, Request};

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

/// Reads the answer to a posted change of the project whose publishing page is `path`.
pub(super) fn outcome(answer: &Answer, path: &str, request: &Request) -> Outcome {
    match answer.status {
        303 if answer.location.as_deref() == Some(path) => Outcome::Accepted,
        500.. => Outcome::Unknown(Error::IndexDown(answer.status)),
        200 => match pages::kind(&answer.body) {
            PageKind::Index => Outcome::Refused(reasons(&answer.body, request)),
            // A captive portal answers before the index sees anything, but a proxy in the middle
            // may also swallow the true answer: nothing is certain.
            PageKind::Foreign => Outcome::Unknown(Error::NotTheIndex),
            PageKind::SignIn => Outcome::NotSent(Error::SignedOut),
            PageKind::ConfirmPassword => Outcome::NotSent(Error::ConfirmPassword),
        },
        // A form token of another session: the session is gone, or was replaced (protocol 2.1).
        400 => Outcome::NotSent(Error::SignedOut),
        _ => match answer.refusal() {
            error @ (Error::PageNotUnderstood(_) | Error::NotTheIndex) => Outcome::Unknown(error),
            error => Outcome::NotSent(error),
        },
    }
}

fn reasons(body: &str, request: &Request) -> Reasons {
    let form = match request {
        Request::Add(publisher) => publisher.provider(),
        Request::Remove(_) => None,
    };
    let fields = form.map(|provider| pages::field_errors(body, provider)).unwrap_or_default();
    Reasons { messages: Vec::new(), fields }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PublisherId;

    const PATH: &str = "/manage/project/demo/settings/publishing/";

    fn answered(status: u16, location: Option<&str>, body: &str) -> Outcome {
        let answer = Answer {
            status,
            location: location.map(str::to_owned),
            retry_after_s: Some(60),
            body: body.to_owned(),
        };
        outcome(&answer, PATH, &Request::Remove(PublisherId("x".to_owned())))
    }

    fn page(content: &str) -> String {
        format!(
            "<html><head><meta name=defaultLanguage content=en></head>\
             <body><main id=content>{content}</main></body></html>"
        )
    }

    #[test]
    fn only_a_redirect_to_the_same_page_is_a_yes() {
        assert!(matches!(answered(303, Some(PATH), ""), Outcome::Accepted));
        let login = Some("/account/login/?next=x");
        assert!(matches!(answered(303, login, ""), Outcome::NotSent(Error::SignedOut)));
        assert!(matches!(answered(303, None, ""), Outcome::Unknown(_)));
    }

    #[test]
    fn a_gate_page_means_that_nothing_was_done() {
        let reauth = page("<form action='/account/reauthenticate/'></form>");
        assert!(matches!(answered(200, None, &reauth), Outcome::NotSent(Error::ConfirmPassword)));
        assert!(matches!(answered(400, None, ""), Outcome::NotSent(Error::SignedOut)));
        assert!(matches!(answered(429, None, ""), Outcome::NotSent(Error::TooMany(Some(60)))));
        assert!(matches!(answered(403, None, &page("")), Outcome::NotSent(Error::Forbidden)));
    }

    #[test]
    fn what_may_have_arrived_is_unknown() {
        assert!(matches!(answered(503, None, ""), Outcome::Unknown(Error::IndexDown(503))));
        let portal = "<html><body>Welcome to the hotel</body></html>";
        assert!(matches!(answered(200, None, portal), Outcome::Unknown(Error::NotTheIndex)));
    }
}
