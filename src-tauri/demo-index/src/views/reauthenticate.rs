//! Confirming the password. Right, wrong or locked out, the answer leads back to where one came from:
//! only the page there tells.

use axum::http::StatusCode;
use serde_json::{Map, Value};
use url::form_urlencoded::Serializer;

use crate::answer::Answer;
use crate::guard;
use crate::users::User;
use crate::views::login::{Password, check_password};
use crate::visit::Visit;

pub(crate) fn view(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let request = visit.request;
    if !request.is_post() {
        guard::signed_in(visit)?;
        return Ok(Answer::see_other(request, &request.target()));
    }
    guard::csrf(visit)?;
    let user = guard::signed_in(visit)?;
    guard::unrepeated(visit)?;
    let target = target(visit).ok_or_else(|| {
        let text = "The server could not comply with the request: it is malformed or incorrect.";
        Answer::plain(StatusCode::BAD_REQUEST, request, text, "")
    })?;
    let password = request.field("password").unwrap_or_default();
    let checked = User::named(&user).map(|user| check_password(visit, user, password));
    if matches!(checked, Some(Password::Right)) {
        visit.confirm_password();
    }
    Ok(Answer::see_other(request, &target))
}

/// The path that the three `next_` fields name; none if one of them is missing or makes no sense.
fn target(visit: &Visit<'_>) -> Option<String> {
    let field = |name: &str| visit.request.field(name).filter(|value| !value.is_empty());
    let route = field("next_route")?;
    let matched: Map<String, Value> = serde_json::from_str(field("next_route_matchdict")?).ok()?;
    let query: Map<String, Value> = serde_json::from_str(field("next_route_query")?).ok()?;
    let project = || Some(format!("/manage/project/{}/", matched.get("project_name")?.as_str()?));
    let path = match route {
        "manage.unverified-account" => "/manage/unverified-account/".to_owned(),
        "manage.account.two-factor" => "/manage/account/two-factor/".to_owned(),
        "manage.account.publishing" => "/manage/account/publishing/".to_owned(),
        "manage.projects" => "/manage/projects/".to_owned(),
        "manage.project.settings.publishing" => format!("{}settings/publishing/", project()?),
        "manage.project.settings" => format!("{}settings/", project()?),
        "manage.project.releases" => format!("{}releases/", project()?),
        "manage.organization.publishing" => {
            let name = matched.get("organization_name")?.as_str()?;
            format!("/manage/organization/{name}/publishing/")
        }
        _ => return None,
    };
    if query.is_empty() {
        return Some(path);
    }
    let mut pairs = Serializer::new(String::new());
    for (name, value) in &query {
        pairs.append_pair(name, value.as_str().unwrap_or_default());
    }
    Some(format!("{path}?{}", pairs.finish()))
}
