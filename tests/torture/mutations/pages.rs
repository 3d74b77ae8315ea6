//! The pages that the core reads, taken from the demo index as the core asks for them, and from the
//! recordings where there are any; and what is read from each.

use secrecy::SecretString;
use trustdesk_core::index::pages::{self, PageKind};
use trustdesk_core::index::{Answer, AnswerKind};
use trustdesk_demo_index::{PASSWORD, RECOVERY_CODES, USERNAME};
use trustdesk_domain::{
    Activestate, Github, Gitlab, Google, ListedPublisher, Project, Publisher, PublishingPage,
};

use crate::desk::{self, Desk, PROJECT, fields};
use crate::proxy::Proxy;
use crate::recordings;
use crate::sends::ReviewAndSend as _;
use crate::time::{START_MS, Time};

/// What a page is asked for as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageName {
    /// A project's publishers.
    Publishing,
    /// The account's projects.
    Projects,
    /// User name and password.
    SignIn,
    /// The second factor.
    TwoFactor,
    /// A recovery code in its place.
    RecoveryCode,
    /// Messages that are handed out once.
    Messages,
    /// Who the session belongs to.
    WhoAmI,
}

/// One page.
pub struct Page {
    /// What it is.
    pub name: PageName,
    /// Where it was asked for.
    pub path: String,
    /// Its text.
    pub body: String,
}

impl PageName {
    fn of_path(path: &str) -> Option<Self> {
        let path = path.split('?').next()?;
        Some(match path {
            "/manage/projects/" => Self::Projects,
            "/account/login/" => Self::SignIn,
            "/account/two-factor/" => Self::TwoFactor,
            "/account/recovery-code/" => Self::RecoveryCode,
            "/_includes/unauthed/flash-messages/" => Self::Messages,
            "/_includes/authed/current-user-indicator/" => Self::WhoAmI,
            _ if path.starts_with("/manage/project/")
                && path.ends_with("/settings/publishing/") =>
            {
                Self::Publishing
            }
            _ => return None,
        })
    }

    /// What the core takes from it; none: it is not understood.
    #[must_use]
    pub fn read(self, body: &str, path: &str) -> Option<String> {
        let answer = Answer {
            status: 200,
            location: None,
            retry_after_s: None,
            told: None,
            body: body.to_owned(),
        };
        let is = |kind| answer.kind() == AnswerKind::Page(kind);
        match self {
            Self::Publishing => {
                let PublishingPage { publishers, providers, gitlab_instances } =
                    answer.page().and_then(|page| pages::publishing(page, project(path))).ok()?;
                Some(format!("{publishers:?} {providers:?} {gitlab_instances:?}"))
            }
            Self::Projects => {
                let projects = answer.page().and_then(pages::projects).ok()?;
                Some(projects.iter().map(told).collect())
            }
            Self::SignIn => {
                let form = is(PageKind::SignIn).then(|| pages::sign_in_form(body))??;
                Some(format!(
                    "{} {:?} {:?}",
                    form.csrf_token, form.username_errors, form.password_errors
                ))
            }
            Self::TwoFactor => {
                let page = is(PageKind::TwoFactor).then(|| pages::second_factor_page(body))??;
                let code = page.code.map(|code| (code.csrf_token, code.errors));
                Some(format!("{code:?}"))
            }
            Self::RecoveryCode => {
                let form = is(PageKind::RecoveryCode).then(|| pages::recovery_form(body))??;
                Some(format!("{} {:?}", form.csrf_token, form.errors))
            }
            Self::Messages => {
                let messages = pages::flashes(body);
                (body.trim().is_empty() || !messages.is_empty()).then(|| format!("{messages:?}"))
            }
            Self::WhoAmI => {
                // Without a token nothing can be sent, which is said when something is to be sent.
                let who = pages::who_am_i(body)?;
                let token = who.csrf_token.filter(|_| who.username.is_some())?;
                Some(format!("{:?} {token}", who.username))
            }
        }
    }
}

impl PageName {
    /// Whether a page says what another one says, but that some of its publishers are not known in
    /// full.
    pub(super) fn knows_less(self, before: &Page, after: &str) -> bool {
        let publishing = |body| pages::publishing(body, project(&before.path));
        let (Ok(before), Ok(after)) = (publishing(&before.body), publishing(after)) else {
            return false;
        };
        let same_or_less = |(was, is): (&ListedPublisher, &ListedPublisher)| {
            was.id == is.id && (was == is || matches!(is.publisher, Publisher::Other { .. }))
        };
        let is_complete = before.publishers.len() == after.publishers.len();
        self == Self::Publishing
            && is_complete
            && before.publishers.iter().zip(&after.publishers).all(same_or_less)
            && before.providers == after.providers
            && before.gitlab_instances == after.gitlab_instances
    }
}

/// The project whose page is asked for at this path.
fn project(path: &str) -> &str {
    let below = path.strip_prefix("/manage/project/").unwrap_or_default();
    below.split('/').next().unwrap_or_default()
}

/// A project by its name. All else may be there or not, a link to manage it too: nothing tells then
/// that the page once had it.
fn told(project: &Project) -> String {
    let Project { normalized_name, name, .. } = project;
    format!("{normalized_name} {name}; ")
}

/// The recorded ones; none without recordings.
pub(super) fn recorded_pages() -> Vec<Page> {
    let all = recordings::all().unwrap_or_default();
    let pages = all.into_iter().filter(|one| one.answer.status == 200);
    understood(pages.map(|one| (one.path, one.answer.body)).collect())
}

/// Those of the demo index.
///
/// # Panics
/// The demo index does not answer as it should.
pub async fn demo_pages() -> Vec<Page> {
    understood(journey().await)
}

fn understood(pages: Vec<(String, String)>) -> Vec<Page> {
    let named =
        |(path, body): (String, String)| Some(Page { name: PageName::of_path(&path)?, path, body });
    let mut pages: Vec<Page> = pages.into_iter().filter_map(named).collect();
    // A recording may be of another page in the place of the one that was asked for.
    pages.retain(|page| {
        page.name.read(&page.body, &page.path).is_some_and(|_| !page.body.trim().is_empty())
    });
    pages
}

/// A journey through every page that the core reads.
async fn journey() -> Vec<(String, String)> {
    let time = Time::at(START_MS);
    let index = desk::start_index(&time, None).await;
    let proxy = Proxy::before(&index).await;
    let desk = Desk::at(&proxy.origin(), &time).await;
    desk.engine.sign_in(USERNAME, &SecretString::from("wrong")).await.expect("answered");
    desk.sign_in().await;
    desk.engine.refresh_projects().await.expect("read");
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    for publisher in one_of_each() {
        index.add_publisher_behind(PROJECT, publisher);
    }
    desk.queue_add(PROJECT, &fields("nobody-here", PROJECT, "a.yml", "")).await;
    desk.engine.sync_project(PROJECT).await.expect("answered");
    desk.queue_add(PROJECT, &desk::release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    desk.engine.sync_project(PROJECT).await.expect("read");
    desk.engine.sign_out().await.expect("signed out");
    desk.engine.sign_in(USERNAME, &SecretString::from(PASSWORD)).await.expect("answered");
    let code = SecretString::from(RECOVERY_CODES[0]);
    desk.engine.sign_in_with_recovery_code(&code).await.expect("answered");
    proxy.pages()
}

fn one_of_each() -> [Publisher; 4] {
    let text = str::to_owned;
    [
        Publisher::Github(Github {
            owner: text("octo-org"),
            repository: text(PROJECT),
            workflow_filename: text("first.yml"),
            environment: None,
        }),
        Publisher::Gitlab(Gitlab {
            namespace: text("northlight/deep"),
            project: text("schema"),
            workflow_filepath: text(".gitlab-ci.yml"),
            environment: Some(text("pypi")),
            issuer_url: text("https://gitlab.com"),
        }),
        Publisher::Google(Google { email: text("a@sea.example"), sub: Some(text("1234")) }),
        Publisher::Activestate(Activestate {
            organization: text("Tidepool"),
            project: text("sync-build"),
            actor: text("bob"),
        }),
    ]
}
