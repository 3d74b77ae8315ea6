//! The promises of the sync, by what breaks them. The simulation and the torture judge by these alone.

/// A promise that did not hold, with the words for a person who looks into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A confirmed change, or a draft that was called saved, is not there any more.
    Lost(String),
    /// The index was asked twice for one thing, or holds what nobody asked for.
    Doubled(String),
    /// The index was asked without need, or behind a closed gate.
    Needless(String),
    /// Something never came to an end.
    Stuck(String),
    /// A page was taken to say what it does not say.
    Misread(String),
}
