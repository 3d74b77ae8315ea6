//! What stands in front of an index: a site that is down, a page that wants to see a person, https.

use trustdesk_demo_index::Options;

use crate::client::{EXAMPLE, FLASHES, NOW_MS, PUBLISHING, Scene};

#[tokio::test]
async fn while_the_site_is_down_everything_is_answered_with_503() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let token = client.csrf_token().await;
    let form = [&[("csrf_token", token.as_str())], EXAMPLE].concat();
    index.set_site_down(true);
    for path in [PUBLISHING, "/account/login/", FLASHES, "/demo/mailbox/"] {
        let page = client.get(path).await;
        assert_eq!(page.status, 503, "{path}");
        assert!(!page.has("meta[name=defaultLanguage]"), "no page of Warehouse's");
    }
    assert_eq!(client.post_bare(PUBLISHING, &form).await.status, 503);
    index.set_site_down(false);
    assert_eq!(client.get(PUBLISHING).await.status, 200, "still signed in");
    assert!(index.publishers("sampleproject").is_empty(), "and nothing was done");
}

#[tokio::test]
async fn a_challenge_stands_in_the_place_of_every_page_and_has_no_mark_of_the_index() {
    for status in [200, 403] {
        let Scene { mut client, index, .. } = Scene::signed_in().await;
        let token = client.csrf_token().await;
        let form = [&[("csrf_token", token.as_str())], EXAMPLE].concat();
        index.set_challenge(Some(status));
        for path in [PUBLISHING, "/account/login/", FLASHES] {
            let page = client.get(path).await;
            assert_eq!(page.status, status, "{path}");
            assert!(!page.has("main#content") && !page.has("meta[name=defaultLanguage]"));
        }
        assert_eq!(client.post_bare(PUBLISHING, &form).await.status, status);
        assert!(index.publishers("sampleproject").is_empty(), "the form never arrived");
        index.set_challenge(None);
        assert_eq!(client.get(PUBLISHING).await.status, 200);
    }
}

#[tokio::test]
async fn a_person_passes_the_challenge_and_comes_to_where_they_wanted_to_go() {
    let Scene { mut client, index, .. } = Scene::new().await;
    index.set_challenge(Some(200));
    let page = client.get("/account/login/?next=%2Fmanage%2Fprojects%2F").await;
    let action = page.attributes("form", "action").concat();
    let next = page.attributes("form input[name=next]", "value").concat();
    assert_eq!(next, "/account/login/?next=%2Fmanage%2Fprojects%2F");
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let page = client.get(&format!("{action}?next={next}")).await;
    let wanted = "/account/login/?next=%2Fmanage%2Fprojects%2F";
    assert_eq!(page.location(), format!("{}{wanted}", client.origin()));
    assert!(client.get(wanted).await.has("form#login-form"));
    let page = client.get("/demo/challenge/?next=https%3A%2F%2Fevil.example%2F").await;
    assert_eq!(page.location(), format!("{}/", client.origin()), "the button leads nowhere else");
}

#[tokio::test]
async fn behind_https_addresses_cookies_and_origins_are_those_of_https() {
    let Scene { mut client, .. } =
        Scene::with(Options { behind_https: true, ..Options::default() }).await;
    let secure = client.origin().replacen("http:", "https:", 1);
    let page = client.get("/account/login/").await;
    let attributes = page.cookies()[0].split_once("; ").map(|(_, rest)| rest.to_owned());
    assert_eq!(attributes.as_deref(), Some("Path=/; secure; HttpOnly; SameSite=lax"));
    let token = page.attributes("input[name=csrf_token]", "value").concat();
    let form = [
        ("csrf_token", token.as_str()),
        ("username", "demo"),
        ("password", trustdesk_demo_index::PASSWORD),
    ];
    let plain = client.origin().to_owned();
    let page = client.post_with_header("/account/login/", &form, ("Origin", &plain)).await;
    assert_eq!(page.status, 400, "the origin of http is another one");
    let page = client.post_with_header("/account/login/", &form, ("Origin", &secure)).await;
    assert!(page.location().starts_with(&format!("{secure}/account/two-factor/?")), "{page:?}");

    let address = page.location().replacen("https:", "http:", 1);
    let code = trustdesk_demo_index::current_code(NOW_MS).code;
    let form = [("csrf_token", token.as_str()), ("totp_value", &code), ("remember_device", "true")];
    let page = client.post_with_header(&address, &form, ("Origin", &secure)).await;
    let cookies = page.cookies();
    assert_eq!(cookies.len(), 3, "{cookies:?}");
    for name in ["session_id", "remember_device"] {
        let cookie = cookies.iter().find(|cookie| cookie.starts_with(name)).expect(name);
        assert!(cookie.contains("; secure; HttpOnly; SameSite="), "{cookie}");
    }
}
