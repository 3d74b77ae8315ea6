//! The account's own projects. Needs no confirmed password.

use crate::answer::Answer;
use crate::guard;
use crate::pages::projects::page;
use crate::state::Status;
use crate::visit::Visit;

pub(crate) fn view(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let user = guard::signed_in(visit)?;
    let projects = visit.state.database.projects_of(&user);
    let (archived, active): (Vec<_>, Vec<_>) =
        projects.into_iter().partition(|project| project.status == Status::Archived);
    Ok(Answer::page(page(&user, &active, &archived)))
}
