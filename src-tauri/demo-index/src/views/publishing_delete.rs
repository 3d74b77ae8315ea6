//! Removing a publisher from a project.

use uuid::Uuid;

use crate::answer::Answer;
use crate::pages::provider_tabs::Typed;
use crate::state::{Detached, EventKind, FlashKind};
use crate::views::publishing::{back, record, show};
use crate::views::registering::is_disabled;
use crate::visit::Visit;

pub(crate) fn delete(visit: &mut Visit<'_>, user: &str, project: &str) -> Answer {
    // A provider that is switched off by itself does not stand in the way.
    if is_disabled(visit) {
        return show(visit, project, &Typed::default());
    }
    let id = visit.request.parameter("publisher_id").unwrap_or_default();
    // What is no id at all is answered with the bare page: no message, no error.
    let Ok(id) = Uuid::parse_str(id) else { return show(visit, project, &Typed::default()) };
    let database = &mut visit.state.database;
    let Detached::Removed(publisher) = database.detach(project, id) else {
        visit.flash(FlashKind::Error, "Invalid publisher for project");
        return show(visit, project, &Typed::default());
    };
    let subject = "[PyPI] Trusted publisher removed from";
    database.mail_collaborators(project, subject, visit.now_ms);
    record(visit, user, project, EventKind::PublisherRemoved, &publisher);
    let words = format!("Removed trusted publisher for project '{project}'");
    visit.flash(FlashKind::Success, words);
    back(visit)
}
