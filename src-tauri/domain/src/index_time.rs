//! The time of an index, which is not the time of this computer.

use serde::{Deserialize, Serialize};

/// A moment by the index's own clock, as its answers tell it; milliseconds since 1970, UTC. A type of
/// its own, so that it is never compared with this computer's clock, which a person can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndexTime(pub i64);

impl IndexTime {
    /// The moment so many milliseconds later.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// How many milliseconds it is after another moment; negative if it is before.
    #[must_use]
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}
