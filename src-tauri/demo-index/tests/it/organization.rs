//! An organization's pending publishers.

use crate::client::{Form, Scene};

const NORTHLIGHT: &str = "/manage/organization/northlight/publishing/";
const ACCOUNT: &str = "/manage/account/publishing/";

fn google<'a>(project_name: &'a str, email: &'a str) -> [(&'a str, &'a str); 3] {
    [("project_name", project_name), ("email", email), ("sub", "")]
}

#[tokio::test]
async fn an_owner_asks_in_the_organizations_name_and_takes_back_on_the_own_page() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let page = client.get(NORTHLIGHT).await;
    assert!(page.has("form#pending-gitlab-publisher-form"));
    let choices = page.attributes("select[name=issuer_url] option", "value");
    assert_eq!(choices, ["https://gitlab.com", "https://gitlab.northlight.example"]);

    assert_eq!(client.post(NORTHLIGHT, &google("new-a", "a@example.com")).await.status, 303);
    let said = "Registered a new pending publisher to create the project 'new-a' owned by the \
                'northlight' organization.";
    assert_eq!(client.flashes().await, [said]);
    assert_eq!(client.listed(NORTHLIGHT).await.len(), 1);
    assert_eq!(client.listed(ACCOUNT).await.len(), 1, "it counts as the account's own");

    let listed = index.pending_publishers().pop().expect("waiting");
    let form: Form<'_> = &[("publisher_id", &listed.id.0)];
    assert_eq!(client.post(NORTHLIGHT, form).await.status, 404);
    assert_eq!(client.post(ACCOUNT, form).await.status, 303);
}

#[tokio::test]
async fn a_duplicate_is_told_and_a_clash_looks_like_a_success() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    client.post(NORTHLIGHT, &google("new-a", "a@example.com")).await;
    client.flashes().await;
    assert_eq!(client.post(NORTHLIGHT, &google("new-a", "a@example.com")).await.status, 200);
    let again = "This publisher has already been registered in your organization. See your \
                 existing pending publishers below.";
    assert_eq!(client.flashes().await, [again]);
    assert_eq!(client.post(NORTHLIGHT, &google("new-b", "a@example.com")).await.status, 303);
    assert!(client.flashes().await.is_empty());
    assert_eq!(client.listed(NORTHLIGHT).await.len(), 1);
}

#[tokio::test]
async fn only_owners_see_the_page() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    assert_eq!(client.get("/manage/organization/nobody/publishing/").await.status, 404);
    index.leave_everything();
    assert_eq!(client.get(NORTHLIGHT).await.status, 403);
    assert_eq!(client.get("/manage/projects/").await.words("h1 .badge--neutral"), ["0"]);
}
