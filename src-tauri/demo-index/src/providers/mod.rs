//! The providers whose publishers can be added here. One more provider is one more file, with its line
//! in `FORMS`.

mod activestate;
mod github;
mod gitlab;
mod google;

use std::collections::BTreeMap;

use maud::{Markup, html};
use trustdesk_domain::{Fields, GitlabInstances, Provider, Publisher, Verdict, warehouse_verdict};

use crate::pages::fields::Filled;

/// The messages under a form's fields, by field. One of Warehouse's holds a link.
pub(crate) type FieldErrors = BTreeMap<String, Vec<Markup>>;

/// One provider's form: what the provider is asked about it, and how it looks. Which fields it sends
/// and what Warehouse says of them without asking anybody is the domain's.
pub(crate) struct ProviderForm {
    pub(crate) provider: Provider,
    /// Asks the provider about fields that may be right, and stores its spelling of them.
    look_up: fn(&mut Verdict) -> Vec<(&'static str, &'static str)>,
    /// The fields and the note above them, without the form around them.
    pub(crate) note: fn() -> Markup,
    pub(crate) fields: fn(&Filled<'_>) -> Markup,
}

/// In the order of the tabs.
pub(crate) const FORMS: &[ProviderForm] =
    &[github::FORM, gitlab::FORM, google::FORM, activestate::FORM];

impl ProviderForm {
    /// What would be registered, or the messages under its fields. Look-ups included.
    pub(crate) fn judge(
        &self,
        typed: &Fields,
        instances: &[String],
    ) -> Result<Publisher, FieldErrors> {
        let instances = GitlabInstances::Only(instances.to_vec());
        let mut verdict = warehouse_verdict(self.provider, typed, &instances);
        let mut errors = worded(&verdict);
        for (field, message) in (self.look_up)(&mut verdict) {
            errors.entry(field.to_owned()).or_default().push(html! { (message) });
        }
        if errors.is_empty() {
            Ok(Publisher::from_stored(self.provider, &verdict))
        } else {
            Err(errors)
        }
    }
}

/// A verdict's messages as they stand under the fields.
pub(crate) fn worded(verdict: &Verdict) -> FieldErrors {
    let words = |(field, messages): (&String, &Vec<trustdesk_domain::Message>)| {
        (field.clone(), messages.iter().map(|message| html! { (message.text) }).collect())
    };
    verdict.errors.iter().map(words).collect()
}

/// A field's text if nothing is wrong with it so far: no provider is asked about anything else.
fn unrefused(verdict: &Verdict, field: &str) -> Option<String> {
    let stored = verdict.normalized.get(field)?;
    (!verdict.errors.contains_key(field)).then(|| stored.clone())
}

/// How the messages about a publisher call it.
pub(crate) fn specifier(publisher: &Publisher) -> String {
    match publisher {
        Publisher::Github(github) => github.workflow_filename.clone(),
        Publisher::Gitlab(gitlab) => gitlab.workflow_filepath.clone(),
        Publisher::Google(google) => google.email.clone(),
        Publisher::Activestate(_) => address(publisher),
        Publisher::Other { name, .. } => name.clone(),
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
