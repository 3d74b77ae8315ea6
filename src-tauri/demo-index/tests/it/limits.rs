//! What may be tried only so often.

use crate::client::{EXAMPLE, MINUTE_MS, PUBLISHING, Scene};

const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

#[tokio::test]
async fn a_hundred_tries_to_add_a_day_valid_or_not_and_no_more() {
    let Scene { mut client, clock, index } = Scene::signed_in().await;
    let token = client.csrf_token().await;
    let form = [&[("csrf_token", token.as_str())], EXAMPLE].concat();
    let mut invalid = form.clone();
    invalid[1] = ("owner", "-");
    for _ in 0..100 {
        assert_eq!(client.post_bare(PUBLISHING, &invalid).await.status, 200);
    }
    let page = client.post_bare(PUBLISHING, &form).await;
    assert_eq!((page.status, page.retry_after()), (429, Some(86_400)));
    let words = "There have been too many attempted trusted publisher registrations. \
                 Try again later.";
    assert!(page.body.contains(words));
    assert!(index.publishers("sampleproject").is_empty());
    assert_eq!(client.get(PUBLISHING).await.status, 200, "looking is not limited");

    clock.advance(25 * MINUTE_MS);
    let page = client.post_bare(PUBLISHING, &form).await;
    assert_eq!(page.retry_after(), Some(86_400 - 25 * 60));
    clock.advance(DAY_MS - 25 * MINUTE_MS);
    client.sign_in(crate::client::NOW_MS + DAY_MS).await;
    assert_eq!(client.post(PUBLISHING, EXAMPLE).await.status, 303);
}

#[tokio::test]
async fn removing_is_not_limited_and_does_not_count() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let token = client.csrf_token().await;
    let unknown =
        [("csrf_token", token.as_str()), ("publisher_id", "f55572e8-7a31-4b4c-8fdf-a1d55e9b64c0")];
    for _ in 0..101 {
        assert_eq!(client.post_bare(PUBLISHING, &unknown).await.status, 200);
    }
    assert_eq!(client.post(PUBLISHING, EXAMPLE).await.status, 303);
    assert_eq!(index.publishers("sampleproject").len(), 1);
}

#[tokio::test]
async fn after_five_wrong_codes_the_second_half_is_closed_for_five_minutes() {
    let Scene { mut client, clock, .. } = Scene::new().await;
    let address = client.give_password().await;
    for _ in 0..5 {
        assert_eq!(client.give_code(&address, "000000").await.status, 200);
    }
    clock.advance(1000);
    let page = client.give_code(&address, "000000").await;
    assert_eq!((page.status, page.retry_after()), (429, Some(299)));
    assert!(page.body.contains("You have been locked out for 5 minutes."), "{}", page.body);
    assert_eq!(client.get(&address).await.status, 200, "the page itself is still shown");
    clock.advance(5 * MINUTE_MS);
    client.sign_in(crate::client::NOW_MS + 5 * MINUTE_MS + 1000).await;
}

#[tokio::test]
async fn twenty_wrong_codes_an_hour_and_fifty_a_day_are_the_most_however_slowly_they_come() {
    let Scene { mut client, clock, .. } = Scene::new().await;
    let mut locked = Vec::new();
    for round in 1..=10 {
        let address = client.give_password().await;
        for _ in 0..5 {
            assert_eq!(client.give_code(&address, "000000").await.status, 200, "round {round}");
        }
        let page = client.give_code(&address, "000000").await;
        let wait_s = page.retry_after().expect("a time to wait");
        locked.push(wait_s / 60);
        clock.advance(i64::try_from(wait_s).expect("a day at most") * 1000);
    }
    let hour = [5, 5, 5, 45];
    assert_eq!(locked, [&hour[..], &hour, &[5, 22 * 60 - 5]].concat());
}

#[tokio::test]
async fn who_is_locked_out_elsewhere_is_so_here_and_others_there_too() {
    let Scene { mut client, .. } = Scene::new().await;
    client.network = Some("203.0.113.7");
    let wrong = [("username", "demo"), ("password", "wrong")];
    for _ in 0..10 {
        client.post("/account/login/", &wrong).await;
    }
    let locked = "There have been too many unsuccessful login attempts.";
    for (network, username, is_locked) in [
        (None, "demo", true),
        (Some("203.0.113.7"), "security-key", true),
        (None, "security-key", false),
    ] {
        client.network = network;
        let form = [("username", username), ("password", trustdesk_demo_index::PASSWORD)];
        let page = client.post("/account/login/", &form).await;
        assert_eq!(page.body.contains(locked), is_locked, "{network:?} {username}");
    }
}

#[tokio::test]
async fn wrong_passwords_count_together_where_they_sign_in_and_where_they_confirm() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    index.make_reauth_needed();
    let confirm = [
        ("next_route", "manage.projects"),
        ("next_route_matchdict", "{}"),
        ("next_route_query", "{}"),
        ("password", "wrong"),
    ];
    for _ in 0..10 {
        client.post("/account/reauthenticate/", &confirm).await;
    }
    let mut other = crate::client::Client::new(&index);
    let form = [("username", "demo"), ("password", trustdesk_demo_index::PASSWORD)];
    let page = other.post("/account/login/", &form).await;
    assert!(page.body.contains("You have been locked out for 5 minutes."), "{}", page.body);
}

#[tokio::test]
async fn a_limit_is_told_in_the_form_that_the_client_accepts() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    for (accept, kind) in [
        ("application/json", "application/json"),
        ("text/html,*/*", "text/html; charset=UTF-8"),
        ("text/plain", "text/plain; charset=UTF-8"),
    ] {
        let request = client.send(reqwest::Method::POST, PUBLISHING, |request| {
            let request = request.header("Content-Type", "application/x-www-form-urlencoded");
            request.body(crate::client::body(EXAMPLE)).headers(accepts(accept))
        });
        let page = request.await;
        assert_eq!((page.status, page.header("content-type")), (400, Some(kind)), "{accept}");
    }
}

fn accepts(kind: &'static str) -> reqwest::header::HeaderMap {
    let value = reqwest::header::HeaderValue::from_static(kind);
    std::iter::once((reqwest::header::ACCEPT, value)).collect()
}
