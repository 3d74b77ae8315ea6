//! The name of the project that a pending publisher waits for: the rules of the domain, then those
//! that only the database can tell (protocol 3.6).

use maud::{Markup, PreEscaped, html};
use trustdesk_domain::{Fields, Provider, project_name_verdict};
use url::form_urlencoded::Serializer;

use crate::providers::{FieldErrors, worded};
use crate::state::Taken;
use crate::visit::Visit;

/// The field of the name.
pub(crate) const PROJECT_NAME: &str = "project_name";
const INVALID: &str = "Invalid project name";

/// The messages under the name; none if it is free and fit.
pub(crate) fn name_errors(
    visit: &Visit<'_>,
    user: &str,
    provider: Provider,
    values: &Fields,
) -> FieldErrors {
    let mut verdict = project_name_verdict(values);
    let name = values.get(PROJECT_NAME).map_or("", String::as_str);
    if let Some(messages) = verdict.errors.get_mut(PROJECT_NAME) {
        // Warehouse looks at the pattern twice and says it twice.
        messages.extend(messages.clone().into_iter().filter(|one| one.text == INVALID));
        return worded(&verdict);
    }
    let mut errors = FieldErrors::new();
    let message = match visit.state.database.taken(name) {
        None => return errors,
        Some(Taken::Prohibited) => html! { "This project name isn't allowed" },
        Some(Taken::TooSimilar) => {
            html! { "This project name is too similar to an existing project" }
        }
        Some(Taken::By(project)) if project.is_owned_by(user) => {
            own_project(&visit.request.origin(), provider, values)
        }
        Some(Taken::By(_)) => html! { "This project already exists." },
    };
    errors.insert(PROJECT_NAME.to_owned(), vec![message]);
    errors
}

/// The link leads to the project's own form, filled in with what was typed.
fn own_project(origin: &str, provider: Provider, values: &Fields) -> Markup {
    let mut query = Serializer::new(String::new());
    for name in [PROJECT_NAME].iter().chain(provider.fields()) {
        if let Some(value) = values.get(*name).filter(|value| !value.is_empty()) {
            query.append_pair(name, value);
        }
    }
    let query = query.append_pair("provider", provider.key()).finish();
    let name = values.get(PROJECT_NAME).map_or("", String::as_str);
    let path = format!("{origin}/manage/project/{name}/settings/publishing/?{query}");
    // Warehouse writes the address into its message as it is, in single quotes.
    html! {
        "This project already exists: use the project's publishing settings "
        (PreEscaped(format!("<a href='{path}'>here</a>")))
        " to create a Trusted Publisher for it."
    }
}
