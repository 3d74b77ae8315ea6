//! Adding a publisher to a project.

use trustdesk_core::domain::{Fields, Publisher};
use uuid::Uuid;

use crate::answer::Answer;
use crate::pages::errors;
use crate::pages::provider_tabs::Typed;
use crate::providers::{ProviderForm, address, specifier};
use crate::state::{Attached, FlashKind, REGISTER};
use crate::views::publishing::{back, show};
use crate::visit::Visit;

pub(crate) fn add(visit: &mut Visit<'_>, user: &str, project: &str, form: &ProviderForm) -> Answer {
    let attempts = &mut visit.state.attempts;
    if let Some(wait_ms) = attempts.wait_ms(&REGISTER, user, visit.now_ms) {
        return too_many(visit, wait_ms);
    }
    // Every form that comes this far counts, valid or not.
    attempts.count(&REGISTER, user, visit.now_ms);

    let values: Fields = visit.request.body.iter().cloned().collect();
    let publisher = match (form.judge)(&values) {
        Ok(publisher) => publisher,
        Err(errors) => {
            visit.flash(FlashKind::Error, "The trusted publisher could not be registered");
            let refused = Some((form.provider, errors));
            return show(visit, project, &Typed { values, refused, prefilled: None });
        }
    };
    // The form lets a NUL through to a database that cannot store it.
    if values.values().any(|value| value.contains('\0')) {
        return errors::broken();
    }
    let database = &mut visit.state.database;
    match database.attach(project, publisher.clone(), Uuid::new_v4()) {
        Attached::AlreadyThere => {
            let name = specifier(&publisher);
            let words = format!("{name} is already registered with {project}");
            visit.flash(FlashKind::Error, words);
            show(visit, project, &Typed { values, ..Typed::default() })
        }
        Attached::Added => {
            let subject = "[PyPI] Trusted publisher added to";
            database.mail_collaborators(project, subject, visit.now_ms);
            visit.flash(FlashKind::Success, added(&publisher, project));
            back(visit)
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

fn too_many(visit: &Visit<'_>, wait_ms: i64) -> Answer {
    let words =
        "There have been too many attempted trusted publisher registrations. Try again later.";
    Answer::too_many(visit.request, "Too Many Requests", words, wait_ms)
}
