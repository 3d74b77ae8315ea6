//! How a demo index is started.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::{Now, SystemNow};

/// How a demo index is started. The default one lives in memory, on any free port.
#[derive(Clone)]
pub struct Options {
    /// Where its state is kept; none keeps it in memory only.
    pub state_file: Option<PathBuf>,
    /// Zero takes any free port.
    pub port: u16,
    /// How many generated projects to have beside the seeded ones.
    pub projects: usize,
    /// Whether a POST must name this index as its Origin or Referer, as Warehouse asks over https.
    pub strict_origin: bool,
    /// Whether it stands behind something that ends https for it: its addresses then begin with
    /// `https`, its cookies are secure, and origins are checked.
    pub behind_https: bool,
    /// What tells it the time.
    pub clock: Arc<dyn Now>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            state_file: None,
            port: 0,
            projects: 0,
            strict_origin: false,
            behind_https: false,
            clock: Arc::new(SystemNow),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("state_file", &self.state_file)
            .field("port", &self.port)
            .field("projects", &self.projects)
            .field("strict_origin", &self.strict_origin)
            .field("behind_https", &self.behind_https)
            .finish_non_exhaustive()
    }
}
