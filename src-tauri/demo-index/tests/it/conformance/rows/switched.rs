//! The administrators' switches: trusted publishing or one provider off, read-only.

use trustdesk_domain::Provider::{Activestate, Github, Gitlab};

use super::Given::{AllDisabled, Disabled, ReadOnly, Sent, SignedIn, Story};
use super::{Row, row};

const NO_GITHUB: &[super::Given] = &[SignedIn, Story, Disabled(Github)];
const NO_GITLAB: &[super::Given] = &[SignedIn, Story, Disabled(Gitlab), Disabled(Activestate)];
const NONE: &[super::Given] = &[SignedIn, Story, AllDisabled];

pub(crate) const SWITCHED: &[Row] = &[
    row("500-publishing-github-disabled", NO_GITHUB),
    row("501-add-github-disabled", NO_GITHUB),
    row(
        "502-flash-github-disabled",
        &[SignedIn, Story, Disabled(Github), Sent("501-add-github-disabled")],
    ),
    row("503-pending-github-disabled", NO_GITHUB),
    row("504-publishing-gitlab-activestate-disabled", NO_GITLAB),
    row("505-add-gitlab-disabled", NO_GITLAB),
    row("506-publishing-all-disabled", NONE),
    row(
        "507-flash-all-disabled",
        &[SignedIn, Story, AllDisabled, Sent("506-publishing-all-disabled")],
    ),
    row("508-add-google-all-disabled", NONE),
    row("509-delete-all-disabled", NONE).listing_others(),
    row("510-pending-all-disabled", NONE),
    row("511-publishing-read-only", &[SignedIn, Story, ReadOnly]),
    row("512-add-google-read-only", &[SignedIn, Story, ReadOnly]),
    row("513-session-notifications-read-only", &[SignedIn, Story, ReadOnly]),
];
