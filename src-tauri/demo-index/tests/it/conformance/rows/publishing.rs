//! Projects, who may see what, and a project's publishers listed, added and removed.

use super::Given::{Sent, SignedIn};
use super::Says::FirstPublisher;
use super::{ADDED, Row, Says, row};

const FIRST: &[(&str, Says)] = &[("publisher_id", FirstPublisher)];

pub(crate) const PUBLISHING: &[Row] = &[
    // Projects, who may see what, and the pieces of a page.
    row("204-projects-few", &[SignedIn]),
    row("212-publishing-maintainer-403", &[SignedIn]),
    row("214-publishing-foreign-project-403", &[SignedIn]),
    row("215-publishing-no-such-project-404", &[SignedIn]),
    row("216-current-user-indicator", &[SignedIn]),
    row("217-session-notifications", &[SignedIn]),
    row("218-flash-empty", &[SignedIn]),
    row("730-404-anonymous", &[]),
    row("731-404-logged-in", &[SignedIn]),
    // The publishing page and adding to it.
    row("301-publishing-empty", &[SignedIn]).listing(),
    row("302-publishing-eleven-publishers", &[SignedIn]).labelling(),
    row("303-publishing-unnormalised-name", &[SignedIn]),
    row("304-publishing-normalised-name", &[SignedIn]),
    row("305-publishing-no-trailing-slash", &[SignedIn]),
    row("306-publishing-archived-project", &[SignedIn]),
    row("307-publishing-prefilled-github", &[SignedIn]).listing(),
    row("310-add-github-303", &[SignedIn]),
    row("311-flash-after-github", ADDED),
    row("312-publishing-after-github", ADDED).listing(),
    row("322-add-github-duplicate", ADDED),
    row(
        "323-flash-duplicate-github",
        &[
            SignedIn,
            Sent("310-add-github-303"),
            Sent("218-flash-empty"),
            Sent("322-add-github-duplicate"),
        ],
    ),
    row("330-add-github-duplicate-other-case", ADDED),
    row("331-add-github-repository-other-case", ADDED),
    row("332-add-github-no-environment-303", ADDED),
    row("333-add-github-same-on-second-project-303", ADDED),
    row("337-add-github-workflow-surrounding-spaces-303", ADDED),
    row("338-add-github-repository-markup", ADDED),
    // Removing.
    row("472-delete-bad-id", ADDED),
    row("473-delete-unknown-id", ADDED),
    row("474-delete-303", ADDED).saying(FIRST),
    row(
        "475-flash-after-delete",
        &[SignedIn, Sent("310-add-github-303"), Sent("218-flash-empty"), Sent("474-delete-303")],
    ),
    row("477-delete-again", ADDED),
    row(
        "478-second-project-still-has-it",
        &[
            SignedIn,
            Sent("310-add-github-303"),
            Sent("333-add-github-same-on-second-project-303"),
            Sent("474-delete-303"),
        ],
    )
    .listing(),
];
