//! What may be opened in the browser. The page names a thing, never an address: the address is made
//! here, from a fixed list, from the index on screen or from a publisher that was read.

use serde::Deserialize;
use trustdesk_core::domain::{Fields, Provider, PublisherId};
use trustdesk_core::sync;
use ts_rs::TS;
use url::Url;

use crate::error::IpcError;
use crate::state::AppState;

#[derive(Debug, Deserialize, TS)]
pub(crate) struct OpenLink {
    target: LinkTarget,
}

#[derive(Debug, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum LinkTarget {
    Docs {
        link: DocsLink,
    },
    Project {
        project: String,
        page: ProjectPage,
    },
    Publisher {
        project: String,
        publisher_id: String,
    },
    /// The index's own form, filled with what is typed here.
    Prefilled {
        project: String,
        provider: Provider,
        fields: Fields,
    },
    Account {
        page: AccountPage,
    },
    Index,
}

#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DocsLink {
    TrustedPublishers,
    AddingAPublisher,
    UsingAPublisher,
    SecurityModel,
    Troubleshooting,
    GithubOidc,
    GithubEnvironments,
    GitlabIdTokens,
    GitlabEnvironments,
    GoogleServiceAccounts,
    GoogleDefaultAccounts,
    GoogleTokenContents,
    ActivestatePypi,
}

#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProjectPage {
    Releases,
    Collaboration,
    History,
    Publishing,
    Settings,
    Public,
}

/// Where an account is put in order (protocol, section 7).
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AccountPage {
    Account,
    TwoFactor,
    ResetPassword,
    Terms,
}

impl AccountPage {
    const fn path(self) -> &'static str {
        match self {
            Self::Account => "/manage/account/",
            Self::TwoFactor => "/manage/account/two-factor/",
            Self::ResetPassword => "/account/request-password-reset/",
            Self::Terms => "/account/view-terms-of-service/",
        }
    }
}

impl DocsLink {
    const fn address(self) -> &'static str {
        match self {
            Self::TrustedPublishers => "https://docs.pypi.org/trusted-publishers/",
            Self::AddingAPublisher => {
                "https://docs.pypi.org/trusted-publishers/adding-a-publisher/"
            }
            Self::UsingAPublisher => "https://docs.pypi.org/trusted-publishers/using-a-publisher/",
            Self::SecurityModel => "https://docs.pypi.org/trusted-publishers/security-model/",
            Self::Troubleshooting => "https://docs.pypi.org/trusted-publishers/troubleshooting/",
            Self::GithubOidc => {
                "https://docs.github.com/en/actions/deployment/security-hardening-your-deployments/\
                 about-security-hardening-with-openid-connect"
            }
            Self::GithubEnvironments => {
                "https://docs.github.com/en/actions/deployment/targeting-different-environments/\
                 using-environments-for-deployment"
            }
            Self::GitlabIdTokens => {
                "https://docs.gitlab.com/ee/ci/secrets/id_token_authentication.html"
            }
            Self::GitlabEnvironments => "https://docs.gitlab.com/ee/ci/environments/",
            Self::GoogleServiceAccounts => {
                "https://cloud.google.com/iam/docs/service-account-overview"
            }
            Self::GoogleDefaultAccounts => {
                "https://cloud.google.com/iam/docs/service-account-types#default"
            }
            Self::GoogleTokenContents => {
                "https://cloud.google.com/docs/authentication/token-types#id-contents"
            }
            Self::ActivestatePypi => "https://docs.activestate.com/platform/start/pypi/",
        }
    }
}

impl ProjectPage {
    /// The segments of its path for a project.
    fn segments(self, project: &str) -> Vec<&str> {
        match self {
            Self::Releases => vec!["manage", "project", project, "releases", ""],
            Self::Collaboration => vec!["manage", "project", project, "collaboration", ""],
            Self::History => vec!["manage", "project", project, "history", ""],
            Self::Publishing => vec!["manage", "project", project, "settings", "publishing", ""],
            Self::Settings => vec!["manage", "project", project, "settings", ""],
            Self::Public => vec!["project", project, ""],
        }
    }
}

pub(crate) async fn open_link(state: &AppState, input: OpenLink) -> Result<(), IpcError> {
    let address = address(state, input.target).await?;
    let opened =
        tauri::async_runtime::spawn_blocking(move || open::that_detached(address.as_str()));
    match opened.await {
        Ok(Ok(())) => Ok(()),
        _ => Err(IpcError::NotFound {
            message: "No browser could be opened on this computer.".to_owned(),
        }),
    }
}

async fn address(state: &AppState, target: LinkTarget) -> Result<Url, IpcError> {
    let engine = state.engine().await?;
    let origin = || async {
        let index = engine.screen().await?.index.ok_or(sync::Error::NoIndex)?;
        Ok::<Url, sync::Error>(index.origin)
    };
    match target {
        LinkTarget::Docs { link } => parsed(link.address()),
        LinkTarget::Index => Ok(origin().await?),
        LinkTarget::Project { project, page } => Ok(of_project(origin().await?, page, &project)),
        LinkTarget::Prefilled { project, provider, fields } => {
            Ok(prefilled(origin().await?, &project, provider, &fields))
        }
        LinkTarget::Account { page } => {
            let mut address = origin().await?;
            address.set_path(page.path());
            Ok(address)
        }
        LinkTarget::Publisher { project, publisher_id } => {
            let account = engine.account().await?.id;
            let page = engine.store().publishing(account, &project).await;
            let page = page.map_err(sync::Error::from)?.ok_or(sync::Error::NoSuchPublisher)?;
            let id = PublisherId(publisher_id);
            let listed = page.page.publishers.into_iter().find(|listed| listed.id == id);
            let details = listed.ok_or(sync::Error::NoSuchPublisher)?.publisher.details();
            let link = details.into_iter().find_map(|detail| detail.link);
            parsed(&link.ok_or(sync::Error::NoSuchPublisher)?)
        }
    }
}

fn of_project(mut origin: Url, page: ProjectPage, project: &str) -> Url {
    if let Ok(mut path) = origin.path_segments_mut() {
        path.clear().extend(page.segments(project));
    }
    origin
}

/// The index fills the provider's form from the query and warns of it (protocol, section 3).
fn prefilled(origin: Url, project: &str, provider: Provider, fields: &Fields) -> Url {
    let mut address = of_project(origin, ProjectPage::Publishing, project);
    let typed = fields.iter().filter(|(_, value)| !value.trim().is_empty());
    address
        .query_pairs_mut()
        .append_pair("provider", provider.key())
        .extend_pairs(typed.map(|(name, value)| (name, value.trim())));
    address
}

/// Only https leads out, whatever an index's page said.
fn parsed(address: &str) -> Result<Url, IpcError> {
    let address = Url::parse(address).ok().filter(|address| address.scheme() == "https");
    address.ok_or_else(|| IpcError::bug("a link is an https address"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_leads_out() {
        for address in ["file:///etc/passwd", "javascript:alert(1)", "http://github.com", "smb://x"]
        {
            assert!(parsed(address).is_err(), "{address}");
        }
        assert!(parsed(DocsLink::GithubOidc.address()).is_ok());
    }

    #[test]
    fn a_projects_name_stays_one_segment_of_the_path() {
        let origin = Url::parse("https://pypi.org/").expect("an address");
        let address = of_project(origin, ProjectPage::Releases, "../../evil?x#y");
        assert_eq!(
            address.as_str(),
            "https://pypi.org/manage/project/..%2F..%2Fevil%3Fx%23y/releases/"
        );
    }
    #[test]
    fn a_prefilled_form_carries_what_is_typed_and_nothing_empty() {
        let origin = Url::parse("https://pypi.org/").expect("an address");
        let typed = [("owner", " octo-org "), ("repository", "a&b=c"), ("environment", "")];
        let fields = typed.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let address = prefilled(origin, "demo", Provider::Github, &fields);
        assert_eq!(
            address.as_str(),
            "https://pypi.org/manage/project/demo/settings/publishing/\
             ?provider=github&owner=octo-org&repository=a%26b%3Dc"
        );
    }
}
