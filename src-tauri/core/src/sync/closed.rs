//! A project that the index lets nobody of this account manage any more: a role was lost, the project
//! was deleted or put into quarantine. That is an answer, and asking again would not change it.

use crate::index;
use crate::store::AccountId;
use trustdesk_domain::{ChangeEvent, ChangeState, Reasons};

use super::{Engine, Error};

const FORBIDDEN: &str = "The index does not let this account manage the project: only owners may, and \
                         nobody while a project is quarantined.";
const NOT_FOUND: &str = "The index knows no project of this name any more.";

/// Why the index lets nobody change the project; none: the error says nothing of the project.
pub(super) fn closed(error: &index::Error) -> Option<Reasons> {
    let words = match error {
        index::Error::Forbidden => FORBIDDEN,
        index::Error::NotFound => NOT_FOUND,
        _ => return None,
    };
    Some(Reasons { messages: vec![words.to_owned()], ..Reasons::default() })
}

impl Engine {
    /// Rejects what is queued for a project that is closed, with the reason. A person who has got the
    /// role back sends it again.
    pub(super) async fn reject_if_closed(
        &self,
        account: AccountId,
        project: &str,
        error: &index::Error,
    ) -> Result<(), Error> {
        let Some(reasons) = closed(error) else {
            return Ok(());
        };
        let now_ms = self.clock.now_ms();
        let open = self.store.open_changes_of(account, project).await?;
        for change in open.into_iter().filter(|change| change.state == ChangeState::Waiting) {
            let event = ChangeEvent::ProjectClosed;
            self.store.move_change(&change.id, event, &reasons, now_ms).await?;
        }
        Ok(())
    }
}
