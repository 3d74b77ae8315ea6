//! A trusted publisher: who may get release tokens for a project, with the words and the identity
//! that the index gives it. The rules of its fields live beside each provider.

use serde::{Deserialize, Serialize};

use super::{Activestate, Fields, Github, Gitlab, Google, Provider, Verdict};

/// The index's row id, the same on every project that shares the publisher (protocol 3.7).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PublisherId(pub String);

/// A trusted publisher with the fields of its provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "provider")]
pub enum Publisher {
    /// A workflow of GitHub Actions.
    #[serde(rename = "github")]
    Github(Github),
    /// A pipeline of GitLab CI/CD.
    #[serde(rename = "gitlab")]
    Gitlab(Gitlab),
    /// An account of Google Cloud.
    #[serde(rename = "google")]
    Google(Google),
    /// A project on the ActiveState platform.
    #[serde(rename = "activestate")]
    Activestate(Activestate),
    /// One that the index lists and this version does not know in full, of a new provider or with
    /// a line more or less than its provider's: shown, removable, never added.
    #[serde(rename = "other")]
    Other {
        /// The provider as the index spells it; it may be the name of a known one.
        name: String,
        /// What the index says of it.
        details: Vec<Detail>,
    },
}

/// One line of the *Details* column: its label, its value (none reads *(Any)*) and where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// As the index writes it; never translated there.
    pub label: String,
    /// None reads *(Any)*.
    pub value: Option<String>,
    /// The https address it leads to.
    pub link: Option<String>,
}

/// A publisher as the index lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPublisher {
    /// What its removal is asked by.
    pub id: PublisherId,
    /// What it is.
    pub publisher: Publisher,
}

/// What makes two publishers one for the index: its own unique key (architecture, section 5).
/// Only equal identities are proof that a change arrived.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity(Vec<Option<String>>);

impl Publisher {
    /// What a provider's form would register, with the fields as the index would store them.
    #[must_use]
    pub fn from_stored(provider: Provider, verdict: &Verdict) -> Self {
        match provider {
            Provider::Github => Self::Github(Github::from_stored(verdict)),
            Provider::Gitlab => Self::Gitlab(Gitlab::from_stored(verdict)),
            Provider::Google => Self::Google(Google::from_stored(verdict)),
            Provider::Activestate => Self::Activestate(Activestate::from_stored(verdict)),
        }
    }

    /// Its platform, if this version knows it.
    #[must_use]
    pub const fn provider(&self) -> Option<Provider> {
        match self {
            Self::Github(_) => Some(Provider::Github),
            Self::Gitlab(_) => Some(Provider::Gitlab),
            Self::Google(_) => Some(Provider::Google),
            Self::Activestate(_) => Some(Provider::Activestate),
            Self::Other { .. } => None,
        }
    }

    /// The platform's name as the index lists it.
    #[must_use]
    pub fn provider_name(&self) -> &str {
        match self {
            Self::Other { name, .. } => name,
            Self::Github(_) => Provider::Github.name(),
            Self::Gitlab(_) => Provider::Gitlab.name(),
            Self::Google(_) => Provider::Google.name(),
            Self::Activestate(_) => Provider::Activestate.name(),
        }
    }

    /// What the index takes as the same publisher.
    #[must_use]
    pub fn identity(&self) -> Identity {
        let mut parts = match self {
            Self::Github(github) => github.identity(),
            Self::Gitlab(gitlab) => gitlab.identity(),
            Self::Google(google) => google.identity(),
            Self::Activestate(activestate) => activestate.identity(),
            Self::Other { details, .. } => {
                let label_and_value =
                    |line: &Detail| [Some(line.label.clone()), line.value.clone()];
                details.iter().flat_map(label_and_value).collect()
            }
        };
        parts.insert(0, Some(self.provider_name().to_owned()));
        // What is not known in full is never what is: a line that nobody here understands may limit
        // it. A known provider's identity begins with its name.
        if self.provider().is_none() {
            parts.insert(0, None);
        }
        Identity(parts)
    }

    /// Whether any environment or account of the platform will do: a real risk worth amber.
    #[must_use]
    pub const fn takes_any_environment(&self) -> bool {
        match self {
            Self::Github(github) => github.environment.is_none(),
            Self::Gitlab(gitlab) => gitlab.environment.is_none(),
            Self::Google(_) | Self::Activestate(_) | Self::Other { .. } => false,
        }
    }

    /// The lines of the *Details* column, labelled as the index labels them.
    #[must_use]
    pub fn details(&self) -> Vec<Detail> {
        match self {
            Self::Github(github) => github.details(),
            Self::Gitlab(gitlab) => gitlab.details(),
            Self::Google(google) => google.details(),
            Self::Activestate(activestate) => activestate.details(),
            Self::Other { details, .. } => details.clone(),
        }
    }

    /// What its provider's form is filled in with, every field of it, empty ones too. A provider
    /// that this version does not know has no form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let fields = match self {
            Self::Github(github) => github.fields(),
            Self::Gitlab(gitlab) => gitlab.fields(),
            Self::Google(google) => google.fields(),
            Self::Activestate(activestate) => activestate.fields(),
            Self::Other { .. } => Vec::new(),
        };
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Who it is, in one breath: "release.yml in octo-org/sampleproject". Of one that is not known in
    /// full, all that the index says of it.
    #[must_use]
    pub fn subject(&self) -> String {
        match self {
            Self::Github(github) => github.subject(),
            Self::Gitlab(gitlab) => gitlab.subject(),
            Self::Google(google) => google.subject(),
            Self::Activestate(activestate) => activestate.subject(),
            Self::Other { details, .. } => said(details),
        }
    }

    /// The subject and what limits it: "release.yml in octo-org/sampleproject, environment pypi".
    #[must_use]
    pub fn line(&self) -> String {
        let subject = self.subject();
        let environment = |environment: Option<&String>| match environment {
            Some(environment) => format!("{subject}, environment {environment}"),
            None => format!("{subject}, any environment"),
        };
        match self {
            Self::Github(github) => environment(github.environment.as_ref()),
            Self::Gitlab(gitlab) => environment(gitlab.environment.as_ref()),
            Self::Google(Google { sub: Some(sub), .. }) => format!("{subject}, subject {sub}"),
            Self::Google(_) | Self::Activestate(_) | Self::Other { .. } => subject,
        }
    }
}

/// Everything that a row says of a publisher, in one line.
fn said(details: &[Detail]) -> String {
    let said = details.iter().map(|detail| {
        let value = detail.value.as_deref().unwrap_or("(Any)");
        let label = Some(detail.label.as_str()).filter(|label| !label.is_empty());
        label.map_or_else(|| value.to_owned(), |label| format!("{label}: {value}"))
    });
    let said = said.collect::<Vec<_>>().join(", ");
    if said.is_empty() { "(no details)".to_owned() } else { said }
}

impl Detail {
    /// A line that leads nowhere.
    #[must_use]
    pub fn new(label: &str, value: Option<&str>) -> Self {
        Self { label: label.to_owned(), value: value.map(str::to_owned), link: None }
    }

    /// A line that leads to the thing it names.
    #[must_use]
    pub fn linked(label: &str, value: &str, link: String) -> Self {
        Self { label: label.to_owned(), value: Some(value.to_owned()), link: Some(link) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn github(owner: &str, repository: &str, environment: Option<&str>) -> Publisher {
        Publisher::Github(Github {
            owner: owner.to_owned(),
            repository: repository.to_owned(),
            workflow_filename: "release.yml".to_owned(),
            environment: environment.map(str::to_owned),
        })
    }

    fn other(name: &str, lines: &[(&str, Option<&str>)]) -> Publisher {
        let details = lines.iter().map(|(label, value)| Detail::new(label, *value)).collect();
        Publisher::Other { name: name.to_owned(), details }
    }

    #[test]
    fn publisher_that_is_not_known_in_full_equals_only_the_same_text() {
        let known = github("octo-org", "demo", Some("pypi"));
        let line = |value| [("Repository", Some("octo-org/demo")), ("Context", value)];
        let unknown = other("CircleCI", &line(Some("release")));
        assert_eq!(unknown.identity(), other("CircleCI", &line(Some("release"))).identity());
        for different in [
            other("CircleCI", &line(Some("Release"))),
            other("CircleCI", &line(Some("release "))),
            other("CircleCI", &line(None)),
            other("CircleCI", &[("Repository", Some("octo-org/demo"))]),
            other("CircleCI", &[("Project", Some("octo-org/demo")), ("Context", Some("release"))]),
            other("Circle", &line(Some("release"))),
        ] {
            assert_ne!(unknown.identity(), different.identity(), "{different:?}");
        }
        let Identity(parts) = known.identity();
        let values = parts[1..].iter().map(|value| ("", value.as_deref()));
        let imitation = other("GitHub", &values.collect::<Vec<_>>());
        assert_ne!(known.identity(), imitation.identity(), "the same values are no proof");
    }

    #[test]
    fn line_of_a_publisher_that_is_not_known_in_full_has_every_label_and_value() {
        let unknown = other("CircleCI", &[("Project ID", Some("a1")), ("Context", None)]);
        assert_eq!(unknown.line(), "Project ID: a1, Context: (Any)");
        assert_eq!(other("CircleCI", &[("", Some("a1"))]).line(), "a1");
        assert_eq!(other("CircleCI", &[]).line(), "(no details)");
    }

    #[test]
    fn owner_is_the_same_in_any_case_and_nothing_else_is() {
        let publisher = github("octo-org", "demo", Some("pypi"));
        assert_eq!(publisher.identity(), github("Octo-Org", "demo", Some("pypi")).identity());
        for environment in ["PyPI", "\u{a0}pypi", "pypi ", ""] {
            let stored = github("octo-org", "demo", Some(environment));
            assert_ne!(publisher.identity(), stored.identity(), "{environment:?} as it is stored");
        }
        assert_ne!(publisher.identity(), github("octo-org", "Demo", Some("pypi")).identity());
        assert_ne!(
            publisher.identity(),
            github("octo-org", "demo", None).identity(),
            "any environment is a value of its own"
        );
    }

    #[test]
    fn a_publisher_is_kept_with_its_providers_own_field_names() {
        let text = serde_json::to_string(&github("o", "r", None)).expect("serializes");
        assert_eq!(
            text,
            r#"{"provider":"github","owner":"o","repository":"r","workflow_filename":"release.yml","environment":null}"#
        );
    }

    #[test]
    fn the_line_names_what_limits_a_publisher() {
        assert_eq!(
            github("octo-org", "demo", Some("pypi")).line(),
            "release.yml in octo-org/demo, environment pypi"
        );
        assert_eq!(
            github("octo-org", "demo", None).line(),
            "release.yml in octo-org/demo, any environment"
        );
    }
}
