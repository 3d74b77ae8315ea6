//! The later recordings: values with white space around them, read-only mode, trusted publishing
//! switched off, a quarantined project, publishers that two projects share, and a security key.

use super::Given::{AllAdded, FlashesRead, PublishingDisabled, ReadOnly, Sent, SignedIn};
use super::Says::Text;
use super::{Given, Row, row};

const LISTED: Given = AllAdded("802-publishing-values-with-outer-blanks");
const VALUES: &[Given] = &[SignedIn, LISTED, FlashesRead];
const TAKES_NOTHING: &[Given] = &[SignedIn, LISTED, FlashesRead, ReadOnly];
const SWITCHED_OFF: &[Given] = &[SignedIn, LISTED, FlashesRead, PublishingDisabled];
const SHARED: &[Given] = &[
    SignedIn,
    AllAdded("820-publishing-shared-row"),
    AllAdded("821-publishing-shared-row-sibling"),
];

pub(crate) const LATER: &[Row] = &[
    row("801-add-github-environment-leading-nbsp-303", &[SignedIn]),
    row("802-publishing-values-with-outer-blanks", VALUES),
    row("803-publishing-read-only-banner", TAKES_NOTHING),
    row("804-projects-read-only-banner", &[SignedIn, ReadOnly]),
    row("805-add-read-only-303", TAKES_NOTHING),
    row(
        "807-publishing-after-read-only-add",
        &[SignedIn, LISTED, ReadOnly, Sent("805-add-read-only-303")],
    ),
    row("808-remove-read-only", TAKES_NOTHING),
    row(
        "809-flash-after-read-only-remove",
        &[SignedIn, LISTED, FlashesRead, ReadOnly, Sent("808-remove-read-only")],
    ),
    row("810-publishing-disallow-oidc", SWITCHED_OFF),
    row("811-remove-disallow-oidc", SWITCHED_OFF),
    row(
        "812-flash-after-remove-disallow-oidc",
        &[
            SignedIn,
            LISTED,
            FlashesRead,
            PublishingDisabled,
            Sent("810-publishing-disallow-oidc"),
            Sent("811-remove-disallow-oidc"),
        ],
    ),
    row("813-add-disallow-oidc", SWITCHED_OFF),
    row(
        "814-flash-after-add-disallow-oidc",
        &[SignedIn, LISTED, FlashesRead, PublishingDisabled, Sent("813-add-disallow-oidc")],
    ),
    row("815-publishing-quarantined-403", &[SignedIn]),
    row("816-history-quarantined", &[SignedIn]),
    row("817-history-after-adds", VALUES),
    row("818-account-publishing-alice", &[SignedIn]).listing_others(),
    row("819-current-user-indicator", &[SignedIn]),
    row("820-publishing-shared-row", SHARED),
    row("821-publishing-shared-row-sibling", SHARED),
    row("830-login-ok-303-webauthn-only", &[]).saying(&[("username", Text("security-key"))]),
];
