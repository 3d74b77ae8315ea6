//! The core of Trustdesk: how it speaks to an index, what it keeps on disk and how the two are brought
//! together. No window, no Tauri: it runs the same under the desktop shell, the command line and the
//! tests.
//!
//! Who may use whom is a table in `ARCHITECTURE.md`; `tests/it/rooms.rs` keeps it true.
#![warn(missing_docs)]

pub mod clock;
pub mod index;
pub mod process;
pub mod secrets;
pub mod store;
pub mod sync;
