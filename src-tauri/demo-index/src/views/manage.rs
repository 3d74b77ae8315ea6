//! Who may manage a project, and its pages beside the publishers: releases and settings, which only
//! have to be there for the links that lead to them.

use serde_json::json;

use crate::answer::Answer;
use crate::pages::{errors, manage};
use crate::state::{Project, Status};
use crate::visit::Visit;
use crate::{guard, standing};

/// The project of this name under any spelling.
pub(crate) fn existing(visit: &Visit<'_>, name: &str) -> Result<Project, Answer> {
    visit.state.database.project(name).cloned().ok_or_else(errors::not_found)
}

/// The user, if signed in, allowed to change the project, and in order.
pub(crate) fn owner(visit: &mut Visit<'_>, project: &Project) -> Result<String, Answer> {
    // In quarantine nobody changes anything.
    allowed(visit, project, project.status != Status::Quarantined)
}

/// The user, if signed in, allowed to look at what only owners see, and in order.
pub(crate) fn reading_owner(visit: &mut Visit<'_>, project: &Project) -> Result<String, Answer> {
    allowed(visit, project, true)
}

fn allowed(visit: &mut Visit<'_>, project: &Project, is_open: bool) -> Result<String, Answer> {
    let user = guard::signed_in(visit)?;
    if !is_open || !visit.state.database.manages(&user, project) {
        return Err(errors::forbidden());
    }
    standing::in_order(visit, &user)?;
    Ok(user)
}

pub(crate) fn releases(visit: &mut Visit<'_>, name: &str) -> Result<Answer, Answer> {
    let project = confirmed(visit, name, "manage.project.releases")?;
    Ok(Answer::page(manage::releases(&project)))
}

pub(crate) fn settings(visit: &mut Visit<'_>, name: &str) -> Result<Answer, Answer> {
    let project = confirmed(visit, name, "manage.project.settings")?;
    Ok(Answer::page(manage::settings(&project)))
}

fn confirmed(visit: &mut Visit<'_>, name: &str, route: &str) -> Result<Project, Answer> {
    let project = existing(visit, name)?;
    owner(visit, &project)?;
    let matched = json!({ "project_name": name, "traverse": [name] });
    guard::password_confirmed(visit, route, &matched)?;
    Ok(project)
}
