//! A draft: what a person typed into a provider's form and has not confirmed. It is saved as it is
//! typed and promises nothing.

use serde::{Deserialize, Serialize};

use super::{Fields, Provider};

/// Names one draft for ever; whoever types makes it, so that saving twice is saving once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DraftId(pub String);

/// What was typed for one project and provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub id: DraftId,
    /// The project's normalized name.
    pub project: String,
    /// Whose form it was typed into.
    pub provider: Provider,
    /// As typed; unfinished and wrong text is as good as any.
    pub fields: Fields,
    /// Whether it stands in the form. One a project and provider does; the others are put aside.
    pub open: bool,
    /// When it was last saved; milliseconds since 1970, UTC.
    pub saved_at_ms: i64,
}
