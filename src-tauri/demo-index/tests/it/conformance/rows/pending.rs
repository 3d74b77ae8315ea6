//! Pending publishers asked for, refused and taken back.

use super::Given::{FlashesRead, LeftEverything, PendingStory, Sent, SignedIn, Story};
use super::{Row, Says, row};

/// The changes to the pending publishers, in their order, which is that of their names.
pub(crate) const PENDING_STORY: &[&str] = &[
    "620-pending-add-github-303",
    "625-pending-add-gitlab-303",
    "626-pending-add-google-303",
    "632-pending-delete-303",
    "634-pending-add-activestate-303",
];

const TOLD: &[super::Given] = &[SignedIn, PendingStory];
/// `sampleproject` was somebody else's there and is the account's own here.
const OTHERS_PROJECT: &[(&str, Says)] = &[("project_name", Says::Text("driftwood"))];
const OWN_PROJECT: &[(&str, Says)] = &[("project_name", Says::Text("tidepool"))];

pub(crate) const PENDING: &[Row] = &[
    row("600-pending-empty", &[SignedIn, LeftEverything]),
    row("601-pending-error-existing-own", TOLD).saying(OWN_PROJECT),
    row("602-pending-error-existing-other", TOLD).saying(OTHERS_PROJECT),
    row("603-pending-error-similar", TOLD),
    row("604-pending-error-stdlib", TOLD),
    row("605-pending-error-invalid", TOLD),
    row("606-pending-error-empty", TOLD),
    row("607-pending-error-leading-dash", TOLD),
    row("608-pending-error-existing-other-normalised", TOLD),
    row("609-pending-error-prohibited", TOLD),
    row("615-pending-error-github-owner-unknown", TOLD),
    row("616-pending-error-gitlab-namespace", TOLD),
    row("617-pending-error-activestate-actor", TOLD),
    row("618-pending-error-google-email", TOLD),
    row("619-pending-no-project-name-field", TOLD),
    row("620-pending-add-github-303", TOLD),
    row("621-flash-pending-github", &[SignedIn, Sent("620-pending-add-github-303")]),
    row("622-pending-one", TOLD),
    row("623-pending-duplicate", TOLD),
    row("624-pending-same-publisher-other-project", TOLD),
    row("625-pending-add-gitlab-303", TOLD),
    row("626-pending-add-google-303", TOLD),
    row("627-pending-three", TOLD),
    row("628-pending-fourth-refused", TOLD),
    row("629-flash-pending-fourth", &[SignedIn, PendingStory, Sent("628-pending-fourth-refused")]),
    row("630-pending-delete-someone-elses", &[SignedIn]).listing_others(),
    row("631-pending-delete-bad-id", TOLD),
    row("632-pending-delete-303", TOLD),
    row(
        "633-flash-pending-deleted",
        &[
            SignedIn,
            Sent("620-pending-add-github-303"),
            FlashesRead,
            Sent("632-pending-delete-303"),
        ],
    ),
    row("634-pending-add-activestate-303", TOLD),
    row("635-pending-three-after-activestate", TOLD),
    row("636-pending-page-lists-projects-with-publishers", &[SignedIn, Story]),
    row("637-pending-prefill-query", TOLD),
];
