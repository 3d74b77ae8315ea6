//! How an index is reached: how long its answers are waited for, how often it is asked, and by which
//! clock.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;

use super::Pace;

/// How long the index is waited for. What was sent when it ends may have arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Until there is a connection.
    pub connect: Duration,
    /// Between two pieces of an answer, the first of them included.
    pub silence: Duration,
    /// For a whole answer, so that one that drips ends too.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            // An add makes the index ask GitHub for up to 5 s; less would make unknown outcomes.
            silence: Duration::from_secs(30),
            answer: Duration::from_secs(90),
        }
    }
}

/// What every conversation with an index needs besides its address.
#[derive(Clone)]
pub struct Reach {
    /// How long answers are waited for.
    pub patience: Patience,
    /// What a date is compared with that came without the index's own.
    pub clock: Arc<dyn Clock>,
    /// How often the index is asked.
    pub pace: Arc<Pace>,
}

impl fmt::Debug for Reach {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Reach").field("patience", &self.patience).finish_non_exhaustive()
    }
}
