//! What stands under the fields of a form that was refused.

use crate::client::{EXAMPLE, PUBLISHING, Scene};
use crate::page::Page;

fn told(page: &Page, field: &str) -> Vec<String> {
    page.texts(&format!("form#github-publisher-form ul#{field}-errors > li"))
}

#[tokio::test]
async fn an_empty_form_is_told_about_each_field_and_in_a_flash() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let names = ["owner", "repository", "workflow_filename", "environment"];
    let page = client.post(PUBLISHING, &names.map(|name| (name, ""))).await;
    assert_eq!(page.status, 200);
    assert!(page.has("div#errors + form#github-publisher-form"), "the anchor that action names");
    let owner = "Specify GitHub repository owner (username or organization)";
    assert_eq!(told(&page, "owner"), [owner]);
    assert_eq!(told(&page, "repository"), ["Specify repository name"]);
    assert_eq!(told(&page, "workflow_filename"), ["Specify workflow filename"]);
    assert!(told(&page, "environment").is_empty());
    assert_eq!(client.flashes().await, ["The trusted publisher could not be registered"]);
}

#[tokio::test]
async fn what_github_answers_about_the_owner_is_passed_on() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    for (owner, message) in [
        ("nobody-here", "Unknown GitHub user or organization."),
        ("octo_org", "Invalid GitHub user or organization name."),
        ("ratelimited", "GitHub has rate-limited this action. Try again in a few minutes."),
        ("boom", "Unexpected error from GitHub. Try again."),
        ("reset", "Unexpected connection error from GitHub. Try again in a few minutes."),
        ("slow", "Unexpected timeout from GitHub. Try again in a few minutes."),
    ] {
        let mut form = EXAMPLE.to_vec();
        form[0] = ("owner", owner);
        let page = client.post(PUBLISHING, &form).await;
        assert_eq!(told(&page, "owner"), [message]);
        assert!(told(&page, "repository").is_empty());
    }
}

#[tokio::test]
async fn what_was_typed_stands_in_the_form_again() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let form = [
        ("owner", "octo-org"),
        ("repository", "<b>\"x\"</b>"),
        ("workflow_filename", " .github/workflows/release.yml"),
        ("environment", "a,b"),
    ];
    let page = client.post(PUBLISHING, &form).await;
    for (name, typed) in form {
        let value = page.attributes(&format!("#github-publisher-form #{name}"), "value");
        assert_eq!(value, [typed], "{name}");
    }
    assert_eq!(told(&page, "repository"), ["Invalid repository name"]);
    let directory = "Workflow filename must be a filename only, without directories";
    assert_eq!(told(&page, "workflow_filename"), [directory]);
    assert_eq!(told(&page, "environment").len(), 1);
}

#[tokio::test]
async fn white_space_alone_is_stored_as_an_environment() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let mut form = EXAMPLE.to_vec();
    form[3] = ("environment", "  ");
    assert_eq!(client.post(PUBLISHING, &form).await.status, 303);
    assert!(!index.publishers("sampleproject")[0].publisher.takes_any_environment());
    let page = client.get(PUBLISHING).await;
    assert!(!page.has("table.table--publisher-list small i"), "neither a name nor (Any)");
}
