//! The parts of `cargo xtask torture`, each of which the tests run in small. A part takes how often it
//! is wanted and a seed, and leaves in the report what broke; the same seed breaks the same.

mod at_once;
mod kills;
mod lost_answers;
mod mutations;
mod power;
mod report;
mod simulations;

pub use kills::{
    Play, can_choose_calls, disk_errors, kills, kills_at_calls, random_kills, terminations,
};
pub use lost_answers::{Fault, Told, lost_answers, tell};
pub use mutations::{Page, PageName, Understood, demo_pages, mutate_and_read, mutations};
pub use power::power_losses;
pub use report::Report;
pub use simulations::simulations;
