//! The pages: our own words around Warehouse's hooks (ids, names, classes, structure). No decision is
//! made here; the views give every value.

pub(crate) mod account;
pub(crate) mod challenge;
pub(crate) mod confirm_login;
pub(crate) mod constrain_dialog;
pub(crate) mod date;
pub(crate) mod errors;
pub(crate) mod fields;
pub(crate) mod flash;
pub(crate) mod history;
pub(crate) mod layout;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod mailbox;
pub(crate) mod manage;
pub(crate) mod organization;
pub(crate) mod pending;
pub(crate) mod pending_list;
pub(crate) mod plain;
pub(crate) mod project_frame;
pub(crate) mod project_snippet;
pub(crate) mod projects;
pub(crate) mod provider_tabs;
pub(crate) mod public;
pub(crate) mod publisher_row;
pub(crate) mod publishing;
pub(crate) mod reauthenticate;
pub(crate) mod recovery_code;
pub(crate) mod session_notifications;
pub(crate) mod two_factor;
pub(crate) mod user_indicator;
