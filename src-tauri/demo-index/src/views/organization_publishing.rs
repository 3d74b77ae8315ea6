//! An organization's pending publishers, for its owners. They are taken back on the account's page.

use serde_json::json;

use crate::answer::Answer;
use crate::pages::errors;
use crate::pages::organization::{Pending, page};
use crate::pages::provider_tabs::{Place, Tabs, Typed};
use crate::providers::ProviderForm;
use crate::request::Request;
use crate::state::Organization;
use crate::views::pending_add::{Outcome, add};
use crate::views::publishing::{back, named_form};
use crate::views::registering::is_disabled;
use crate::visit::Visit;
use crate::{guard, standing};

pub(crate) fn view(visit: &mut Visit<'_>, name: &str) -> Result<Answer, Answer> {
    let request = visit.request;
    let database = &visit.state.database;
    let organization = database.organization(name).cloned().ok_or_else(errors::not_found)?;
    // Such a page takes nothing back, so that a POST can only be one of its forms.
    let form = match request.is_read() {
        true => None,
        false => Some(asked(request).ok_or_else(|| guard::mismatch(visit))?),
    };
    if request.is_post() {
        guard::csrf(visit)?;
    }
    let user = guard::signed_in(visit)?;
    if !organization.owners.contains(&user) {
        return Err(errors::forbidden());
    }
    standing::in_order(visit, &user)?;
    let matched = json!({ "organization_name": name });
    guard::password_confirmed(visit, "manage.organization.publishing", &matched)?;
    if request.is_post() {
        guard::unrepeated(visit)?;
    }
    visit.state.database.expire_pending(visit.now_ms);
    let answer = match form {
        None => {
            is_disabled(visit);
            show(visit, &organization, &Typed::default())
        }
        Some(form) => match add(visit, &user, form, Some(name))? {
            Outcome::Refused(typed) => show(visit, &organization, &typed),
            Outcome::Done => back(visit),
        },
    };
    Ok(answer.never_cached())
}

fn asked(request: &Request) -> Option<&'static ProviderForm> {
    let names_project = request.is_post() && request.names(&["project_name"]);
    named_form(request).filter(|_| names_project)
}

fn show(visit: &mut Visit<'_>, organization: &Organization, typed: &Typed) -> Answer {
    let csrf_token = visit.csrf_token();
    let database = &visit.state.database;
    let tabs = Tabs {
        place: Place::Organization,
        action: &format!("/manage/organization/{}/publishing/", organization.name),
        csrf_token: &csrf_token,
        language: visit.request.language(),
        flags: &visit.flags,
        instances: &database.gitlab_instances(Some(&organization.name)),
        typed,
    };
    let pending = database.pending_in(&organization.name);
    Answer::page(page(&Pending { organization, pending: &pending, tabs: &tabs }))
}
