//! Bringing the cache and an index together: signing in, reading, and sending what a person
//! confirmed. The network only ever changes the store; screens read the store.

mod accounts;
mod blockers;
mod changes;
mod closed;
mod conflicts;
mod connection;
mod drafts;
mod engine;
mod errand;
mod error;
mod forget;
mod in_flight;
mod judgement;
mod long_work;
mod plan;
mod quota;
mod read;
mod reviewed;
mod send;
mod session;
mod sign_in;
mod this_run;
mod waiting;

pub use accounts::KnownAccount;
pub use changes::Queued;
pub use connection::Connection;
pub use engine::{Engine, Screen};
pub use errand::{LongWork, Unwatched};
pub use error::Error;
pub use long_work::Review;
pub use plan::HeldBack;
pub use quota::{Quota, Wait};
pub use session::PasswordConfirmed;

// What a shell meets of the index in an answer or an error.
pub use crate::index::{AccountNeed, Error as IndexError, SecondFactors, SignInStep};
