//! The demo index over real HTTP, as a client meets it.
#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

mod account_states;
mod client;
mod conformance;
mod constrain;
mod csrf;
mod history;
mod in_front;
mod language;
mod limits;
mod new_device;
mod organization;
mod page;
mod pages;
mod password_confirmation;
mod pending;
mod projects;
mod providers;
mod publishing;
mod publishing_errors;
mod remembered_device;
mod second_factor;
mod sessions;
mod sign_in;
mod state_file;
mod switches;
