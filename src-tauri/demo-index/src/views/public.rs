//! The few pages that anybody may see.

use crate::answer::Answer;
use crate::pages::{errors, public};
use crate::visit::Visit;

pub(crate) fn home() -> Answer {
    Answer::page(public::home())
}

pub(crate) fn project(visit: &Visit<'_>, name: &str) -> Result<Answer, Answer> {
    let project = visit.state.database.project(name);
    let shown = project.filter(|project| project.released_at_ms.is_some());
    shown.map(|project| Answer::page(public::project(project))).ok_or_else(errors::not_found)
}
