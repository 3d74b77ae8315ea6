//! Projects, who may see what, and the pieces of a page.

use super::Given::{LeftEverything, SignedIn};
use super::{Row, row};

pub(crate) const PROJECTS: &[Row] = &[
    row("201-projects-empty", &[SignedIn, LeftEverything]),
    row("202-pending-empty-no-projects", &[SignedIn, LeftEverything]),
    row("204-projects-few", &[SignedIn]),
    row("207-organization-publishing", &[SignedIn]),
    row("212-publishing-maintainer-403", &[SignedIn]),
    row("213-add-maintainer-403", &[SignedIn]),
    row("214-publishing-foreign-project-403", &[SignedIn]),
    row("215-publishing-no-such-project-404", &[SignedIn]),
    row("216-current-user-indicator", &[SignedIn]),
    row("217-session-notifications", &[SignedIn]),
    row("218-flash-empty", &[SignedIn]),
    row("219-releases-page", &[SignedIn]),
    row("220-settings-page", &[SignedIn]),
];
