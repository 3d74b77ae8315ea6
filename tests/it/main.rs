//! The journeys, one file a story, and the tests that hold the whole house to its rules.

mod changes;
mod drafts;
mod faults;
mod gates;
mod keyring;
mod killed;
mod local_data;
mod long_work;
mod lost_answers;
mod main_job;
mod not_the_index;
mod offline;
mod others;
mod over_https;
mod proof;
mod providers;
mod quota;
mod recorded;
mod replaced;
mod rooms;
mod secrets;
mod several_accounts;
mod sign_in;
mod simulated;
mod store_damaged;
mod two_processes;
