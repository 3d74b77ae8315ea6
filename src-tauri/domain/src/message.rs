//! A sentence for the screen as a key, its arguments and the English text. The screen owns
//! translation; the text is the index's own wording wherever the index has one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One verdict or warning in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// A stable name such as `github.owner.required`.
    pub key: String,
    /// What the text is about, by name.
    pub args: BTreeMap<String, String>,
    /// The English sentence.
    pub text: String,
}

impl Message {
    /// A sentence without arguments.
    pub fn new(key: &str, text: impl Into<String>) -> Self {
        Self { key: key.to_owned(), args: BTreeMap::new(), text: text.into() }
    }

    /// The same sentence with one more argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}
