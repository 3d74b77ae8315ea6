//! The providers whose publishers can be added here. One more provider is one more file, with its line
//! in `FORMS`.

mod github;

use std::collections::BTreeMap;

use maud::Markup;
use trustdesk_core::domain::{Fields, Provider, Publisher};

use crate::pages::fields::Filled;

/// The messages under a form's fields, by field.
pub(crate) type FieldErrors = BTreeMap<String, Vec<String>>;

/// One provider's form: which fields it sends, what Warehouse says of them, how it looks.
pub(crate) struct ProviderForm {
    pub(crate) provider: Provider,
    /// What would be registered, or the messages under its fields. Look-ups included.
    pub(crate) judge: fn(&Fields) -> Result<Publisher, FieldErrors>,
    /// The fields and the note above them, without the form around them.
    pub(crate) note: fn() -> Markup,
    pub(crate) fields: fn(&Filled<'_>) -> Markup,
}

/// In the order of the tabs.
pub(crate) const FORMS: &[ProviderForm] = &[github::FORM];

/// How the messages about a publisher call it.
pub(crate) fn specifier(publisher: &Publisher) -> &str {
    match publisher {
        Publisher::Github(github) => &github.workflow_filename,
        Publisher::Gitlab(gitlab) => &gitlab.workflow_filepath,
        Publisher::Google(google) => &google.email,
        Publisher::Activestate(activestate) => &activestate.project,
        Publisher::Other { name, .. } => name,
    }
}

/// The page of the publisher at its provider; Google's have none.
pub(crate) fn address(publisher: &Publisher) -> String {
    match publisher {
        Publisher::Github(github) => {
            format!("https://github.com/{}/{}", github.owner, github.repository)
        }
        Publisher::Gitlab(gitlab) => {
            format!("{}/{}/{}", gitlab.issuer_url, gitlab.namespace, gitlab.project)
        }
        Publisher::Activestate(activestate) => format!(
            "https://platform.activestate.com/{}/{}",
            activestate.organization, activestate.project
        ),
        Publisher::Google(_) | Publisher::Other { .. } => String::new(),
    }
}
