//! The platforms that an index can trust.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A platform whose workflows or accounts can be trusted publishers, in the index's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub enum Provider {
    /// GitHub Actions.
    #[serde(rename = "github")]
    Github,
    /// GitLab CI/CD.
    #[serde(rename = "gitlab")]
    Gitlab,
    /// Google Cloud.
    #[serde(rename = "google")]
    Google,
    /// The ActiveState platform.
    #[serde(rename = "activestate")]
    Activestate,
}

impl Provider {
    /// All of them, in the order of the index's tabs.
    pub const ALL: [Self; 4] = [Self::Github, Self::Gitlab, Self::Google, Self::Activestate];

    /// The word in forms, addresses and the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Google => "google",
            Self::Activestate => "activestate",
        }
    }

    /// The name in the index's list; the index never translates it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Github => "GitHub",
            Self::Gitlab => "GitLab",
            Self::Google => "Google",
            Self::Activestate => "ActiveState",
        }
    }

    /// The name of its tab.
    #[must_use]
    pub const fn tab(self) -> &'static str {
        match self {
            Self::Github => "GitHub Actions",
            Self::Gitlab => "GitLab CI/CD",
            Self::Google => "Google Cloud",
            Self::Activestate => "ActiveState",
        }
    }

    /// The fields of its form, every one of which must be sent, empty or not (protocol 3.1).
    #[must_use]
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Github => &["owner", "repository", "workflow_filename", "environment"],
            Self::Gitlab => {
                &["namespace", "project", "workflow_filepath", "environment", "issuer_url"]
            }
            Self::Google => &["email", "sub"],
            Self::Activestate => &["organization", "project", "actor"],
        }
    }
}
