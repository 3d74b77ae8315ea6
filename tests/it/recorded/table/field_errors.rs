//! What a project's page says under the fields of the form that was sent: the words of every rule and
//! of every look-up that failed.

use trustdesk_domain::Provider;

use super::Expected::Publishing;
use super::{Row, refused};

pub(super) const ROWS: &[Row] = &[
    Row(
        &[338, 408],
        Publishing(9, refused(Provider::Github, &[("repository", &["Invalid repository name"])])),
    ),
    Row(
        &[400],
        Publishing(
            9,
            refused(
                Provider::Github,
                &[
                    ("owner", &["Specify GitHub repository owner (username or organization)"]),
                    ("repository", &["Specify repository name"]),
                    ("workflow_filename", &["Specify workflow filename"]),
                ],
            ),
        ),
    ),
    Row(
        &[401],
        Publishing(
            9,
            refused(Provider::Github, &[("owner", &["Unknown GitHub user or organization."])]),
        ),
    ),
    Row(
        &[402, 403],
        Publishing(
            9,
            refused(Provider::Github, &[("owner", &["Invalid GitHub user or organization name."])]),
        ),
    ),
    Row(
        &[404],
        Publishing(
            9,
            refused(
                Provider::Github,
                &[("owner", &["GitHub has rate-limited this action. Try again in a few minutes."])],
            ),
        ),
    ),
    Row(
        &[405],
        Publishing(
            9,
            refused(Provider::Github, &[("owner", &["Unexpected error from GitHub. Try again."])]),
        ),
    ),
    Row(
        &[406],
        Publishing(
            9,
            refused(
                Provider::Github,
                &[(
                    "owner",
                    &["Unexpected connection error from GitHub. Try again in a few minutes."],
                )],
            ),
        ),
    ),
    Row(
        &[407],
        Publishing(
            9,
            refused(
                Provider::Github,
                &[("owner", &["Unexpected timeout from GitHub. Try again in a few minutes."])],
            ),
        ),
    ),
    Row(
        &[409],
        Publishing(
            9,
            refused(
                Provider::Github,
                &[("workflow_filename", &["Workflow name must end with .yml or .yaml"])],
            ),
        ),
    ),
    Row(
        &[410],
        Publishing(
            9,
            refused(
                Provider::Github,
                &[(
                    "workflow_filename",
                    &["Workflow filename must be a filename only, without directories"],
                )],
            ),
        ),
    ),
    Row(
        &[411],
        Publishing(
            9,
            refused(
                Provider::Github,
                &[("environment", &["Environment name is too long (maximum is 255 characters)"])],
            ),
        ),
    ),
    Row(
        &[412],
        Publishing(
            9,
            refused(
                Provider::Github,
                &[(
                    "environment",
                    &[
                        "Environment name must not contain non-printable characters or the characters \"'\", \"\"\", \"`\", \",\", \";\", \"\\\"",
                    ],
                )],
            ),
        ),
    ),
    Row(
        &[413],
        Publishing(
            9,
            refused(
                Provider::Github,
                &[("environment", &["Environment name may not start with whitespace"])],
            ),
        ),
    ),
    Row(
        &[414],
        Publishing(
            9,
            refused(
                Provider::Github,
                &[("environment", &["Environment name may not end with whitespace"])],
            ),
        ),
    ),
    Row(
        &[415],
        Publishing(
            9,
            refused(
                Provider::Github,
                &[
                    ("owner", &["Invalid GitHub user or organization name."]),
                    ("repository", &["Invalid repository name"]),
                    ("workflow_filename", &["Workflow name must end with .yml or .yaml"]),
                    (
                        "environment",
                        &[
                            "Environment name must not contain non-printable characters or the characters \"'\", \"\"\", \"`\", \",\", \";\", \"\\\"",
                        ],
                    ),
                ],
            ),
        ),
    ),
    Row(
        &[416],
        Publishing(
            9,
            refused(
                Provider::Gitlab,
                &[
                    ("namespace", &["Specify GitLab namespace (username or group/subgroup)"]),
                    ("project", &["Specify project name"]),
                    ("workflow_filepath", &["Specify top-level pipeline file path"]),
                ],
            ),
        ),
    ),
    Row(
        &[417, 418],
        Publishing(
            9,
            refused(
                Provider::Gitlab,
                &[("namespace", &["Invalid GitLab username or group/subgroup name."])],
            ),
        ),
    ),
    Row(
        &[419],
        Publishing(
            9,
            refused(Provider::Gitlab, &[("namespace", &["Name ends with .git or .atom"])]),
        ),
    ),
    Row(
        &[420],
        Publishing(9, refused(Provider::Gitlab, &[("project", &["Invalid project name"])])),
    ),
    Row(
        &[421],
        Publishing(
            9,
            refused(
                Provider::Gitlab,
                &[(
                    "workflow_filepath",
                    &["Top-level pipeline file path cannot start or end with /"],
                )],
            ),
        ),
    ),
    Row(
        &[422],
        Publishing(
            9,
            refused(
                Provider::Gitlab,
                &[(
                    "workflow_filepath",
                    &["Top-level pipeline file path must end with .yml or .yaml"],
                )],
            ),
        ),
    ),
    Row(
        &[423],
        Publishing(9, refused(Provider::Gitlab, &[("environment", &["Invalid environment name"])])),
    ),
    Row(
        &[425],
        Publishing(10, refused(Provider::Google, &[("email", &["This field is required."])])),
    ),
    Row(
        &[426],
        Publishing(10, refused(Provider::Google, &[("email", &["Invalid email address."])])),
    ),
    Row(
        &[428],
        Publishing(
            11,
            refused(
                Provider::Activestate,
                &[
                    ("organization", &["Specify ActiveState organization name"]),
                    ("project", &["Specify ActiveState project name"]),
                    ("actor", &["Specify the ActiveState actor username"]),
                ],
            ),
        ),
    ),
    Row(
        &[429],
        Publishing(
            11,
            refused(
                Provider::Activestate,
                &[("organization", &["ActiveState organization not found"])],
            ),
        ),
    ),
    Row(
        &[430],
        Publishing(
            11,
            refused(Provider::Activestate, &[("actor", &["ActiveState actor not found"])]),
        ),
    ),
    Row(
        &[431],
        Publishing(
            11,
            refused(Provider::Activestate, &[("project", &["Invalid ActiveState project name"])]),
        ),
    ),
    Row(
        &[432],
        Publishing(
            11,
            refused(
                Provider::Activestate,
                &[("project", &["Double dashes are not allowed in the name"])],
            ),
        ),
    ),
    Row(
        &[433],
        Publishing(
            11,
            refused(
                Provider::Activestate,
                &[("project", &["Leading or trailing dashes are not allowed in the name"])],
            ),
        ),
    ),
    Row(
        &[434, 435],
        Publishing(
            11,
            refused(
                Provider::Activestate,
                &[("organization", &["Unexpected error from ActiveState. Try again"])],
            ),
        ),
    ),
    Row(
        &[436],
        Publishing(
            11,
            refused(
                Provider::Activestate,
                &[(
                    "organization",
                    &["Unexpected error from ActiveState. Try again in a few minutes"],
                )],
            ),
        ),
    ),
    Row(
        &[465],
        Publishing(13, refused(Provider::Google, &[("email", &["Invalid email address."])])),
    ),
];
