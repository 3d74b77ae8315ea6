//! What differs between a recorded answer and ours, in words.

use std::fmt::Debug;

/// What differs between a recorded answer and ours, in words.
#[derive(Default)]
pub(crate) struct Differences(pub(crate) Vec<String>);

impl Differences {
    pub(crate) fn check<T: Debug + PartialEq>(&mut self, what: &str, theirs: T, ours: T) {
        if theirs != ours {
            self.0.push(format!("{what}\n    recorded {theirs:?}\n    here     {ours:?}"));
        }
    }
}
