//! A device that needs no second factor for 30 days.

use trustdesk_demo_index::{PASSWORD, USERNAME, code_at_step, current_code};

use crate::client::{Client, MINUTE_MS, NOW_MS, Scene};
use crate::page::Page;

const LOGIN: &str = "/account/login/";
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// Signs in with a code, asks to be remembered, and signs out.
async fn remembered() -> Scene {
    let mut scene = Scene::new().await;
    let client = &mut scene.client;
    let address = client.give_password().await;
    let code = current_code(NOW_MS).code;
    let form = [("method", "totp"), ("totp_value", code.as_str()), ("remember_device", "true")];
    assert_eq!(client.post(&address, &form).await.status, 303);
    client.post("/account/logout/", &[]).await;
    scene
}

async fn give_password(client: &mut Client, username: &str) -> Page {
    client.post(LOGIN, &[("username", username), ("password", PASSWORD)]).await
}

#[tokio::test]
async fn the_cookie_is_for_the_sign_in_page_alone_and_lasts_thirty_days() {
    let Scene { mut client, .. } = Scene::new().await;
    let address = client.give_password().await;
    let code = current_code(NOW_MS).code;
    let form = [("method", "totp"), ("totp_value", code.as_str()), ("remember_device", "true")];
    let page = client.post(&address, &form).await;
    let cookies = page.cookies();
    let cookie = cookies.iter().find(|cookie| cookie.starts_with("remember_device="));
    let attributes = cookie.and_then(|cookie| cookie.split_once("; ")).map(|(_, rest)| rest);
    let expected = "Max-Age=2592000; Path=/account/login/; \
                    expires=Sun, 20-Dec-2026 09:05:04 GMT; HttpOnly; SameSite=strict";
    assert_eq!(attributes, Some(expected));
}

#[tokio::test]
async fn nothing_is_remembered_unasked() {
    let Scene { client, .. } = Scene::signed_in().await;
    assert_eq!(client.remembered, None);
}

#[tokio::test]
async fn a_remembered_device_needs_no_second_factor_and_goes_where_it_was_meant_to() {
    let Scene { mut client, .. } = remembered().await;
    let page = give_password(&mut client, USERNAME).await;
    assert!(page.location().ends_with("/manage/projects/"), "{page:?}");
    assert_eq!(client.who().await.as_deref(), Some(USERNAME));
}

#[tokio::test]
async fn signing_out_another_network_and_a_new_password_do_not_end_it_and_thirty_days_do() {
    let Scene { mut client, index, clock } = remembered().await;
    index.change_password(USERNAME);
    client.network = Some("203.0.113.7");
    clock.advance(30 * DAY_MS);
    assert!(give_password(&mut client, USERNAME).await.location().ends_with("/manage/projects/"));
    client.post("/account/logout/", &[]).await;
    clock.advance(1);
    let page = give_password(&mut client, USERNAME).await;
    assert!(page.location().contains("/account/two-factor/?"), "one millisecond too late");
}

#[tokio::test]
async fn the_network_of_a_remembered_device_is_known_from_then_on() {
    let Scene { mut client, .. } = remembered().await;
    client.network = Some("203.0.113.7");
    give_password(&mut client, USERNAME).await;
    client.post("/account/logout/", &[]).await;
    client.remembered = None;
    let address = client.give_password().await;
    let page = client.give_code(&address, &code_at_step(NOW_MS, 1).code).await;
    assert_eq!(page.location(), format!("{}/", client.origin()), "no link is mailed");
}

#[tokio::test]
async fn the_cookie_counts_for_its_own_account_and_as_it_was_made() {
    let Scene { mut client, .. } = remembered().await;
    let page = give_password(&mut client, "security-key").await;
    assert!(page.location().contains("/account/two-factor/?"), "another account");
    client.remembered = client.remembered.map(|value| format!("{value}0"));
    let page = give_password(&mut client, USERNAME).await;
    assert!(page.location().contains("/account/two-factor/?"), "a changed cookie");
}

#[tokio::test]
async fn a_remembered_device_needs_the_right_password_all_the_same() {
    let Scene { mut client, .. } = remembered().await;
    let page = client.post(LOGIN, &[("username", USERNAME), ("password", "wrong")]).await;
    assert_eq!(page.texts("#password-errors li"), ["The password is invalid. Try again."]);
}
