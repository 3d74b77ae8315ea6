//! A project's publishers: who may see them, and which of the page's forms a POST is.

use serde_json::json;
use trustdesk_domain::{Provider, Publisher};

use crate::answer::Answer;
use crate::guard;
use crate::pages::constrain_dialog::Constrained;
use crate::pages::errors;
use crate::pages::provider_tabs::{Place, Tabs, Typed};
use crate::pages::publishing::{Publishing, page};
use crate::providers::{FORMS, ProviderForm};
use crate::request::Request;
use crate::state::{Deed, EventKind};
use crate::views::registering::is_disabled;
use crate::views::{manage, publishing_add, publishing_constrain, publishing_delete};
use crate::visit::Visit;

const ROUTE: &str = "manage.project.settings.publishing";

enum Action {
    Show,
    Add(&'static ProviderForm),
    Delete,
    Constrain,
}

pub(crate) fn view(visit: &mut Visit<'_>, name: &str) -> Result<Answer, Answer> {
    let request = visit.request;
    let project = manage::existing(visit, name)?;
    let action = action(request).ok_or_else(|| guard::mismatch(visit))?;
    if request.is_post() {
        guard::csrf(visit)?;
    }
    let user = manage::owner(visit, &project)?;
    let matched = json!({ "project_name": name, "traverse": [name] });
    guard::password_confirmed(visit, ROUTE, &matched)?;
    if request.is_post() {
        guard::unrepeated(visit)?;
    }
    let answer = match action {
        Action::Show => {
            is_disabled(visit);
            show(visit, &project.name, &prefilled(request))
        }
        Action::Add(form) => publishing_add::add(visit, &user, &project.name, form)?,
        Action::Delete => publishing_delete::delete(visit, &user, &project.name),
        Action::Constrain => publishing_constrain::constrain(visit, &user, &project.name),
    };
    Ok(answer.never_cached())
}

/// The page with what stands in its forms.
pub(crate) fn show(visit: &mut Visit<'_>, name: &str, typed: &Typed) -> Answer {
    let csrf_token = visit.csrf_token();
    let database = &visit.state.database;
    let publishers = database.publishers(name);
    let Some(project) = database.project(name) else { return errors::not_found() };
    let tabs = Tabs {
        place: Place::Project,
        action: &format!("/manage/project/{}/settings/publishing/", project.name),
        csrf_token: &csrf_token,
        language: visit.request.language(),
        flags: &visit.flags,
        instances: &database.gitlab_instances(project.organization.as_deref()),
        typed,
    };
    let constrained = Constrained::named_by(visit.request);
    Answer::page(page(&Publishing { project, publishers: &publishers, tabs: &tabs, constrained }))
}

/// After a success the client is sent to the page anew.
pub(crate) fn back(visit: &Visit<'_>) -> Answer {
    Answer::see_other(visit.request, &visit.request.path)
}

/// Puts a line into the project's history.
pub(crate) fn record(
    visit: &mut Visit<'_>,
    user: &str,
    project: &str,
    kind: EventKind,
    publisher: &Publisher,
) {
    let device = visit.request.header("user-agent").unwrap_or("Unknown");
    let deed = Deed { user, device, at_ms: visit.now_ms };
    visit.state.database.record(project, kind, publisher, &deed);
}

/// The form whose names are all there, empty or not; values do not matter.
fn action(request: &Request) -> Option<Action> {
    if request.is_read() {
        return Some(Action::Show);
    }
    let constrain = ["constrained_publisher_id", "constrained_environment_name"];
    match request.is_post() {
        true if request.names(&["publisher_id"]) => Some(Action::Delete),
        true if request.names(&constrain) => Some(Action::Constrain),
        true => named_form(request).map(Action::Add),
        false => None,
    }
}

/// The provider's form whose names are all there.
pub(crate) fn named_form(request: &Request) -> Option<&'static ProviderForm> {
    FORMS.iter().find(|form| request.names(form.provider.fields()))
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
