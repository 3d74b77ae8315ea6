//! What the tour types into the tabs besides GitHub's: one mistake that the tab tells at once, and
//! what becomes of it when it is mended.

/// One tab's part of the tour.
pub(crate) struct Tab {
    /// As in the ids of the page.
    pub(crate) provider: &'static str,
    /// Field and text, with one mistake.
    pub(crate) typed: &'static [(&'static str, &'static str)],
    /// The field with the mistake, what is said of it, and the text that mends it.
    pub(crate) wrong: (&'static str, &'static str, &'static str),
    /// The preview of what would be registered.
    pub(crate) line: &'static str,
    /// Who can get tokens from then on.
    pub(crate) subject: &'static str,
    /// What the new row shows.
    pub(crate) listed: &'static str,
}

pub(crate) const TABS: [Tab; 3] = [
    Tab {
        provider: "gitlab",
        typed: &[
            ("namespace", "harbor-works/tools"),
            ("project", "sampleproject"),
            ("workflow_filepath", "/.gitlab-ci.yml"),
            ("environment", "release"),
        ],
        wrong: (
            "workflow_filepath",
            "Top-level pipeline file path cannot start or end with /",
            ".gitlab-ci.yml",
        ),
        line: ".gitlab-ci.yml in harbor-works/tools/sampleproject, environment release",
        subject: ".gitlab-ci.yml in harbor-works/tools/sampleproject",
        listed: "https://gitlab.com",
    },
    Tab {
        provider: "google",
        typed: &[("email", "publisher@harbor-works"), ("sub", "108234567890123456789")],
        wrong: ("email", "Invalid email address.", "42-compute@developer.gserviceaccount.com"),
        line: "42-compute@developer.gserviceaccount.com, subject 108234567890123456789",
        subject: "42-compute@developer.gserviceaccount.com",
        listed: "108234567890123456789",
    },
    Tab {
        provider: "activestate",
        typed: &[
            ("organization", "Tidepool Labs"),
            ("project", "sample--project"),
            ("actor", "mara-lind"),
        ],
        wrong: ("project", "Double dashes are not allowed in the name", "sample-project"),
        line: "mara-lind in Tidepool Labs/sample-project",
        subject: "mara-lind in Tidepool Labs/sample-project",
        listed: "mara",
    },
];
