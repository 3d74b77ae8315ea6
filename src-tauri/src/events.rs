//! What the page can hear: that something it may be showing has changed in the database. It reads
//! again what it shows; an event never carries data.

use serde::Serialize;
use ts_rs::TS;

/// The event's name.
pub(crate) const CHANGED: &str = "changed";

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(crate) enum Changed {
    App,
    Projects,
    Publishing {
        project: String,
    },
    Changes,
    Drafts,
    Work,
    /// Another program has written: whatever is shown is read again.
    Elsewhere,
}
