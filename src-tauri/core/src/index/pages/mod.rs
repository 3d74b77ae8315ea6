//! Reading the index's pages. By structure only: ids, names, classes and addresses, never by words
//! that the index translates (protocol, section 4). Pure functions from text to models.

mod account;
mod asked;
mod bounds;
mod flashes;
mod forms;
mod history;
mod html;
mod kind;
mod long_tags;
mod parse;
mod pending;
mod projects;
mod publisher_lines;
mod publisher_list;
mod publisher_row;
mod publishing;

pub use account::{
    CodeForm, SecondFactorPage, SignInForm, WhoAmI, recovery_form, second_factor_page,
    sign_in_form, who_am_i,
};
pub use asked::Asked;
pub(in crate::index) use bounds::Bounds;
#[cfg(test)]
pub(in crate::index) use bounds::is_over;
pub use flashes::{Flash, FlashKind, banners, flashes, is_read_only};
pub use forms::{csrf_token, field_errors};
pub use history::history;
pub use kind::{PageKind, kind};
pub(in crate::index) use kind::{confirms_password_for, is_from_index, must_be};
pub use pending::pending;
pub use projects::projects;
pub use publishing::publishing;
