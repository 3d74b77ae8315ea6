//! Half an hour after the password was given it is asked for again, wherever publishers are concerned.

use trustdesk_demo_index::PASSWORD;

use crate::client::{EXAMPLE, MINUTE_MS, PUBLISHING, Scene};

const CONFIRM: &str = "/account/reauthenticate/";
const FORM: &str = r#"form[action="/account/reauthenticate/"]"#;
const NEXT: [(&str, &str); 3] = [
    ("next_route", "manage.project.settings.publishing"),
    ("next_route_matchdict", r#"{"project_name": "sampleproject"}"#),
    ("next_route_query", "{}"),
];

#[tokio::test]
async fn after_half_an_hour_the_page_asks_for_the_password_whatever_was_done_meanwhile() {
    let Scene { mut client, clock, .. } = Scene::signed_in().await;
    clock.advance(30 * MINUTE_MS - 1);
    assert!(!client.get(PUBLISHING).await.has(FORM));
    clock.advance(1);
    let page = client.get(&format!("{PUBLISHING}?provider=github&owner=x")).await;
    assert_eq!(page.status, 200, "not an error, not a redirect");
    assert!(page.has(FORM) && !page.has("#github-publisher-form"));
    let value = |name: &str| page.attributes(&format!("input[name={name}]"), "value").concat();
    assert_eq!(value("next_route"), NEXT[0].1);
    assert!(value("next_route_matchdict").contains(r#""project_name":"sampleproject""#));
    // As JSON: the order of its keys hangs on the features that the whole build gives serde_json.
    let query: serde_json::Value = serde_json::from_str(&value("next_route_query")).expect("JSON");
    assert_eq!(query, serde_json::json!({ "owner": "x", "provider": "github" }));
    assert_eq!(client.get("/manage/projects/").await.status, 200, "the list needs no password");
}

#[tokio::test]
async fn a_post_that_meets_the_question_is_lost() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    index.make_reauth_needed();
    let page = client.post(PUBLISHING, EXAMPLE).await;
    assert!(page.status == 200 && page.has(FORM));
    let page = client.post(CONFIRM, &[&NEXT[..], &[("password", PASSWORD)]].concat()).await;
    assert_eq!(
        (page.status, page.location()),
        (303, format!("{}{PUBLISHING}", client.origin()).as_str())
    );
    let page = client.get(PUBLISHING).await;
    assert!(page.has("#github-publisher-form"));
    assert!(index.publishers("sampleproject").is_empty() && client.flashes().await.is_empty());
}

#[tokio::test]
async fn a_wrong_password_is_told_by_nothing_but_the_question_again() {
    let Scene { mut client, index, clock } = Scene::signed_in().await;
    index.make_reauth_needed();
    for _ in 0..10 {
        let page = client.post(CONFIRM, &[&NEXT[..], &[("password", "wrong")]].concat()).await;
        assert_eq!(page.status, 303);
    }
    assert!(client.get(PUBLISHING).await.has(FORM));
    assert!(client.flashes().await.is_empty());
    let right = [&NEXT[..], &[("password", PASSWORD)]].concat();
    assert_eq!(client.post(CONFIRM, &right).await.status, 303);
    assert!(client.get(PUBLISHING).await.has(FORM), "ten wrong ones have locked it, silently");
    clock.advance(5 * MINUTE_MS);
    client.post(CONFIRM, &right).await;
    assert!(!client.get(PUBLISHING).await.has(FORM));
}

#[tokio::test]
async fn where_to_go_next_must_make_sense() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    for (name, value) in [
        ("next_route", ""),
        ("next_route", "no.such.route"),
        ("next_route_matchdict", "{"),
        ("next_route_query", "[]"),
    ] {
        let mut form = [&NEXT[..], &[("password", PASSWORD)]].concat();
        for field in &mut form {
            if field.0 == name {
                field.1 = value;
            }
        }
        assert_eq!(client.post(CONFIRM, &form).await.status, 400, "{name}={value}");
    }
}

#[tokio::test]
async fn who_may_not_see_the_page_is_not_asked_for_a_password() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    index.make_reauth_needed();
    let path = "/manage/project/orchard-metrics/settings/publishing/";
    assert_eq!(client.get(path).await.status, 403);
    assert_eq!(client.post_bare(PUBLISHING, EXAMPLE).await.status, 400, "CSRF comes first");
    assert_eq!(client.post(PUBLISHING, &EXAMPLE[..3]).await.status, 404, "and names before that");
}
