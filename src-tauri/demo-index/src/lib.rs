//! A package index inside the program: an HTTP server on this computer's loopback address that
//! answers as PyPI's Warehouse does, for trying Trustdesk without an account and for its tests.
//!
//! Facts (routes, field names, status codes, messages, the order of the checks) are Warehouse's; the
//! pages are our own words around the same hooks. It knows the rules of `trustdesk_domain` and
//! nothing else of the core, so that it cannot agree with the client by sharing its mistakes.
#![warn(missing_docs)]

mod account;
mod answer;
mod directory;
mod error;
mod flags;
mod front;
mod guard;
mod language;
mod now;
mod options;
mod pages;
mod providers;
mod request;
mod routes;
mod server;
mod standing;
mod state;
mod users;
mod views;
mod visit;
mod world;

pub use account::{Account, Code, PASSWORD, USERNAME, code_at_step, current_code};
pub use error::Error;
pub use now::{Now, SteppedNow, SystemNow};
pub use options::Options;
pub use server::DemoIndex;
pub use state::Mail;
pub use users::{RECOVERY_CODES, USERS, User};
pub use world::RequestLine;
