//! The demo index over real HTTP, as a client meets it.
#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

mod client;
mod conformance;
mod csrf;
mod limits;
mod page;
mod pages;
mod password_confirmation;
mod projects;
mod publishing;
mod publishing_errors;
mod sessions;
mod sign_in;
mod state_file;
