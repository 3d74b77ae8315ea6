//! The later recordings, 801 to 835: values with white space around them, an index that takes nothing,
//! a quarantined project, publishers that projects share, and signing in with a security key.

use trustdesk_core::index::pages::FlashKind;
use trustdesk_core::index::{AnswerKind, Destination};

use super::Expected::{
    History, Known, Pending, Projects, Publishing, PublishingProjects, SaysAll, SecurityKey, WhoAmI,
};
use super::{ALL, Row, only};

const ADDED: (FlashKind, &str) =
    (FlashKind::Success, "Added release.yml in https://github.com/octo-org/demo to bare-project");
const DISABLED: (FlashKind, &str) = (
    FlashKind::Error,
    "Trusted publishing is temporarily disabled. See https://pypi.org/help#admin-intervention for \
     details.",
);

pub(super) const ROWS: &[Row] = &[
    // Posted and taken; 805 and 808, of an index in read-only mode, only seemingly.
    Row(&[801, 805, 808], Known(AnswerKind::Redirect(Destination::Elsewhere))),
    Row(&[802, 803, 807], Publishing(6, ALL)),
    Row(&[804], Projects { active: 13, archived: 1, manageable: 12 }),
    Row(
        &[806],
        SaysAll(&[
            (FlashKind::Error, "The trusted publisher could not be registered"),
            (FlashKind::Plain, "Please review our updated Terms of Service."),
            ADDED,
            ADDED,
            (
                FlashKind::Success,
                "Added a.yaml, b.yaml in https://github.com/octo-org/demo to bare-project",
            ),
            ADDED,
            ADDED,
            (
                FlashKind::Success,
                "Added .gitlab-ci.yml in https://gitlab.com/group/spaced to bare-project",
            ),
            ADDED,
        ]),
    ),
    Row(
        &[809],
        SaysAll(&[(FlashKind::Success, "Removed trusted publisher for project 'bare-project'")]),
    ),
    // All of trusted publishing is switched off: listed, and nothing can be done.
    Row(&[810, 811, 813], Publishing(6, only(&[]))),
    Row(&[812], SaysAll(&[DISABLED, DISABLED])),
    Row(
        &[814],
        SaysAll(&[(
            FlashKind::Error,
            "GitHub-based trusted publishing is temporarily disabled. See \
             https://pypi.org/help#admin-intervention for details.",
        )]),
    ),
    Row(&[815], Known(AnswerKind::Forbidden)),
    Row(&[816], History(0)),
    Row(&[817], History(6)),
    Row(
        &[818],
        Pending(
            &[],
            &[
                "bare-project",
                "bob-toolkit",
                "full-of-publishers",
                "gitlab-tools",
                "google-builder",
                "harbor-client",
                "harbor-common",
                "harbor-server",
                "mixed-case-name",
            ],
            ALL,
        ),
    ),
    Row(&[819], WhoAmI("alice")),
    Row(&[820], Publishing(2, ALL)),
    Row(&[821], Publishing(1, ALL)),
    Row(&[822], PublishingProjects(100)),
    Row(&[830], Known(AnswerKind::Redirect(Destination::TwoFactor))),
    Row(&[831], SecurityKey),
    // What a key is asked and what it answered goes as JSON, which is no page of an index.
    Row(&[832, 833, 834], Known(AnswerKind::Foreign)),
    Row(&[835], Projects { active: 1, archived: 0, manageable: 1 }),
];
