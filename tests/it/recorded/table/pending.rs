//! The account's and an organization's publishing page: pending publishers.

use trustdesk_core::index::pages::FlashKind;
use trustdesk_core::index::{AnswerKind, Destination};
use trustdesk_domain::Provider;

use super::Expected::{Known, Pending, PendingOf, Says};
use super::{ALL, Row, only, refused};

const THREE_PROJECTS: &[&str] = &["full-of-publishers", "no-releases-yet", "sampleproject"];

pub(super) const ROWS: &[Row] = &[
    Row(&[207], PendingOf("acme-org", ALL)),
    Row(&[202, 600], Pending(&[], &[], ALL)),
    Row(&[636], Pending(&[], THREE_PROJECTS, ALL)),
    Row(&[622, 623, 624], Pending(&["New.Project_A"], &[], ALL)),
    // A fourth is refused, and so is the removal of something that is no id.
    Row(&[627, 628, 631], Pending(&["New.Project_A", "new-b", "new-c"], &[], ALL)),
    Row(&[635, 637], Pending(&["new-b", "new-c", "new-d"], &[], ALL)),
    // Somebody else asks to remove one of them, and sees the own page.
    Row(
        &[630],
        Pending(
            &[],
            &[
                "acme-alpha-000",
                "acme-delta-153",
                "acme-gamma-102",
                "acme-lambda-204",
                "beta051",
                "sigma255",
            ],
            ALL,
        ),
    ),
    Row(
        &[503],
        Pending(
            &[],
            THREE_PROJECTS,
            only(&[Provider::Gitlab, Provider::Google, Provider::Activestate]),
        ),
    ),
    Row(&[510], Pending(&[], THREE_PROJECTS, only(&[]))),
    Row(&[620, 625, 626, 632, 634], Known(AnswerKind::Redirect(Destination::Elsewhere))),
    Row(&[619], Known(AnswerKind::NotFound)),
    Row(&[742], Known(AnswerKind::TooMany)),
    Row(
        &[621],
        Says(
            FlashKind::Success,
            "Registered a new pending publisher to create the project 'New.Project_A'.",
            &[],
        ),
    ),
    Row(
        &[629],
        Says(
            FlashKind::Error,
            "You can't register more than 3 pending trusted publishers at once.",
            &[],
        ),
    ),
    Row(
        &[633],
        Says(FlashKind::Success, "Removed trusted publisher for project 'New.Project_A'", &[]),
    ),
    Row(
        &[601],
        Pending(
            &[],
            &[],
            refused(
                Provider::Google,
                &[(
                    "project_name",
                    &[
                        "This project already exists: use the project's publishing settings here to create a Trusted Publisher for it.",
                    ],
                )],
            ),
        ),
    ),
    Row(
        &[602],
        Pending(
            &[],
            &[],
            refused(Provider::Google, &[("project_name", &["This project already exists."])]),
        ),
    ),
    Row(
        &[603, 608],
        Pending(
            &[],
            &[],
            refused(
                Provider::Google,
                &[("project_name", &["This project name is too similar to an existing project"])],
            ),
        ),
    ),
    Row(
        &[604],
        Pending(
            &[],
            &[],
            refused(
                Provider::Google,
                &[(
                    "project_name",
                    &[
                        "This project name isn't allowed (conflict with the Python standard library module name)",
                    ],
                )],
            ),
        ),
    ),
    Row(
        &[605, 607],
        Pending(
            &[],
            &[],
            refused(
                Provider::Google,
                &[("project_name", &["Invalid project name", "Invalid project name"])],
            ),
        ),
    ),
    Row(
        &[606],
        Pending(
            &[],
            &[],
            refused(Provider::Google, &[("project_name", &["Specify project name"])]),
        ),
    ),
    Row(
        &[609],
        Pending(
            &[],
            &[],
            refused(Provider::Google, &[("project_name", &["This project name isn't allowed"])]),
        ),
    ),
    Row(
        &[615],
        Pending(
            &[],
            &[],
            refused(Provider::Github, &[("owner", &["Unknown GitHub user or organization."])]),
        ),
    ),
    Row(
        &[616],
        Pending(
            &[],
            &[],
            refused(
                Provider::Gitlab,
                &[("namespace", &["Invalid GitLab username or group/subgroup name."])],
            ),
        ),
    ),
    Row(
        &[617],
        Pending(
            &[],
            &[],
            refused(Provider::Activestate, &[("actor", &["ActiveState actor not found"])]),
        ),
    ),
    Row(
        &[618],
        Pending(&[], &[], refused(Provider::Google, &[("email", &["Invalid email address."])])),
    ),
];
