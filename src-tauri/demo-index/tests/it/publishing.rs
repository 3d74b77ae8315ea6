//! A project's publishers: listing, adding, removing.

use reqwest::Method;
use trustdesk_domain::{Github, Publisher};

use crate::client::{EXAMPLE, NOW_MS, PUBLISHING, Scene};

const LISTED: &str = "GitHub Repository: octo-org/sampleproject Workflow: release.yml \
                      Environment name: pypi Remove";
const ROWS: &str = "table.table--publisher-list tbody tr";

#[tokio::test]
async fn an_added_publisher_is_listed_and_said_in_a_flash_apart_from_the_page() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let empty = client.get(PUBLISHING).await;
    assert!(empty.has("form#github-publisher-form") && !empty.has("table.table--publisher-list"));

    let page = client.post(PUBLISHING, EXAMPLE).await;
    let own = format!("{}{PUBLISHING}", client.origin());
    assert_eq!((page.status, page.location()), (303, own.as_str()));
    assert_eq!(client.listed(PUBLISHING).await, [LISTED]);
    let added = "Added release.yml in https://github.com/octo-org/sampleproject to sampleproject";
    assert_eq!(client.flashes().await, [added]);
    assert!(client.flashes().await.is_empty(), "a flash is read once");
    assert_eq!(index.publishers("SampleProject").len(), 1, "under any spelling of the name");
}

#[tokio::test]
async fn the_owner_is_stored_as_github_spells_it_and_the_environment_in_small_letters() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let form = [
        ("owner", "ACME-corp"),
        ("repository", "Thing"),
        ("workflow_filename", " Release.yml "),
        ("environment", "PyPI"),
    ];
    assert_eq!(client.post(PUBLISHING, &form).await.status, 303);
    let stored = Publisher::Github(Github {
        owner: "Acme-Corp".to_owned(),
        repository: "Thing".to_owned(),
        workflow_filename: "Release.yml".to_owned(),
        environment: Some("pypi".to_owned()),
    });
    assert_eq!(index.publishers("sampleproject")[0].publisher, stored);
}

#[tokio::test]
async fn the_same_publisher_again_is_refused_in_a_flash_only() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    client.post(PUBLISHING, EXAMPLE).await;
    client.flashes().await;
    let page = client.post(PUBLISHING, EXAMPLE).await;
    assert_eq!(page.status, 200);
    assert!(!page.has("#errors") && !page.has("ul.form-errors"), "no field is to blame");
    assert_eq!(page.texts(ROWS).len(), 1);
    assert_eq!(client.flashes().await, ["release.yml is already registered with sampleproject"]);
}

#[tokio::test]
async fn a_repository_in_other_capitals_is_another_publisher() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    client.post(PUBLISHING, EXAMPLE).await;
    let mut form = EXAMPLE.to_vec();
    form[1] = ("repository", "SampleProject");
    assert_eq!(client.post(PUBLISHING, &form).await.status, 303);
    assert_eq!(client.listed(PUBLISHING).await.len(), 2);
}

#[tokio::test]
async fn one_identity_has_one_id_on_every_project_and_goes_with_the_last() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let other = "/manage/project/saltmarsh/settings/publishing/";
    client.post(PUBLISHING, EXAMPLE).await;
    client.post(other, EXAMPLE).await;
    let id = index.publishers("sampleproject")[0].id.clone();
    assert_eq!(index.publishers("saltmarsh")[0].id, id);

    client.post(PUBLISHING, &[("publisher_id", &id.0)]).await;
    assert!(index.publishers("sampleproject").is_empty());
    assert_eq!(index.publishers("saltmarsh")[0].id, id, "only this project lost it");
    client.post(other, &[("publisher_id", &id.0)]).await;
    client.post(PUBLISHING, EXAMPLE).await;
    assert_ne!(index.publishers("sampleproject")[0].id, id, "its row was gone");
}

#[tokio::test]
async fn removing_asks_with_the_id_of_the_rows_link() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    client.post(PUBLISHING, EXAMPLE).await;
    client.flashes().await;
    let page = client.get(PUBLISHING).await;
    let link = page.attributes(&format!("{ROWS} td:last-child a"), "href");
    let id = link[0].strip_prefix("#remove-publisher-").expect("the link of the dialog");
    assert!(!page.has(".modal__form input"), "a browser's parser empties this form");
    assert_eq!(page.attributes("input[name=publisher_id]", "value"), [id]);

    let page = client.post(PUBLISHING, &[("publisher_id", id)]).await;
    assert_eq!(page.status, 303);
    assert!(client.listed(PUBLISHING).await.is_empty());
    let removed = "Removed trusted publisher for project 'sampleproject'";
    assert_eq!(client.flashes().await, [removed]);

    let page = client.post(PUBLISHING, &[("publisher_id", id)]).await;
    assert_eq!(page.status, 200);
    assert_eq!(client.flashes().await, ["Invalid publisher for project"]);
    let page = client.post(PUBLISHING, &[("publisher_id", "17")]).await;
    assert_eq!(page.status, 200);
    assert!(client.flashes().await.is_empty(), "what is no id gets no word at all");
}

#[tokio::test]
async fn eleven_publishers_of_all_four_providers_are_listed_with_the_indexs_labels() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.get("/manage/project/harbor-sync/settings/publishing/").await;
    let providers = page.texts(&format!("{ROWS} td:first-child"));
    for (provider, count) in [("GitHub", 5), ("GitLab", 2), ("Google", 2), ("ActiveState", 2)] {
        let found = providers.iter().filter(|name| *name == provider).count();
        assert_eq!(found, count, "{provider}");
    }
    let mut labels = page.texts(&format!("{ROWS} small b"));
    labels.sort();
    labels.dedup();
    assert_eq!(
        labels,
        [
            "ActiveState Project:",
            "Actor:",
            "Email:",
            "Environment name:",
            "Issuer:",
            "Organization:",
            "Project:",
            "Repository:",
            "Subject:",
            "Top-level pipeline:",
            "Workflow:",
        ]
    );
    assert!(page.texts(&format!("{ROWS} small i")).iter().all(|any| any == "(Any)"));
}

#[tokio::test]
async fn every_direct_collaborator_is_mailed_of_an_add_and_of_a_remove() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let path = "/manage/project/inkwell-templates/settings/publishing/";
    client.post(path, EXAMPLE).await;
    let id = index.publishers("inkwell-templates").pop().expect("added").id;
    client.post(path, &[("publisher_id", &id.0)]).await;
    let mails = index.mails();
    let mails: Vec<_> = mails.iter().map(|(to, subject)| (to.as_str(), subject.as_str())).collect();
    let added = "[PyPI] Trusted publisher added to inkwell-templates";
    let removed = "[PyPI] Trusted publisher removed from inkwell-templates";
    assert_eq!(mails, [("demo", added), ("jonas", added), ("demo", removed), ("jonas", removed)]);
}

#[tokio::test]
async fn who_is_no_owner_may_not_see_publishers() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    for (name, status) in [
        ("orchard-metrics", 403),
        ("driftwood", 403),
        ("brass-kettle", 403),
        ("no-such-project", 404),
        ("old-almanac", 200),
        ("northlight-schema", 200),
        ("moss-garden-kit", 200),
        ("Moss.Garden_kit", 200),
    ] {
        let path = format!("/manage/project/{name}/settings/publishing/");
        assert_eq!(client.get(&path).await.status, status, "{name}");
    }
    let path = "/manage/project/orchard-metrics/settings/publishing/";
    assert_eq!(client.post(path, EXAMPLE).await.status, 403, "a Maintainer may not add either");
}

#[tokio::test]
async fn a_form_with_a_name_missing_is_no_form_of_this_page() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let page = client.post(PUBLISHING, &EXAMPLE[..3]).await;
    assert_eq!(page.status, 404, "even an optional field must be there, empty");
    assert_eq!(client.post(PUBLISHING, &[]).await.status, 404);
    for method in [Method::PUT, Method::DELETE, Method::OPTIONS] {
        assert_eq!(client.send(method, PUBLISHING, |request| request).await.status, 404);
    }
    let mut stranger = crate::client::Client::new(&index);
    assert_eq!(stranger.post(PUBLISHING, &EXAMPLE[..3]).await.status, 303, "to the login page");
}

#[tokio::test]
async fn in_read_only_mode_success_is_said_and_nothing_is_stored() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    index.set_read_only(true);
    assert_eq!(client.post(PUBLISHING, EXAMPLE).await.status, 303);
    assert_eq!(client.flashes().await.len(), 1, "the session is kept elsewhere and has its flash");
    assert!(client.listed(PUBLISHING).await.is_empty());
    assert!(index.mails().is_empty());
    index.set_read_only(false);
    client.post(PUBLISHING, EXAMPLE).await;
    assert_eq!(client.listed(PUBLISHING).await, [LISTED]);
}

#[tokio::test]
async fn what_somebody_else_added_is_listed_and_cannot_be_added_again() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    client.post(PUBLISHING, EXAMPLE).await;
    let publisher = index.publishers("sampleproject")[0].publisher.clone();
    index.add_publisher_behind("saltmarsh", publisher);
    let path = "/manage/project/saltmarsh/settings/publishing/";
    assert_eq!(client.listed(path).await, [LISTED]);
    client.flashes().await;
    assert_eq!(client.post(path, EXAMPLE).await.status, 200);
    assert_eq!(client.flashes().await, ["release.yml is already registered with saltmarsh"]);
}

#[tokio::test]
async fn a_link_can_fill_in_the_form() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let path = format!("{PUBLISHING}?provider=github&owner=octo-org&repository=demo");
    let page = client.get(&path).await;
    assert!(page.has("div#prefilled-warning"));
    assert_eq!(page.attributes("#github-publisher-form #owner", "value"), ["octo-org"]);
    assert_eq!(page.attributes("#github-publisher-form #environment", "value"), [""]);
}

#[tokio::test]
async fn the_requests_are_told_in_order() {
    let Scene { mut client, index, .. } = Scene::new().await;
    client.sign_in(NOW_MS).await;
    let before = index.requests().len();
    client.post(PUBLISHING, EXAMPLE).await;
    client.get(PUBLISHING).await;
    let lines: Vec<_> = index.requests()[before..]
        .iter()
        .map(|line| (line.method.clone(), line.path.clone(), line.status))
        .collect();
    let line = |method: &str, path: &str, status| (method.to_owned(), path.to_owned(), status);
    assert_eq!(
        lines,
        [
            line("GET", "/_includes/authed/current-user-indicator/", 200),
            line("POST", PUBLISHING, 303),
            line("GET", PUBLISHING, 200),
        ]
    );
}
