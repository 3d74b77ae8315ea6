//! The account's own projects. Needs no confirmed password.

use crate::answer::Answer;
use crate::pages::projects::{Listed, page};
use crate::state::Status;
use crate::visit::Visit;
use crate::{guard, standing};

pub(crate) fn view(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let user = guard::signed_in(visit)?;
    standing::in_order(visit, &user)?;
    let database = &visit.state.database;
    let listed = |project| Listed { project, managed: database.manages(&user, project) };
    let (archived, active): (Vec<_>, Vec<_>) = database
        .projects_of(&user)
        .into_iter()
        .map(listed)
        .partition(|listed| listed.project.status == Status::Archived);
    Ok(Answer::page(page(&user, &active, &archived)))
}
