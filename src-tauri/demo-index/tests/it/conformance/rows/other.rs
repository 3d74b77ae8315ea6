//! What is not there, what was tried too often, and a database that is gone.

use super::Given::{AddsLocked, DatabaseDown, SignedIn, Story};
use super::{Row, row};

const LOCKED: &[super::Given] = &[SignedIn, AddsLocked];
const DOWN: &[super::Given] = &[SignedIn, DatabaseDown];

pub(crate) const OTHER: &[Row] = &[
    row("730-404-anonymous", &[]),
    row("731-404-logged-in", &[SignedIn]),
    row("732-404-accept-json", &[SignedIn]),
    row("740-add-429", LOCKED),
    row("741-add-429-accept-json", LOCKED),
    row("742-pending-429", LOCKED),
    row("743-publishing-while-limited", LOCKED).listing_others(),
    row("744-add-429-other-user-same-ip", &[SignedIn, Story, AddsLocked]),
    row("760-publishing-database-down", DOWN),
    row("761-publishing-database-down", DOWN),
    row("762-add-database-down", DOWN),
    row("763-login-get-database-down", &[DatabaseDown]),
];
