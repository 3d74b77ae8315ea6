//! Pages are read into the right model or known for what they are: every recording of a real
//! Warehouse, and own pages for what was not recorded.

mod fields;
mod made_up;
mod markup;
mod outcomes;
mod reading;
mod table;
mod unknown;
mod whole;

use trustdesk_tests::recordings::Recording;

/// The recording with this number.
fn number(all: &[Recording], number: u32) -> &Recording {
    all.iter().find(|one| one.number() == number).unwrap_or_else(|| panic!("no number {number}"))
}
