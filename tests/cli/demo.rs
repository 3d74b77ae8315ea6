//! A demo index in the test's process, on threads of its own: the test waits for the program.

use std::ops::Deref;

use tokio::runtime::Runtime;
use trustdesk_demo_index::{DemoIndex, Options};

/// A running demo index.
pub(crate) struct Demo {
    index: DemoIndex,
    /// Serves it.
    _runtime: Runtime,
}

impl Demo {
    pub(crate) fn start() -> Self {
        Self::with_projects(0)
    }

    /// With so many more projects.
    pub(crate) fn with_projects(projects: usize) -> Self {
        let runtime = Runtime::new().expect("threads");
        let options = Options { projects, ..Options::default() };
        let index = runtime.block_on(DemoIndex::start(options)).expect("it starts");
        Self { index, _runtime: runtime }
    }

    /// Its address as it is typed.
    pub(crate) fn address(&self) -> String {
        self.origin().as_str().trim_end_matches('/').to_owned()
    }

    /// The code that the authenticator shows now. It is taken once.
    pub(crate) fn code(&self) -> String {
        self.account().code.code
    }
}

impl Deref for Demo {
    type Target = DemoIndex;

    fn deref(&self) -> &DemoIndex {
        &self.index
    }
}
