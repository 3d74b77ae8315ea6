//! The forms that add a publisher: which of them a page has, their token, and what they say of each
//! field after a refused try (protocol 4.2).

use std::collections::{BTreeMap, BTreeSet};

use scraper::ElementRef;

use super::html::{all, attributes, first, input_value, text};
use super::parse;
use crate::index::Error;
use trustdesk_domain::Provider;

/// The session's form token, wherever on the page it stands.
#[must_use]
pub fn csrf_token(body: &str) -> Option<String> {
    input_value(parse::document(body).root_element(), "csrf_token")
}

/// The words under each field of a provider's form, of a project or of pending publishers: a page
/// has one of the two. The ids of fields repeat across forms, so they are only looked up inside
/// their own.
#[must_use]
pub fn field_errors(body: &str, provider: Provider) -> BTreeMap<String, Vec<String>> {
    let document = parse::document(body);
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
///
/// # Errors
/// A form has other fields than the known ones, or such a field stands in no form: what would be
/// sent is not what the page asks for.
pub(super) fn providers(root: ElementRef<'_>) -> Result<Vec<Provider>, Error> {
    let mut providers = Vec::new();
    let mut known = 0;
    for provider in Provider::ALL {
        if let Some(form) = form(root, provider) {
            if !is_known(form, provider) {
                return Err(Error::PageNotUnderstood("a form"));
            }
            providers.push(provider);
            known += usize::from(has_field(&form));
        }
    }
    // A form under another name, or of other elements, would look like a provider that is switched
    // off.
    let content = all(root, "main#content");
    let forms: Vec<_> = all(root, "main#content form").into_iter().filter(has_field).collect();
    let fields = |parts: &[ElementRef<'_>]| parts.iter().map(fields_of_publishers).sum::<usize>();
    if forms.len() == known && fields(&content) == fields(&forms) {
        Ok(providers)
    } else {
        Err(Error::PageNotUnderstood("a form"))
    }
}

/// Whether a form asks for something that only a publisher has.
fn has_field(form: &ElementRef<'_>) -> bool {
    fields_of_publishers(form) > 0
}

/// How often something is asked for that only a publisher has.
fn fields_of_publishers(part: &ElementRef<'_>) -> usize {
    let names = attributes(*part, "input[name], select[name], textarea[name]", "name");
    let is_publishers = |name: &&String| {
        Provider::ALL.iter().any(|provider| provider.fields().contains(&name.as_str()))
    };
    names.iter().filter(is_publishers).count()
}

/// Whether a form has all of its provider's fields and no other but those that every form has.
fn is_known(form: ElementRef<'_>, provider: Provider) -> bool {
    let names = attributes(form, "input[name], select[name], textarea[name]", "name");
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let of_every_form = ["csrf_token", "project_name"];
    provider.fields().iter().all(|field| names.contains(field))
        && names.iter().all(|name| provider.fields().contains(name) || of_every_form.contains(name))
}

/// The GitLab instances to choose from; a single choice stands there too, hidden.
///
/// # Errors
/// A choice does not say what it stands for.
pub(super) fn gitlab_instances(root: ElementRef<'_>) -> Result<Vec<String>, Error> {
    const CHOICES: &str = "select[name=\"issuer_url\"] option";
    let Some(form) = form(root, Provider::Gitlab) else {
        return Ok(Vec::new());
    };
    let instances = attributes(form, CHOICES, "value");
    if instances.len() == all(form, CHOICES).len() {
        Ok(instances)
    } else {
        Err(Error::PageNotUnderstood("the GitLab instances"))
    }
}

fn form(root: ElementRef<'_>, provider: Provider) -> Option<ElementRef<'_>> {
    let key = provider.key();
    first(root, &format!("form#{key}-publisher-form, form#pending-{key}-publisher-form"))
}
