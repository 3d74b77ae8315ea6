//! What the administrators can switch off.

use trustdesk_domain::Provider;

use crate::client::{EXAMPLE, PUBLISHING, Scene};

const PENDING: &str = "/manage/account/publishing/";
const ALL_OFF: &str = "Trusted publishing is temporarily disabled. See \
                       https://pypi.org/help#admin-intervention for details.";
const GITHUB_OFF: &str = "GitHub-based trusted publishing is temporarily disabled. See \
                          https://pypi.org/help#admin-intervention for details.";

#[tokio::test]
async fn a_provider_that_is_off_has_no_form_and_its_publishers_can_still_be_removed() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    client.post(PUBLISHING, EXAMPLE).await;
    client.flashes().await;
    index.set_provider_disabled(Provider::Github, true);
    for path in [PUBLISHING, PENDING] {
        let page = client.get(path).await;
        assert_eq!(page.texts("button.tab"), ["GitLab", "Google", "ActiveState"]);
        assert!(!page.has("form[id$=github-publisher-form]"), "{path}");
    }
    assert!(client.flashes().await.is_empty(), "nothing is said before it is tried");
    assert_eq!(client.post(PUBLISHING, EXAMPLE).await.status, 200);
    assert_eq!(client.flashes().await, [GITHUB_OFF]);

    let id = index.publishers("sampleproject")[0].id.0.clone();
    assert_eq!(client.post(PUBLISHING, &[("publisher_id", &id)]).await.status, 303);
    index.set_provider_disabled(Provider::Github, false);
    assert_eq!(client.post(PUBLISHING, EXAMPLE).await.status, 303);
}

#[tokio::test]
async fn with_everything_off_lists_are_shown_and_nothing_changes() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    client.post(PUBLISHING, EXAMPLE).await;
    client.flashes().await;
    let listed = index.publishers("sampleproject");
    index.set_publishing_disabled(true);
    let page = client.get(PUBLISHING).await;
    assert!(page.has("table.table--publisher-list") && !page.has("button.tab"));
    assert_eq!(client.flashes().await, [ALL_OFF], "looking is enough to be told");
    assert_eq!(client.get(PENDING).await.status, 200);
    assert_eq!(client.flashes().await, [ALL_OFF]);

    let id = listed[0].id.0.as_str();
    let bind = [("constrained_publisher_id", id), ("constrained_environment_name", "x")];
    for form in [&[("publisher_id", id)][..], &bind] {
        assert_eq!(client.post(PUBLISHING, form).await.status, 200);
        assert_eq!(client.flashes().await, [ALL_OFF]);
    }
    assert_eq!(client.post(PUBLISHING, EXAMPLE).await.status, 200);
    assert_eq!(client.flashes().await, [GITHUB_OFF]);
    assert_eq!(index.publishers("sampleproject"), listed);
}

#[tokio::test]
async fn a_try_while_switched_off_does_not_count_against_the_limit() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let token = client.csrf_token().await;
    let form = [&[("csrf_token", token.as_str())], EXAMPLE].concat();
    index.set_provider_disabled(Provider::Github, true);
    for _ in 0..101 {
        assert_eq!(client.post_bare(PUBLISHING, &form).await.status, 200);
    }
    index.set_provider_disabled(Provider::Github, false);
    assert_eq!(client.post_bare(PUBLISHING, &form).await.status, 303);
}

#[tokio::test]
async fn without_its_database_the_index_answers_nothing_but_an_error() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    index.set_database_down(true);
    for path in [PUBLISHING, "/account/login/", "/"] {
        let page = client.get(path).await;
        assert_eq!(page.status, 500, "{path}");
        assert!(!page.has("meta[name=defaultLanguage]"), "no page of Warehouse's");
    }
    index.set_database_down(false);
    assert_eq!(client.get(PUBLISHING).await.status, 200, "still signed in");
}
