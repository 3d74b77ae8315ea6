//! The programs of this workspace, for tests that run one.

use std::path::{Path, PathBuf};

/// A program beside the folder of the test itself.
///
/// # Panics
/// It is not built: cargo builds the programs of one package only for that package's own tests.
#[must_use]
pub fn built(name: &str) -> PathBuf {
    let this = std::env::current_exe().expect("a path");
    let folder = this.parent().and_then(Path::parent).expect("target/debug");
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{} is not built: cargo build --workspace", program.display());
    program
}
