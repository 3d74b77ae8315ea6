//! Networks from which an account has not signed in before, and the mailed link.

use trustdesk_demo_index::{DemoIndex, PASSWORD, RECOVERY_CODES, USERNAME, current_code};

use crate::client::{Client, MINUTE_MS, NOW_MS, Scene};

const NEW: &str = "new-device";
const HOUR_MS: i64 = 60 * MINUTE_MS;
const SUBJECT: &str = "[PyPI] Unrecognized login to your PyPI account";

/// Gives the right code, and is sent to the mailbox.
async fn be_held_back(client: &mut Client, username: &str, now_ms: i64) {
    let address = client.give_password_of(username).await;
    let page = client.give_code(&address, &current_code(now_ms).code).await;
    let mailbox = format!("{}/account/confirm-login/", client.origin());
    assert_eq!((page.status, page.location()), (303, mailbox.as_str()));
}

fn link(index: &DemoIndex) -> String {
    index.mailbox().pop().and_then(|mail| mail.link).expect("a link")
}

/// How many links were mailed.
fn links(index: &DemoIndex) -> usize {
    index.mailbox().iter().filter(|mail| mail.link.is_some()).count()
}

#[tokio::test]
async fn the_right_code_from_an_unknown_network_signs_nobody_in() {
    let Scene { mut client, index, .. } = Scene::new().await;
    be_held_back(&mut client, NEW, NOW_MS).await;
    assert_eq!(client.who().await, None);
    let page = client.get("/account/confirm-login/").await;
    assert!(page.texts("title")[0].starts_with("Unrecognized device"));
    let here = format!("{}/account/confirm-login/", client.origin());
    assert_eq!(page.attributes("meta[property='og:url']", "content"), [here]);
    let mail = index.mailbox().pop().expect("a mail");
    assert_eq!((mail.to.as_str(), mail.subject.as_str()), (NEW, SUBJECT));
    assert!(mail.text.contains("127.0.0.1"), "it names the network: {}", mail.text);
}

#[tokio::test]
async fn the_link_signs_in_whoever_opens_it_and_makes_the_network_known() {
    let Scene { mut client, index, .. } = Scene::new().await;
    be_held_back(&mut client, NEW, NOW_MS).await;
    let mut browser = Client::new(&index);
    let page = browser.get(&link(&index)).await;
    assert_eq!(page.location(), format!("{}/manage/projects/", client.origin()));
    assert_eq!(browser.who().await.as_deref(), Some(NEW));
    let told = "Your login has been confirmed and this device is now recognized.";
    assert_eq!(browser.flashes().await, [told]);
    assert_eq!(client.who().await, None, "who only waited is not signed in by it");

    let address = client.give_password_of(NEW).await;
    let page = client.give_code(&address, &current_code(NOW_MS).code).await;
    assert_eq!(page.location(), format!("{}/", client.origin()), "that code was not used up");
    assert_eq!(client.who().await.as_deref(), Some(NEW));
}

#[tokio::test]
async fn the_link_counts_on_its_own_network_only() {
    let Scene { mut client, index, .. } = Scene::new().await;
    client.network = Some("203.0.113.7");
    be_held_back(&mut client, USERNAME, NOW_MS).await;
    let mut elsewhere = Client::new(&index);
    let page = elsewhere.get(&link(&index)).await;
    assert_eq!(page.location(), format!("{}/account/login/", client.origin()));
    let told = "Device details didn't match, please try again from the device you originally \
                used to log in.";
    assert_eq!(elsewhere.flashes().await, [told]);
    client.get(&link(&index)).await;
    assert_eq!(client.who().await.as_deref(), Some(USERNAME), "the link was not spent by that");
}

#[tokio::test]
async fn the_link_counts_once() {
    let Scene { mut client, index, .. } = Scene::new().await;
    be_held_back(&mut client, NEW, NOW_MS).await;
    client.get(&link(&index)).await;
    let mut thief = Client::new(&index);
    thief.get(&link(&index)).await;
    assert_eq!(thief.who().await, None);
    assert_eq!(thief.flashes().await, ["Invalid login attempt."]);
}

#[tokio::test]
async fn the_link_lasts_six_hours() {
    let Scene { mut client, index, clock } = Scene::new().await;
    be_held_back(&mut client, NEW, NOW_MS).await;
    clock.advance(6 * HOUR_MS + 1);
    client.get(&link(&index)).await;
    assert_eq!(client.flashes().await, ["Expired token: please try to login again"]);
    be_held_back(&mut client, NEW, NOW_MS + 6 * HOUR_MS + 1).await;
    client.get(&link(&index)).await;
    assert_eq!(client.who().await.as_deref(), Some(NEW), "a new one was mailed");
}

#[tokio::test]
async fn a_link_that_was_never_mailed_leads_back_to_the_start() {
    let Scene { mut client, index, .. } = Scene::new().await;
    be_held_back(&mut client, NEW, NOW_MS).await;
    let token_of_the_code = client.give_password_of(NEW).await.replacen(
        "/account/two-factor/?",
        "/account/confirm-login/?token=",
        1,
    );
    let changed = format!("{}0", link(&index));
    for address in [changed.as_str(), &token_of_the_code, "/account/confirm-login/?token=bad"] {
        let page = client.get(address).await;
        assert!(page.location().ends_with("/account/login/"), "{address}");
        assert_eq!(client.flashes().await, ["Invalid token: please try to login again"]);
    }
    let page = client.get("/account/confirm-login/?token=").await;
    assert_eq!(page.status, 200, "without a token it is the page that waits");
}

#[tokio::test]
async fn a_mailbox_gets_one_link_in_fifteen_minutes_however_often_one_tries() {
    let Scene { mut client, index, clock } = Scene::new().await;
    be_held_back(&mut client, NEW, NOW_MS).await;
    clock.advance(15 * MINUTE_MS);
    be_held_back(&mut client, NEW, NOW_MS + 15 * MINUTE_MS).await;
    assert_eq!(links(&index), 1);
    clock.advance(1);
    be_held_back(&mut client, NEW, NOW_MS + 15 * MINUTE_MS + 1).await;
    assert_eq!(links(&index), 2);
    client.network = Some("203.0.113.7");
    be_held_back(&mut client, NEW, NOW_MS + 15 * MINUTE_MS + 1).await;
    assert_eq!(links(&index), 3, "another network has had none yet");
}

#[tokio::test]
async fn a_recovery_code_is_used_up_although_the_sign_in_is_held_back() {
    let Scene { mut client, index, .. } = Scene::new().await;
    let address = client.give_password_of(NEW).await;
    let address = address.replacen("/account/two-factor/", "/account/recovery-code/", 1);
    let form = [("method", "recovery-code"), ("recovery_code_value", RECOVERY_CODES[0])];
    let page = client.post(&address, &form).await;
    assert!(page.location().ends_with("/account/confirm-login/"), "{page:?}");
    let page = client.post(&address, &form).await;
    let told = page.texts("ul#recovery_code-errors li");
    assert_eq!(told, ["Recovery code has been previously used."]);
    client.get(&link(&index)).await;
    assert_eq!(client.who().await.as_deref(), Some(NEW));
}

#[tokio::test]
async fn the_device_is_not_remembered_where_the_sign_in_is_held_back() {
    let Scene { mut client, .. } = Scene::new().await;
    let address = client.give_password_of(NEW).await;
    let code = current_code(NOW_MS).code;
    let form = [("method", "totp"), ("totp_value", code.as_str()), ("remember_device", "true")];
    client.post(&address, &form).await;
    assert_eq!(client.remembered, None);
}

#[tokio::test]
async fn an_account_in_order_is_held_back_once_its_devices_are_forgotten_or_it_has_moved() {
    let Scene { mut client, index, .. } = Scene::new().await;
    index.set_network("198.51.100.9".parse().ok());
    be_held_back(&mut client, USERNAME, NOW_MS).await;
    index.set_network(None);
    client.sign_in(NOW_MS).await;
    client.post("/account/logout/", &[]).await;
    index.forget_devices(USERNAME);
    let address = client.give_password().await;
    let code = trustdesk_demo_index::code_at_step(NOW_MS, 1).code;
    let page = client.give_code(&address, &code).await;
    assert!(page.location().ends_with("/account/confirm-login/"), "{page:?}");
}

#[tokio::test]
async fn the_mailbox_is_a_page_of_the_demos_own_with_the_newest_mail_first() {
    let Scene { mut client, index, .. } = Scene::new().await;
    assert!(client.get("/demo/mailbox/").await.body.contains("No mail yet"));
    be_held_back(&mut client, NEW, NOW_MS).await;
    let form = [("username", "compromised-password"), ("password", PASSWORD)];
    client.post("/account/login/", &form).await;
    let page = client.get("/demo/mailbox/").await;
    assert_eq!(page.texts("article h2"), ["[PyPI] Your PyPI password has been reset", SUBJECT]);
    let mailed = index.mailbox().into_iter().filter_map(|mail| mail.link).collect::<Vec<_>>();
    assert_eq!(page.attributes("article a", "href"), mailed);
    assert!(!page.has("meta[name=defaultLanguage]"), "no client takes it for the index's");
}
