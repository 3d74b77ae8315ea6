//! A project's security history as the index shows it. Its words are for people: the index
//! translates them and says nowhere else what kind of event it was.

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEvent {
    /// What happened.
    pub title: String,
    /// The lines below it, such as which publisher.
    pub details: Vec<String>,
    /// The one user whom it names; none if it names nobody or several.
    pub username: Option<String>,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// Where it came from: a place or an IP address.
    pub location: Option<String>,
    /// With what.
    pub device: Option<String>,
}
