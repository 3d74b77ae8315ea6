//! The session's cookie: what it looks like, when it changes and how long it lives.

use crate::client::{FLASHES, MINUTE_MS, NOW_MS, PUBLISHING, Scene};

const PROJECTS: &str = "/manage/projects/";
const HOUR_MS: i64 = 60 * MINUTE_MS;

#[tokio::test]
async fn the_cookie_is_for_this_site_and_for_no_script() {
    let Scene { mut client, .. } = Scene::new().await;
    let page = client.get("/account/login/").await;
    let cookies = page.cookies();
    let (value, rest) = cookies[0].split_once("; ").expect("attributes");
    assert_eq!(rest, "Path=/; HttpOnly; SameSite=lax", "and no Max-Age");
    assert_eq!(value.split('.').count(), 3, "id, time and signature");
    assert!(cookies[1].starts_with("user_id__insecure=; Max-Age=0"), "{cookies:?}");
}

#[tokio::test]
async fn every_save_gives_the_cookie_a_new_value_and_old_ones_still_count() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let first = client.session.clone();
    client.get(PROJECTS).await;
    assert_eq!(client.session, first, "a page changes nothing");
    client.get(FLASHES).await;
    let second = client.session.clone();
    assert_ne!(second, first, "reading the flashes saves the session, even if there are none");
    let id = |value: &Option<String>| value.as_deref().map(|value| value[..32].to_owned());
    assert_eq!(id(&second), id(&first));
    client.session = first;
    assert_eq!(client.get(PROJECTS).await.status, 200);
}

#[tokio::test]
async fn a_tampered_cookie_is_no_session() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    client.session = client.session.map(|value| format!("{value}0"));
    assert_eq!(client.get(PROJECTS).await.status, 303);
}

#[tokio::test]
async fn a_session_ends_twelve_hours_after_its_last_save() {
    let Scene { mut client, clock, .. } = Scene::signed_in().await;
    let first = client.session.clone();
    clock.advance(12 * HOUR_MS - 1);
    assert_eq!(client.get(PROJECTS).await.status, 200);
    client.get(FLASHES).await;
    clock.advance(12 * HOUR_MS - 1);
    assert_eq!(client.get(PROJECTS).await.status, 200, "reading the flashes renewed it");
    let last = std::mem::replace(&mut client.session, first);
    assert_eq!(client.get(PROJECTS).await.status, 303, "the first value is too old by itself");
    client.session = last;
    clock.advance(1);
    assert_eq!(client.get(PROJECTS).await.status, 303);
}

#[tokio::test]
async fn signing_in_starts_a_session_under_another_id() {
    let Scene { mut client, .. } = Scene::new().await;
    client.get("/account/login/").await;
    let anonymous = client.session.clone().expect("a session");
    client.sign_in(NOW_MS).await;
    let signed_in = client.session.clone().expect("a session");
    assert_ne!(anonymous[..32], signed_in[..32]);
    client.session = Some(anonymous);
    assert_eq!(client.get(PUBLISHING).await.status, 303, "the old id stays nobody's");
}
