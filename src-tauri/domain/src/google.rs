//! Google Cloud: the fields of its form, Warehouse's rules for them (protocol 3.4) and what Trustdesk
//! adds because Warehouse accepts it though it can never work.

use serde::{Deserialize, Serialize};

use super::email::is_email;
use super::{Detail, Fields, Message, Verdict};

const EMAIL: &str = "email";
const SUB: &str = "sub";

/// An account of Google Cloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Google {
    /// The (service) account.
    pub email: String,
    /// The numeric id of the principal; none stands for any.
    pub sub: Option<String>,
}

impl Google {
    pub(super) fn identity(&self) -> Vec<Option<String>> {
        vec![Some(self.email.clone()), self.sub.clone()]
    }

    pub(super) fn details(&self) -> Vec<Detail> {
        vec![Detail::new("Email", Some(&self.email)), Detail::new("Subject", self.sub.as_deref())]
    }

    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        vec![(EMAIL, self.email.clone()), (SUB, self.sub.clone().unwrap_or_default())]
    }

    pub(super) fn subject(&self) -> String {
        self.email.clone()
    }

    pub(super) fn from_stored(verdict: &Verdict) -> Self {
        let sub = verdict.stored(SUB).to_owned();
        Self {
            email: verdict.stored(EMAIL).to_owned(),
            sub: Some(sub).filter(|sub| !sub.is_empty()),
        }
    }
}

/// What Warehouse's own form says of the fields, and what it would store. Where the reading of an
/// address is in doubt this refuses: a wrong address is a wrong publisher.
pub(super) fn warehouse_verdict(fields: &Fields) -> Verdict {
    let text = |field: &str| fields.get(field).map_or("", String::as_str);
    let mut verdict = Verdict::default();
    if text(EMAIL).is_empty() {
        let words = "This field is required.";
        verdict.error(EMAIL, Message::new("google.email.required", words));
    } else if !is_email(text(EMAIL)) {
        let words = "Invalid email address.";
        verdict.error(EMAIL, Message::new("google.email.invalid", words));
    }
    verdict.normalize(EMAIL, text(EMAIL));
    verdict.normalize(SUB, text(SUB));
    verdict
}

/// What is allowed and yet worth a second look.
pub(super) fn warnings(fields: &Fields, verdict: &mut Verdict) {
    let typed = |field: &str| fields.get(field).map_or("", String::as_str);
    if is_default_account(typed(EMAIL)) {
        let words = "This is a default service account: everything that runs in the project may \
                     use it, and could publish. Make an account for publishing alone.";
        verdict.warning(EMAIL, Message::new("google.email.default_account", words));
    }
    if typed(EMAIL).chars().any(char::is_uppercase) {
        let words = "Capitals count: Google writes addresses in lower case.";
        verdict.warning(EMAIL, Message::new("google.email.capitals", words));
    }
    if !verdict.stored(SUB).chars().all(|digit| digit.is_ascii_digit()) {
        let words = "Google's subjects are numbers, so this would match nothing.";
        verdict.warning(SUB, Message::new("google.sub.not_a_number", words));
    }
}

/// The accounts that Google makes by itself and gives to whatever runs in a project.
fn is_default_account(email: &str) -> bool {
    let lowered = email.to_lowercase();
    let Some((name, domain)) = lowered.rsplit_once('@') else { return false };
    match domain {
        "developer.gserviceaccount.com" => name.ends_with("-compute"),
        "appspot.gserviceaccount.com" | "appspot.com" => true,
        "cloudbuild.gserviceaccount.com" | "cloudservices.gserviceaccount.com" => true,
        _ => false,
    }
}
