//! Reading the index's pages. By structure only: ids, names, classes and addresses, never by words
//! that the index translates (protocol, section 4). Pure functions from text to models.

mod account;
mod flashes;
mod forms;
mod html;
mod kind;
mod projects;
mod publisher_row;
mod publishing;

pub use account::{SignInForm, TwoFactorForm, WhoAmI, sign_in_form, two_factor_form, who_am_i};
pub use flashes::{Flash, FlashKind, flashes};
pub use forms::{csrf_token, field_errors};
pub use kind::{PageKind, kind, page, refusal};
pub use projects::projects;
pub use publishing::publishing;
