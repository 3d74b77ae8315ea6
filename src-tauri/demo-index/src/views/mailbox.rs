//! What no package index has: the mailbox.

use crate::answer::Answer;
use crate::pages::mailbox::page;
use crate::visit::Visit;

pub(crate) fn view(visit: &Visit<'_>) -> Answer {
    Answer::page(page(visit.state.database.mails()))
}
