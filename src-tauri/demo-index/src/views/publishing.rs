//! A project's publishers: who may see them, and which of the page's forms a POST is.

use serde_json::json;
use trustdesk_core::domain::Provider;

use crate::answer::Answer;
use crate::guard;
use crate::pages::errors;
use crate::pages::provider_tabs::Typed;
use crate::pages::publishing::{Publishing, page};
use crate::providers::{FORMS, ProviderForm};
use crate::request::Request;
use crate::state::Status;
use crate::views::{publishing_add, publishing_delete};
use crate::visit::Visit;

const ROUTE: &str = "manage.project.settings.publishing";

enum Action {
    Show,
    Add(&'static ProviderForm),
    Delete,
}

pub(crate) fn view(visit: &mut Visit<'_>, name: &str) -> Result<Answer, Answer> {
    let request = visit.request;
    let database = &visit.state.database;
    let project = database.project(name).ok_or_else(errors::not_found)?.clone();
    let action = action(request).ok_or_else(|| guard::mismatch(visit))?;
    if request.is_post() {
        guard::csrf(visit)?;
    }
    let user = guard::signed_in(visit)?;
    // The owners of a quarantined project may only look at its public page.
    if !project.is_owned_by(&user) || project.status == Status::Quarantined {
        return Err(errors::forbidden());
    }
    let matched = json!({ "project_name": name, "traverse": [name] });
    guard::password_confirmed(visit, ROUTE, &matched)?;
    if request.is_post() {
        guard::unrepeated(visit)?;
    }
    let answer = match action {
        Action::Show => show(visit, &project.name, &prefilled(request)),
        Action::Add(form) => publishing_add::add(visit, &user, &project.name, form),
        Action::Delete => publishing_delete::delete(visit, &project.name),
    };
    Ok(answer.never_cached())
}

/// The page with what stands in its forms.
pub(crate) fn show(visit: &mut Visit<'_>, name: &str, typed: &Typed) -> Answer {
    let csrf_token = visit.csrf_token();
    let database = &visit.state.database;
    let publishers = database.publishers(name);
    let Some(project) = database.project(name) else { return errors::not_found() };
    Answer::page(page(&Publishing {
        project,
        publishers: &publishers,
        csrf_token: &csrf_token,
        typed,
    }))
}

/// After a success the client is sent to the page anew.
pub(crate) fn back(visit: &Visit<'_>) -> Answer {
    Answer::see_other(visit.request, &visit.request.path)
}

/// The form whose names are all there, empty or not; values do not matter.
fn action(request: &Request) -> Option<Action> {
    if request.is_read() {
        return Some(Action::Show);
    }
    let has = |name: &str| request.parameter(name).is_some();
    let adds = || FORMS.iter().find(|form| form.provider.fields().iter().all(|name| has(name)));
    match request.is_post() {
        true if has("publisher_id") => Some(Action::Delete),
        true => adds().map(Action::Add),
        false => None,
    }
}

/// A link may fill in one provider's form.
fn prefilled(request: &Request) -> Typed {
    let provider = request.parameter("provider");
    let provider = Provider::ALL.into_iter().find(|known| Some(known.key()) == provider);
    let Some(provider) = provider else { return Typed::default() };
    let values =
        request.query.iter().filter(|(name, _)| provider.fields().contains(&name.as_str()));
    Typed { values: values.cloned().collect(), prefilled: Some(provider), ..Typed::default() }
}
