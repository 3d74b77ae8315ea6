//! All that an answer which is none could spoil.

use trustdesk_core::store::{CachedProject, CachedPublishing};
use trustdesk_domain::Change;
use trustdesk_tests::desk::Desk;

/// What is kept of the account's projects, of one's publishers, and of a change.
#[derive(Debug, PartialEq)]
pub(crate) struct Kept {
    projects: Vec<CachedProject>,
    publishing: CachedPublishing,
    change: Change,
}

pub(crate) async fn kept(desk: &Desk, change: &Change) -> Kept {
    let projects = desk.engine.store().projects(desk.account().await).await.expect("reads");
    let publishing = desk.cached("tidepool").await;
    Kept { projects, publishing, change: desk.change(&change.id).await }
}
