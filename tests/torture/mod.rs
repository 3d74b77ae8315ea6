//! The parts of `cargo xtask torture`, each of which the tests run in small. A part takes how often it
//! is wanted and a seed, and leaves in the report what broke; the same seed breaks the same.

mod lost_answers;
mod many;
mod mutations;
mod report;
mod simulations;

pub use lost_answers::{Fault, Told, lost_answers, tell};
pub use mutations::{Page, PageName, Understood, demo_pages, mutate_and_read, mutations};
pub use report::Report;
pub use simulations::simulations;
