//! Asking for a pending publisher, by oneself or in an organization's name (protocol 3.6).

use trustdesk_domain::{Fields, Publisher};
use uuid::Uuid;

use crate::answer::Answer;
use crate::pages::errors;
use crate::pages::provider_tabs::Typed;
use crate::providers::{FieldErrors, ProviderForm};
use crate::state::{Asked, FlashKind, Pending};
use crate::views::pending_name::{PROJECT_NAME, name_errors};
use crate::views::registering::{REFUSED, count_try, is_provider_disabled};
use crate::visit::Visit;

/// How many one account may have waiting.
const MOST: usize = 3;

/// What became of a form.
pub(crate) enum Outcome {
    /// The page is shown again, with what stands in its forms.
    Refused(Typed),
    Done,
}

/// Organizations have neither the limit of three nor the daily one.
pub(crate) fn add(
    visit: &mut Visit<'_>,
    user: &str,
    form: &ProviderForm,
    organization: Option<&str>,
) -> Result<Outcome, Answer> {
    let values: Fields = visit.request.body.iter().cloned().collect();
    let again = |values| Ok(Outcome::Refused(Typed { values, ..Typed::default() }));
    if is_provider_disabled(visit, form.provider) {
        return again(values);
    }
    if organization.is_none() {
        if visit.state.database.pending_of(user).len() >= MOST {
            let words = "You can't register more than 3 pending trusted publishers at once.";
            visit.flash(FlashKind::Error, words);
            return again(values);
        }
        count_try(visit, user)?;
    }
    let publisher = match judge(visit, user, form, &values, organization) {
        Ok(publisher) => publisher,
        Err(errors) => {
            visit.flash(FlashKind::Error, REFUSED);
            let refused = Some((form.provider, errors));
            return Ok(Outcome::Refused(Typed { values, refused, prefilled: None }));
        }
    };
    if values.values().any(|value| value.contains('\0')) {
        return Err(errors::broken());
    }
    keep(visit, user, values, publisher, organization)
}

fn keep(
    visit: &mut Visit<'_>,
    user: &str,
    values: Fields,
    publisher: Publisher,
    organization: Option<&str>,
) -> Result<Outcome, Answer> {
    let project_name = values.get(PROJECT_NAME).cloned().unwrap_or_default();
    let asked = Pending {
        id: Uuid::new_v4().to_string(),
        project_name: project_name.clone(),
        publisher,
        added_by: user.to_owned(),
        organization: organization.map(str::to_owned),
        added_at_ms: visit.now_ms,
    };
    match (visit.state.database.ask(asked), organization) {
        (Asked::Broken, _) => Err(errors::broken()),
        (Asked::Added, organization) => {
            visit.flash(FlashKind::Success, registered(&project_name, organization));
            Ok(Outcome::Done)
        }
        // An organization's clash looks like a success and says nothing.
        (Asked::OtherProject, Some(_)) => Ok(Outcome::Done),
        (asked, organization) => {
            visit.flash(FlashKind::Error, known_already(asked, organization));
            Ok(Outcome::Refused(Typed { values, ..Typed::default() }))
        }
    }
}

fn registered(project_name: &str, organization: Option<&str>) -> String {
    let owner = organization.map(|name| format!(" owned by the '{name}' organization"));
    format!(
        "Registered a new pending publisher to create the project '{project_name}'{}.",
        owner.unwrap_or_default()
    )
}

fn known_already(asked: Asked, organization: Option<&str>) -> &'static str {
    match (asked, organization) {
        (_, Some(_)) => {
            "This publisher has already been registered in your organization. See your existing \
             pending publishers below."
        }
        (Asked::OtherProject, None) => {
            "A pending trusted publisher matching this configuration has already been registered \
             for a different project name. Please contact PyPI's admins if this wasn't intentional."
        }
        (_, None) => {
            "This trusted publisher has already been registered. Please contact PyPI's admins if \
             this wasn't intentional."
        }
    }
}

/// The publisher, or the messages under its fields and under the name of its project.
fn judge(
    visit: &Visit<'_>,
    user: &str,
    form: &ProviderForm,
    values: &Fields,
    organization: Option<&str>,
) -> Result<Publisher, FieldErrors> {
    let instances = visit.state.database.gitlab_instances(organization);
    let about_name = name_errors(visit, user, form.provider, values);
    match form.judge(values, &instances) {
        Ok(publisher) if about_name.is_empty() => Ok(publisher),
        Ok(_) => Err(about_name),
        Err(mut errors) => {
            errors.extend(about_name);
            Err(errors)
        }
    }
}
