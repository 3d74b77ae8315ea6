//! The add forms of both pages: what they send, how they are filled in, what they say.

use trustdesk_domain::Provider;

use super::differences::Differences;
use super::rows::Row;
use crate::page::{Document, Part};

/// The fields that a person fills in.
const TYPED: &str = "input:not([type=hidden]):not([type=submit])";

/// Attributes that are the same, in the same order.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("[name]", "name"),
    (TYPED, "id"),
    (TYPED, "type"),
    ("label", "for"),
    ("[required]", "name"),
    ("[hidden]", "name"),
    ("ul.form-errors", "id"),
    ("select option", "value"),
    ("select option[selected]", "value"),
];

pub(super) fn check(found: &mut Differences, theirs: &Document, ours: &Document, row: &Row) {
    let english = theirs.has("html[lang=en]");
    for prefix in ["", "pending-"] {
        for provider in Provider::ALL {
            let form = format!("form#{prefix}{}-publisher-form", provider.key());
            let anchored = format!("div#errors + {form}");
            found.check(&anchored, theirs.has(&anchored), ours.has(&anchored));
            match (theirs.part(&form), ours.part(&form)) {
                (Some(theirs), Some(ours)) => {
                    let mut inner = Differences::default();
                    check_form(&mut inner, &theirs, &ours, row);
                    if english {
                        check_words(&mut inner, &theirs, &ours);
                    }
                    found.0.extend(inner.0.into_iter().map(|one| format!("{form} {one}")));
                }
                (theirs, ours) => found.check(&form, theirs.is_some(), ours.is_some()),
            }
        }
    }
}

fn check_form(found: &mut Differences, theirs: &Part<'_>, ours: &Part<'_>, row: &Row) {
    found.check("action", theirs.attribute("action"), ours.attribute("action"));
    for (selector, name) in ATTRIBUTES {
        let (theirs, ours) = (theirs.attributes(selector, name), ours.attributes(selector, name));
        found.check(&format!("{selector} @{name}"), theirs, ours);
    }
    // What was not sent as it was recorded does not come back as it was recorded.
    if row.says.is_empty() {
        let values = |form: &Part<'_>| form.attributes(TYPED, "value");
        found.check("values", values(theirs), values(ours));
    }
    let links = |form: &Part<'_>| form.words("ul.form-errors a");
    found.check("links", links(theirs), links(ours));
}

/// Our French has fewer words.
fn check_words(found: &mut Differences, theirs: &Part<'_>, ours: &Part<'_>) {
    let placeholders = |form: &Part<'_>| form.attributes(TYPED, "placeholder");
    found.check("placeholders", placeholders(theirs), placeholders(ours));
    found.check("labels", theirs.words("label"), ours.words("label"));
}
