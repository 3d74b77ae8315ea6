//! All that xtask itself prints. A closed pipe (`cargo xtask test | head`) must not turn a run into a panic, so failed writes
//! are let go.

use std::io::{self, Write};

pub(crate) fn line(text: &str) {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).ok();
}

/// What keeps a task from going on.
pub(crate) fn problem(text: &str) {
    writeln!(io::stderr().lock(), "\n{text}").ok();
}
