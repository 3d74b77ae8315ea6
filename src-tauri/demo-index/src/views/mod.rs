//! What each path does with a request. A view reads the visit, changes state or session, and answers
//! with a page; an early answer (a refusal, a redirect) is an `Err`.

pub(crate) mod account;
pub(crate) mod account_publishing;
pub(crate) mod confirm_login;
pub(crate) mod half_signed_in;
pub(crate) mod history;
pub(crate) mod includes;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod mailbox;
pub(crate) mod manage;
pub(crate) mod next;
pub(crate) mod organization_publishing;
pub(crate) mod pending_add;
pub(crate) mod pending_name;
pub(crate) mod projects;
pub(crate) mod public;
pub(crate) mod publishing;
pub(crate) mod publishing_add;
pub(crate) mod publishing_constrain;
pub(crate) mod publishing_delete;
pub(crate) mod reauthenticate;
pub(crate) mod recovery_code;
pub(crate) mod registering;
pub(crate) mod remembered_device;
pub(crate) mod two_factor;
