//! Why a demo index cannot run.

use std::io;
use std::path::PathBuf;

/// Why a demo index cannot run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The loopback port is taken or may not be used.
    #[error("The demo index cannot listen on port {port} of this computer.")]
    Listen {
        /// The port that was asked for; zero is any.
        port: u16,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The state file cannot be read.
    #[error("The demo index cannot read its state file {}: {source}.", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The state file is no state of this version. It is left as it is.
    #[error(
        "The demo index does not understand its state file {}. It was left as it is: \
         move it away to start afresh.",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// The state file cannot be written.
    #[error("The demo index cannot write its state file {}.", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}
