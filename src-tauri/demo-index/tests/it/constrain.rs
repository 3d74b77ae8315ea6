//! Binding a publisher to an environment afterwards.

use crate::client::{EXAMPLE, Form, PUBLISHING, Scene};

const HARBOR: &str = "/manage/project/harbor-sync/settings/publishing/";

fn constrain<'a>(id: &'a str, environment: &'a str) -> [(&'a str, &'a str); 2] {
    [("constrained_publisher_id", id), ("constrained_environment_name", environment)]
}

fn example_without_environment() -> Vec<(&'static str, &'static str)> {
    let kept = EXAMPLE.iter().filter(|(name, _)| *name != "environment");
    kept.copied().chain([("environment", "")]).collect()
}

#[tokio::test]
async fn a_bound_publisher_takes_the_place_of_the_free_one_unchecked_and_unmailed() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    client.post(PUBLISHING, &example_without_environment()).await;
    client.flashes().await;
    let (id, mails) = (index.publishers("sampleproject")[0].id.clone(), index.mails().len());
    let page = client.post(PUBLISHING, &constrain(&id.0, "Pro,D")).await;
    assert_eq!(page.status, 303);
    let said = "Trusted publisher for project 'sampleproject' has been constrained to environment \
                'Pro,D'";
    assert_eq!(client.flashes().await, [said]);
    let listed = client.listed(PUBLISHING).await;
    assert_eq!(listed.len(), 1);
    assert!(listed[0].contains("Environment name: Pro,D"), "as it was typed: {listed:?}");
    assert_ne!(index.publishers("sampleproject")[0].id, id);
    assert_eq!(index.mails().len(), mails);
}

#[tokio::test]
async fn what_cannot_be_bound_is_said_in_a_flash_only() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let listed = index.publishers("harbor-sync");
    let id = |line: usize| listed[line].id.0.as_str();
    let unfit = "The trusted publisher could not be constrained";
    let foreign = index.publishers("tidepool")[0].id.0.clone();
    for (id, environment, words) in [
        ("17", "prod", unfit),
        (id(0), "", unfit),
        (&foreign, "prod", "Invalid publisher for project"),
        (id(7), "prod", "Can only constrain the environment for GitHub and GitLab publishers"),
        (id(0), "pypi", "release.yml is already registered with harbor-sync"),
        (
            id(1),
            "other",
            "Can only constrain the environment for publishers without an environment configured",
        ),
    ] {
        let page = client.post(HARBOR, &constrain(id, environment)).await;
        assert_eq!(page.status, 200, "{words}");
        assert_eq!(client.flashes().await, [words]);
    }
    assert_eq!(index.publishers("harbor-sync"), listed);
}

#[tokio::test]
async fn an_equal_publisher_of_another_project_stands_in_the_way() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    client.post("/manage/project/saltmarsh/settings/publishing/", EXAMPLE).await;
    client.post(PUBLISHING, &example_without_environment()).await;
    client.flashes().await;
    let id = index.publishers("sampleproject")[0].id.0.clone();
    assert_eq!(client.post(PUBLISHING, &constrain(&id, "pypi")).await.status, 200);
    assert_eq!(client.flashes().await, ["release.yml is already registered with sampleproject"]);
}

#[tokio::test]
async fn a_link_opens_the_dialog() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let link = format!("{PUBLISHING}?constrained_publisher_id=1&constrained_environment_name=prod");
    let page = client.get(&link).await;
    let names = page.attributes("#constrain_environment-modal form input[name]", "name");
    let form: Form<'_> = &constrain("", "");
    assert!(form.iter().all(|(name, _)| names.iter().any(|known| known == name)), "{names:?}");
    assert!(!client.get(PUBLISHING).await.has("#constrain_environment-modal"));
}
