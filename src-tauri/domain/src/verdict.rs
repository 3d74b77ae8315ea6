//! What a person typed into a provider's form, and what is to be said about it.

use std::collections::BTreeMap;

use super::{Message, Provider};

/// The text of a form by field name. An absent field counts as not filled in.
pub type Fields = BTreeMap<String, String>;

/// Errors keep a publisher from being added; warnings do not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// By field, in the index's order.
    pub errors: BTreeMap<String, Vec<Message>>,
    /// By field.
    pub warnings: BTreeMap<String, Vec<Message>>,
    /// Every field as the index would store it.
    pub normalized: Fields,
}

impl Verdict {
    /// Whether nothing stands against adding it.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// A field as the index would store it; empty if the form has no such field.
    #[must_use]
    pub fn stored(&self, field: &str) -> &str {
        self.normalized.get(field).map_or("", String::as_str)
    }

    /// Refuses the publisher as a whole: said at the first field of its form.
    pub fn refuse(&mut self, provider: Provider, message: Message) {
        if let Some(field) = provider.fields().first() {
            self.error(field, message);
        }
    }

    pub(crate) fn error(&mut self, field: &str, message: Message) {
        let messages = self.errors.entry(field.to_owned()).or_default();
        if !messages.iter().any(|known| known.text == message.text) {
            messages.push(message);
        }
    }

    pub(crate) fn warning(&mut self, field: &str, message: Message) {
        self.warnings.entry(field.to_owned()).or_default().push(message);
    }

    pub(crate) fn normalize(&mut self, field: &str, value: impl Into<String>) {
        self.normalized.insert(field.to_owned(), value.into());
    }
}
