//! Adding a publisher to a project.

use trustdesk_domain::{Fields, Publisher};
use uuid::Uuid;

use crate::answer::Answer;
use crate::pages::errors;
use crate::pages::provider_tabs::Typed;
use crate::providers::{ProviderForm, address, specifier};
use crate::state::{Attached, EventKind, FlashKind};
use crate::views::publishing::{back, record, show};
use crate::views::registering::{REFUSED, count_try, is_provider_disabled};
use crate::visit::Visit;

pub(crate) fn add(
    visit: &mut Visit<'_>,
    user: &str,
    project: &str,
    form: &ProviderForm,
) -> Result<Answer, Answer> {
    let values: Fields = visit.request.body.iter().cloned().collect();
    if is_provider_disabled(visit, form.provider) {
        return Ok(show(visit, project, &Typed { values, ..Typed::default() }));
    }
    count_try(visit, user)?;
    let database = &mut visit.state.database;
    let organization = database.project(project).and_then(|known| known.organization.clone());
    let instances = database.gitlab_instances(organization.as_deref());
    let publisher = match form.judge(&values, &instances) {
        Ok(publisher) => publisher,
        Err(errors) => {
            visit.flash(FlashKind::Error, REFUSED);
            let refused = Some((form.provider, errors));
            return Ok(show(visit, project, &Typed { values, refused, prefilled: None }));
        }
    };
    // The form lets a NUL through to a database that cannot store it.
    if values.values().any(|value| value.contains('\0')) {
        return Err(errors::broken());
    }
    match database.attach(project, publisher.clone(), Uuid::new_v4()) {
        Attached::Broken => Err(errors::broken()),
        Attached::AlreadyThere => {
            let name = specifier(&publisher);
            let words = format!("{name} is already registered with {project}");
            visit.flash(FlashKind::Error, words);
            Ok(show(visit, project, &Typed { values, ..Typed::default() }))
        }
        Attached::Added => {
            let subject = "[PyPI] Trusted publisher added to";
            database.mail_collaborators(project, subject, visit.now_ms);
            record(visit, user, project, EventKind::PublisherAdded, &publisher);
            visit.flash(FlashKind::Success, added(&publisher, project));
            Ok(back(visit))
        }
    }
}

/// Google's sentence has two spaces where the others name an address.
fn added(publisher: &Publisher, project: &str) -> String {
    let place = match publisher {
        Publisher::Google(_) => String::new(),
        _ => format!("in {}", address(publisher)),
    };
    format!("Added {} {place} to {project}", specifier(publisher))
}
