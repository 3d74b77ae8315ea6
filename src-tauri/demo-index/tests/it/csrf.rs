//! Proof that a form comes from a page of this index and this session.

use trustdesk_demo_index::Options;

use crate::client::{EXAMPLE, NOW_MS, PUBLISHING, Scene};

const TOKEN: &str = "Bad CSRF token received.";
const ORIGIN: &str = "Bad CSRF Origin.";

#[tokio::test]
async fn a_form_without_the_sessions_token_is_a_bad_request() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let wrong = [&[("csrf_token", "0123456789abcdef")], EXAMPLE].concat();
    for form in [EXAMPLE, &wrong] {
        let page = client.post_bare(PUBLISHING, form).await;
        assert_eq!(page.status, 400);
        assert!(page.body.contains(TOKEN), "{}", page.body);
        assert!(!page.has("main#content"), "no template dresses this page");
    }
    assert!(index.publishers("sampleproject").is_empty());
}

#[tokio::test]
async fn the_token_may_come_in_a_header_which_wins_but_never_in_the_query() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let token = client.csrf_token().await;
    let path = format!("{PUBLISHING}?csrf_token={token}");
    assert_eq!(client.post_bare(&path, EXAMPLE).await.status, 400);

    let right = [&[("csrf_token", token.as_str())], EXAMPLE].concat();
    let page = client.post_with_header(PUBLISHING, &right, ("X-CSRF-Token", "wrong")).await;
    assert_eq!(page.status, 400, "the header wins");
    let page = client.post_with_header(PUBLISHING, EXAMPLE, ("X-CSRF-Token", &token)).await;
    assert_eq!(page.status, 303);
}

#[tokio::test]
async fn a_post_with_a_session_that_is_gone_is_a_bad_request_and_gets_a_new_session() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let token = client.csrf_token().await;
    let session = client.session.clone();
    index.expire_sessions();
    let form = [&[("csrf_token", token.as_str())], EXAMPLE].concat();
    let page = client.post_bare(PUBLISHING, &form).await;
    assert_eq!(page.status, 400, "a new session has another token");
    assert_ne!(client.session, session);
    assert_eq!(client.get(PUBLISHING).await.status, 303, "a GET is sent to the login page");
    assert_eq!(client.post(PUBLISHING, EXAMPLE).await.status, 303);
}

#[tokio::test]
async fn a_key_named_twice_is_a_bad_request() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let form = [EXAMPLE, &[("owner", "octo-org")]].concat();
    let page = client.post(PUBLISHING, &form).await;
    assert_eq!(page.status, 400);
    assert!(page.body.contains("POST body may not contain duplicate keys"));
}

#[tokio::test]
async fn on_loopback_a_form_needs_no_origin() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let elsewhere = ("Origin", "https://evil.example");
    let token = client.csrf_token().await;
    let form = [&[("csrf_token", token.as_str())], EXAMPLE].concat();
    assert_eq!(client.post_with_header(PUBLISHING, &form, elsewhere).await.status, 303);
}

#[tokio::test]
async fn a_strict_index_wants_its_own_origin_or_referer_as_over_https() {
    let Scene { mut client, .. } =
        Scene::with(Options { strict_origin: true, ..Options::default() }).await;
    let own = client.origin().to_owned();
    let path = "/account/login/";
    let referer = format!("{own}{path}");
    let token = client.csrf_token().await;
    let form = [("csrf_token", token.as_str()), ("username", "demo"), ("password", "wrong")];
    for (header, status) in [
        (("Origin", own.as_str()), 200),
        (("Referer", referer.as_str()), 200),
        (("Origin", "null"), 400),
        (("Origin", "https://evil.example"), 400),
        (("Referer", "https://evil.example/account/login/"), 400),
        (("X-Nothing", ""), 400),
    ] {
        let page = client.post_with_header(path, &form, header).await;
        assert_eq!(page.status, status, "{header:?}");
        assert_eq!(page.body.contains(ORIGIN), status == 400, "{header:?}");
    }
}

#[tokio::test]
async fn the_token_is_new_after_signing_in_and_the_same_on_every_page() {
    let Scene { mut client, .. } = Scene::new().await;
    let before = client.csrf_token().await;
    client.sign_in(NOW_MS).await;
    let after = client.csrf_token().await;
    assert_ne!(before, after);
    let page = client.get(PUBLISHING).await;
    let tokens = page.attributes("form input[name=csrf_token]", "value");
    assert_eq!(tokens, vec![after; 4], "one in each provider's form");
}
