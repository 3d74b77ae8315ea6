//! The forms that add a publisher: which of them a page has, their token, and what they say of each
//! field after a refused try (protocol 4.2).

use std::collections::BTreeMap;

use scraper::{ElementRef, Html};

use super::html::{all, attributes, first, input_value, text};
use crate::domain::Provider;

/// The session's form token, wherever on the page it stands.
#[must_use]
pub fn csrf_token(body: &str) -> Option<String> {
    input_value(Html::parse_document(body).root_element(), "csrf_token")
}

/// The words under each field of a provider's form, of a project or of pending publishers: a page
/// has one of the two. The ids of fields repeat across forms, so they are only looked up inside
/// their own.
#[must_use]
pub fn field_errors(body: &str, provider: Provider) -> BTreeMap<String, Vec<String>> {
    let document = Html::parse_document(body);
    let mut errors = BTreeMap::new();
    let Some(form) = form(document.root_element(), provider) else {
        return errors;
    };
    for list in all(form, "ul.form-errors[id$=\"-errors\"]") {
        let field = list.value().id().and_then(|id| id.strip_suffix("-errors"));
        let words: Vec<String> = all(list, "li").into_iter().filter_map(text).collect();
        if let Some(field) = field.filter(|_| !words.is_empty()) {
            errors.insert(field.to_owned(), words);
        }
    }
    errors
}

/// The providers that have a form. The index can switch each one off.
pub(super) fn providers(root: ElementRef<'_>) -> Vec<Provider> {
    Provider::ALL.into_iter().filter(|provider| form(root, *provider).is_some()).collect()
}

/// The GitLab instances to choose from; a single choice stands there too, hidden.
pub(super) fn gitlab_instances(root: ElementRef<'_>) -> Vec<String> {
    form(root, Provider::Gitlab)
        .map(|form| attributes(form, "select[name=\"issuer_url\"] option", "value"))
        .unwrap_or_default()
}

fn form(root: ElementRef<'_>, provider: Provider) -> Option<ElementRef<'_>> {
    let key = provider.key();
    first(root, &format!("form#{key}-publisher-form, form#pending-{key}-publisher-form"))
}
