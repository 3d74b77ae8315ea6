//! The add forms: their token and what they say of each field after a refused try (protocol 4.2).

use std::collections::BTreeMap;

use scraper::Html;

use super::html::{all, first, input_value, text};
use crate::domain::Provider;

/// The session's form token, wherever on the page it stands.
#[must_use]
pub fn csrf_token(body: &str) -> Option<String> {
    input_value(Html::parse_document(body).root_element(), "csrf_token")
}

/// The words under each field of a provider's form. The ids of fields repeat across forms, so they
/// are only looked up inside their own.
#[must_use]
pub fn field_errors(body: &str, provider: Provider) -> BTreeMap<String, Vec<String>> {
    let document = Html::parse_document(body);
    let mut errors = BTreeMap::new();
    let Some(form) =
        first(document.root_element(), &format!("form#{}-publisher-form", provider.key()))
    else {
        return errors;
    };
    for field in provider.fields() {
        let items = all(form, &format!("ul.form-errors#{field}-errors > li"));
        let words: Vec<String> = items.into_iter().filter_map(text).collect();
        if !words.is_empty() {
            errors.insert((*field).to_owned(), words);
        }
    }
    errors
}
