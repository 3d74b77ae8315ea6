//! `trustdesk-cli` as scripts and people use it: the built program on a data folder of its own,
//! against a demo index in the test's process.

mod accounts;
mod batch;
#[cfg(unix)]
mod bounded;
mod demo;
mod demo_command;
mod exits;
mod help;
mod hostile;
mod indexes;
mod keyring;
mod known;
mod plans;
#[cfg(unix)]
mod privacy;
mod program;
mod proxies;
mod reading;
mod reviewed;
mod sending;
mod settling;
mod sign_in;
#[cfg(unix)]
mod stopped;
mod talk;
mod terminal;
mod this_run;
mod waiting;
mod wrong_use;
