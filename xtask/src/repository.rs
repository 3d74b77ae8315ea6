//! Where things lie in this repository.

use std::env;
use std::path::{Path, PathBuf};

pub(crate) struct Repository {
    pub(crate) root: PathBuf,
}

impl Repository {
    /// The repository that this xtask was compiled in: `cargo xtask` works from every folder below it.
    pub(crate) fn of_this_build() -> Self {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self { root: xtask.parent().unwrap_or(xtask).to_path_buf() }
    }

    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// Where cargo puts what it builds; a relative CARGO_TARGET_DIR counts from the folder the children run in.
    pub(crate) fn target(&self) -> PathBuf {
        self.root.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
    }

    /// A program of the workspace, as built with `profile`.
    pub(crate) fn built(&self, profile: &str, program: &str) -> PathBuf {
        self.target().join(profile).join(format!("{program}{}", env::consts::EXE_SUFFIX))
    }

    /// Where the output of a step is kept after the run.
    pub(crate) fn log(&self, step: &str) -> PathBuf {
        self.target().join("xtask").join(format!("{step}.log"))
    }
}
