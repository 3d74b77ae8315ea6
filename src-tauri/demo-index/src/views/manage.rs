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
    let user = guard::signed_in(visit)?;
    // The owners of a quarantined project may only look at its public page.
    let quarantined = project.status == Status::Quarantined;
    if quarantined || !visit.state.database.manages(&user, project) {
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
