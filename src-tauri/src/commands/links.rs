//! What may be opened in the browser. The page names a thing, never an address: the address is made
//! here, from a fixed list, from the index on screen and from what is known of its projects.

use serde::Deserialize;
use trustdesk_core::sync::{self, Engine};
use trustdesk_domain::{Fields, Index, Provider, Publisher, PublisherId, normalize_project_name};
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
    match target {
        LinkTarget::Docs { link } => parsed(link.address()),
        LinkTarget::Index => origin(engine).await,
        LinkTarget::Project { project, page } => {
            let (origin, project) = (origin(engine).await?, known_project(engine, &project).await?);
            Ok(of_project(origin, page, &project))
        }
        LinkTarget::Prefilled { project, provider, fields } => {
            let (origin, project) = (origin(engine).await?, known_project(engine, &project).await?);
            prefilled(origin, &project, provider, &fields)
        }
        LinkTarget::Account { page } => {
            let mut address = origin(engine).await?;
            address.set_path(page.path());
            Ok(address)
        }
        LinkTarget::Publisher { project, publisher_id } => {
            let account = engine.account().await?.id;
            let page = engine.store().publishing(account, &project).await;
            let page = page.map_err(sync::Error::from)?.ok_or(sync::Error::NoSuchPublisher)?;
            let id = PublisherId(publisher_id);
            let listed = page.page.publishers.into_iter().find(|listed| listed.id == id);
            let listed = listed.ok_or(sync::Error::NoSuchPublisher)?;
            let index = engine.screen().await?.index.ok_or(sync::Error::NoIndex)?;
            of_publisher(&index, &listed.publisher).ok_or_else(|| IpcError::NotFound {
                message: format!(
                    "Only {} says where this publisher's code is, so it is not opened from here.",
                    index.name
                ),
            })
        }
    }
}

/// The index's own address. A page that was taken over could choose any index, with what it knows in
/// the host's name, so that one that nobody has signed in to is not opened.
async fn origin(engine: &Engine) -> Result<Url, IpcError> {
    let index = engine.screen().await?.index.ok_or(sync::Error::NoIndex)?;
    let is_known = index.is_on_this_computer() || is_pypis(&index) || {
        let account = engine.store().selected_account(&index.key).await;
        account.map_err(sync::Error::from)?.is_some()
    };
    if is_known {
        return Ok(index.origin);
    }
    Err(IpcError::NotFound {
        message: format!(
            "Nobody has signed in to {} here yet, so its pages are not opened. Open {} in your browser \
             yourself.",
            index.name, index.origin
        ),
    })
}

fn is_pypis(index: &Index) -> bool {
    [Index::pypi(), Index::testpypi()].into_iter().flatten().any(|it| it.origin == index.origin)
}

/// The name of a project that the index has listed.
async fn known_project(engine: &Engine, project: &str) -> Result<String, IpcError> {
    let account = engine.account().await?.id;
    let name = normalize_project_name(project);
    let known = engine.store().project(account, &name).await.map_err(sync::Error::from)?;
    Ok(known.ok_or(sync::Error::NoSuchProject)?.project.normalized_name)
}

fn of_project(mut origin: Url, page: ProjectPage, project: &str) -> Url {
    if let Ok(mut path) = origin.path_segments_mut() {
        path.clear().extend(page.segments(project));
    }
    origin
}

/// The index fills the provider's form from the query and warns of it (protocol, section 3).
fn prefilled(
    origin: Url,
    project: &str,
    provider: Provider,
    fields: &Fields,
) -> Result<Url, IpcError> {
    if fields.keys().any(|name| !provider.fields().contains(&name.as_str())) {
        return Err(IpcError::bug("a form has its provider's fields only"));
    }
    let mut address = of_project(origin, ProjectPage::Publishing, project);
    // In the provider's order, whatever the page's was.
    let typed =
        provider.fields().iter().filter_map(|name| Some((*name, fields.get(*name)?.trim())));
    address
        .query_pairs_mut()
        .append_pair("provider", provider.key())
        .extend_pairs(typed.filter(|(_, value)| !value.is_empty()));
    Ok(address)
}

/// Where a publisher's code is, on its provider's own host. Other GitLab instances are the index's
/// word, which only PyPI's own have to be taken at.
pub(super) fn of_publisher(index: &Index, publisher: &Publisher) -> Option<Url> {
    const GITLAB: &str = "https://gitlab.com";
    let (host, names) = match publisher {
        Publisher::Github(it) => {
            ("https://github.com", vec![it.owner.as_str(), it.repository.as_str()])
        }
        Publisher::Gitlab(it) if it.issuer_url == GITLAB || is_pypis(index) => {
            let namespace = it.namespace.split('/');
            (it.issuer_url.as_str(), namespace.chain([it.project.as_str()]).collect())
        }
        Publisher::Gitlab(_)
        | Publisher::Google(_)
        | Publisher::Activestate(_)
        | Publisher::Other { .. } => return None,
    };
    let mut address = parsed(host).ok()?;
    address.path_segments_mut().ok()?.pop_if_empty().extend(names);
    Some(address)
}

/// Only https leads out, whatever an index's page said.
fn parsed(address: &str) -> Result<Url, IpcError> {
    let address = Url::parse(address).ok().filter(|address| address.scheme() == "https");
    address.ok_or_else(|| IpcError::bug("a link is an https address"))
}

#[cfg(test)]
mod tests;
