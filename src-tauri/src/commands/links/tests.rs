use std::sync::Arc;

use trustdesk_core::clock::SystemClock;
use trustdesk_core::secrets::MemorySecrets;
use trustdesk_core::store::Store;
use trustdesk_domain::{
    Activestate, Detail, Github, Gitlab, Google, ListedPublisher, Project, PublishingPage,
};

use super::*;
use crate::settings::InMemory;

/// The publishers of the project in the tests.
const EVERY_PROVIDER: usize = 6;

#[test]
fn only_https_leads_out() {
    for address in ["file:///etc/passwd", "javascript:alert(1)", "http://github.com", "smb://x"] {
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

/// The shell on an index, whose list of projects has one; somebody has signed in there or not.
async fn on(index: &Index, username: Option<&str>) -> (AppState, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).await.expect("opens");
    store.select_index(index).await.expect("chosen");
    if let Some(username) = username {
        let account = store.select_account_named(&index.key, username).await.expect("known").id;
        let project = Project {
            name: "Demo".to_owned(),
            normalized_name: "demo".to_owned(),
            organization: None,
            sole_owner: true,
            date: None,
            summary: None,
            archived: false,
            can_manage: true,
            has_page: true,
        };
        store.save_projects(account, &[project], 1).await.expect("saved");
        let listed =
            |id: &str, publisher| ListedPublisher { id: PublisherId(id.to_owned()), publisher };
        let page = PublishingPage {
            publishers: vec![
                listed("github", github("octo-org", "../../evil?x#y")),
                listed("other", other("https://evil.example/")),
                listed("gitlab", gitlab("https://evil.example")),
                listed("gitlab.com", gitlab("https://gitlab.com")),
                listed("google", google()),
                listed("activestate", activestate()),
            ],
            ..PublishingPage::default()
        };
        store.save_publishing(account, "demo", &page, 1).await.expect("saved");
    }
    let secrets = Arc::new(MemorySecrets::default());
    let engine = Engine::start(store, secrets, Arc::new(SystemClock)).await.expect("starts");
    let preferences = Arc::new(InMemory::default());
    (AppState::on(engine, folder.path().to_owned(), preferences, Box::new(drop)), folder)
}

fn github(owner: &str, repository: &str) -> Publisher {
    Publisher::Github(Github {
        owner: owner.to_owned(),
        repository: repository.to_owned(),
        workflow_filename: "release.yml".to_owned(),
        environment: None,
    })
}

fn gitlab(issuer_url: &str) -> Publisher {
    Publisher::Gitlab(Gitlab {
        namespace: "group/inner".to_owned(),
        project: "demo".to_owned(),
        workflow_filepath: ".gitlab-ci.yml".to_owned(),
        environment: None,
        issuer_url: issuer_url.to_owned(),
    })
}

fn google() -> Publisher {
    Publisher::Google(Google { email: "demo@demo.iam.gserviceaccount.com".to_owned(), sub: None })
}

fn activestate() -> Publisher {
    Publisher::Activestate(Activestate {
        organization: "octo-org".to_owned(),
        project: "demo".to_owned(),
        actor: "octo".to_owned(),
    })
}

fn other(link: &str) -> Publisher {
    let details = vec![Detail::linked("Project", "demo", link.to_owned())];
    Publisher::Other { name: "New".to_owned(), details }
}

async fn leads_to(state: &AppState, target: LinkTarget) -> Option<String> {
    address(state, target).await.ok().map(String::from)
}

fn publisher(publisher_id: &str) -> LinkTarget {
    let (project, publisher_id) = ("demo".to_owned(), publisher_id.to_owned());
    LinkTarget::Publisher { project, publisher_id }
}

fn prefilled_with(project: &str, fields: &[(&str, &str)]) -> LinkTarget {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let (project, provider) = (project.to_owned(), Provider::Github);
    LinkTarget::Prefilled { project, provider, fields: fields.collect() }
}

#[tokio::test]
async fn publishers_link_leads_to_its_providers_own_host_and_nowhere_an_index_says() {
    let hostile = Index::other("https://index.example").expect("an index");
    let (state, _folder) = on(&hostile, Some("alice")).await;
    assert_eq!(leads_to(&state, publisher("other")).await, None);
    assert_eq!(leads_to(&state, publisher("gitlab")).await, None);
    assert_eq!(
        leads_to(&state, publisher("gitlab.com")).await.as_deref(),
        Some("https://gitlab.com/group/inner/demo")
    );
    assert_eq!(
        leads_to(&state, publisher("github")).await.as_deref(),
        Some("https://github.com/octo-org/..%2F..%2Fevil%3Fx%23y")
    );
    let (state, _folder) = on(&Index::pypi().expect("known"), Some("alice")).await;
    assert_eq!(
        leads_to(&state, publisher("gitlab")).await.as_deref(),
        Some("https://evil.example/group/inner/demo"),
        "PyPI lists only the instances that it knows itself"
    );
}

#[tokio::test]
async fn prefilled_form_carries_the_providers_own_fields_of_a_known_project_and_nothing_else() {
    let (state, _folder) = on(&Index::pypi().expect("known"), Some("alice")).await;
    let typed = [("owner", " octo-org "), ("repository", "a&b=c"), ("environment", "")];
    assert_eq!(
        leads_to(&state, prefilled_with("demo", &typed)).await.as_deref(),
        Some(
            "https://pypi.org/manage/project/demo/settings/publishing/\
             ?provider=github&owner=octo-org&repository=a%26b%3Dc"
        )
    );
    let unknown = [("owner", "octo-org"), ("next", "https://evil.example/")];
    assert_eq!(leads_to(&state, prefilled_with("demo", &unknown)).await, None);
    assert_eq!(leads_to(&state, prefilled_with("secret-words", &typed)).await, None);
    let project = |project: &str| LinkTarget::Project {
        project: project.to_owned(),
        page: ProjectPage::Public,
    };
    assert_eq!(leads_to(&state, project("secret-words")).await, None);
    assert_eq!(
        leads_to(&state, project("Demo")).await.as_deref(),
        Some("https://pypi.org/project/demo/")
    );
}

#[tokio::test]
async fn index_that_only_the_page_has_chosen_is_not_opened() {
    let chosen = Index::other("https://stolen-words.evil.example").expect("an index");
    let (state, _folder) = on(&chosen, None).await;
    assert_eq!(leads_to(&state, LinkTarget::Index).await, None);
    let account = LinkTarget::Account { page: AccountPage::ResetPassword };
    assert_eq!(leads_to(&state, account).await, None);
    for known in [Index::pypi(), Index::testpypi(), Index::other("http://127.0.0.1:9").ok()] {
        let (state, _folder) = on(&known.expect("known"), None).await;
        assert!(leads_to(&state, LinkTarget::Index).await.is_some());
    }
    let (state, _folder) = on(&chosen, Some("alice")).await;
    assert!(leads_to(&state, LinkTarget::Index).await.is_some(), "somebody has signed in there");
}

#[tokio::test]
async fn publisher_is_linked_exactly_if_its_link_leads_somewhere() {
    let others = [
        Index::other("https://index.example").expect("an index"),
        Index::other("http://127.0.0.1:9").expect("an index"),
    ];
    for index in
        [Index::pypi().expect("known"), Index::testpypi().expect("known")].into_iter().chain(others)
    {
        let (state, _folder) = on(&index, Some("alice")).await;
        let project = crate::commands::publishing::OfProject { project: "demo".to_owned() };
        let shown = crate::commands::publishing::open_publishing(&state, project).await;
        let shown = serde_json::to_value(shown.expect("shown")).expect("serializes");
        let publishers = shown["publishers"].as_array().expect("a list");
        assert_eq!(publishers.len(), EVERY_PROVIDER);
        for shown in publishers {
            let id = shown["id"].as_str().expect("an id");
            let details = shown["details"].as_array().expect("a list");
            let is_linked = details.iter().any(|detail| detail["linked"] == true);
            let leads = leads_to(&state, publisher(id)).await.is_some();
            assert_eq!(is_linked, leads, "{id} on {}", index.origin);
        }
    }
}
