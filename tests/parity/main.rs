//! The rules of the domain, held against Warehouse's own verdicts: those of the vectors that lie
//! beside the repository, and those of the project's own table. Nothing here knows how a rule is
//! made.

mod properties;
mod table;
mod vectors;

use trustdesk_domain::{Fields, GitlabInstances, Provider, Verdict, check, project_name_verdict};

/// The verdict on one field of a form, whose other fields are left empty.
///
/// # Panics
/// There is no such form.
fn verdict(form: &str, field: &str, value: Option<&str>) -> Verdict {
    let filled = value.map(|value| (field.to_owned(), value.to_owned()));
    let fields: Fields = filled.into_iter().collect();
    if form == "pending" {
        return project_name_verdict(&fields);
    }
    let provider = Provider::ALL.into_iter().find(|provider| provider.key() == form);
    check(provider.expect("a provider"), &fields, &GitlabInstances::gitlab_com()).0
}

/// The errors under a field, in order.
fn errors(verdict: &Verdict, field: &str) -> Vec<String> {
    let messages = verdict.errors.get(field).into_iter().flatten();
    messages.map(|message| message.text.clone()).collect()
}
