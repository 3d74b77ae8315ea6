//! A draft: what a person typed into a provider's form and has not confirmed. It is saved as it is
//! typed and promises nothing.

use serde::{Deserialize, Serialize};

use super::{ChangeId, Fields, Provider, PublisherId};

/// Names one draft for ever; whoever types makes it, so that saving twice is saving once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DraftId(pub String);

/// What stands in a provider's form of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The project's normalized name.
    pub project: String,
    /// Whose form it was typed into.
    pub provider: Provider,
    /// As typed; unfinished and wrong text is as good as any.
    pub fields: Fields,
    /// Whose place it is to take.
    pub in_place_of: InPlaceOf,
}

/// What a new publisher takes the place of, if of anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InPlaceOf {
    /// A listed publisher, which is removed once the new one is listed.
    pub publisher: Option<PublisherId>,
    /// A change that is given up for this one, as when a refused one is mended.
    pub change: Option<ChangeId>,
}

/// What was typed, kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub id: DraftId,
    /// What was typed.
    pub typed: Typed,
    /// Whether it stands in the form. One a project and provider does; the others are put aside.
    pub open: bool,
    /// When it was last saved; milliseconds since 1970, UTC.
    pub saved_at_ms: i64,
}

impl Typed {
    /// What takes no other's place.
    #[must_use]
    pub fn new(project: &str, provider: Provider, fields: &Fields) -> Self {
        let (project, fields) = (project.to_owned(), fields.clone());
        Self { project, provider, fields, in_place_of: InPlaceOf::default() }
    }
}
