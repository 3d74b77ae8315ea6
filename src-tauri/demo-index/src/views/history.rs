//! A project's security history. It needs no confirmed password, and is there in quarantine too.

use crate::answer::Answer;
use crate::pages::errors;
use crate::pages::history::{History, page};
use crate::views::manage::{existing, reading_owner};
use crate::visit::Visit;

const EVENTS_A_PAGE: usize = 25;

pub(crate) fn view(visit: &mut Visit<'_>, name: &str) -> Result<Answer, Answer> {
    let project = existing(visit, name)?;
    reading_owner(visit, &project)?;
    let asked = visit.request.parameter("page").unwrap_or("1");
    let number: usize = asked.parse().map_err(|_| errors::not_found())?;
    let events = visit.state.database.events(&project.name);
    let pages = events.len().div_ceil(EVENTS_A_PAGE).max(1);
    if !(1..=pages).contains(&number) {
        return Err(errors::not_found());
    }
    let shown: Vec<_> =
        events.into_iter().skip((number - 1) * EVENTS_A_PAGE).take(EVENTS_A_PAGE).collect();
    let address = visit.request.address();
    Ok(Answer::page(page(&History { project: &project, events: &shown, number, pages, address })))
}
