//! What every page has, and the pages of what is not there.

use reqwest::Method;

use crate::client::{NOW_MS, PUBLISHING, Scene};

#[tokio::test]
async fn every_page_is_known_as_a_warehouses() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    for path in ["/", "/manage/projects/", PUBLISHING, "/account/logout/", "/project/tidepool/"] {
        let page = client.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.has("main#content") && page.has("html[lang=en]"), "{path}");
        assert!(page.has("meta[name=defaultLanguage][content=en]"), "{path}");
        assert_eq!(page.header("content-type"), Some("text/html; charset=UTF-8"));
        assert_eq!(page.header("vary"), Some("Cookie, PyPI-Locale"));
    }
    let page = client.get(PUBLISHING).await;
    let never = "max-age=0, must-revalidate, no-cache, no-store";
    assert_eq!(page.header("cache-control"), Some(never));
}

#[tokio::test]
async fn what_is_not_there_says_so_to_everybody() {
    let Scene { mut client, .. } = Scene::new().await;
    for path in ["/nothing/here/", "/manage/project/none/settings/publishing/", "/project/none/"] {
        let page = client.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.has("meta[name=defaultLanguage]"));
        assert!(page.texts("title")[0].starts_with("Page Not Found (404)"));
    }
}

#[tokio::test]
async fn a_path_without_its_final_slash_leads_to_the_one_that_has_it() {
    let Scene { mut client, .. } = Scene::new().await;
    let page = client.get("/manage/project/tidepool/settings/publishing?provider=github").await;
    let target = "/manage/project/tidepool/settings/publishing/?provider=github";
    assert_eq!(
        (page.status, page.location()),
        (301, format!("{}{target}", client.origin()).as_str())
    );
    assert_eq!(client.get("/nothing/here").await.status, 404);
}

#[tokio::test]
async fn head_answers_as_get_without_a_body() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.send(Method::HEAD, PUBLISHING, |request| request).await;
    assert_eq!((page.status, page.body.as_str()), (200, ""));
    assert!(page.header("content-length").is_some_and(|length| length != "0"));
}

#[tokio::test]
async fn the_pieces_of_a_page_can_be_fetched_by_anybody() {
    let Scene { mut client, .. } = Scene::new().await;
    let who = client.get("/_includes/authed/current-user-indicator/").await;
    assert!(who.has("a[href^='/account/login/']") && !who.has("input[name=csrf_token]"));
    assert!(client.flashes().await.is_empty());
    let page = client.get("/_includes/authed/session-notifications/").await;
    assert_eq!((page.status, page.body.as_str()), (200, ""));
    client.sign_in(NOW_MS).await;
    let who = client.get("/_includes/authed/current-user-indicator/").await;
    assert!(who.has(r#"form[action="/account/logout/"] input[name=csrf_token]"#));
}
