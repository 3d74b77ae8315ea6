//! The parts of `cargo xtask torture`, each of which the tests run in small. A part takes how often it
//! is wanted and a seed, and leaves in the report what broke; the same seed breaks the same.

mod report;
mod simulations;

pub use report::Report;
pub use simulations::simulations;
