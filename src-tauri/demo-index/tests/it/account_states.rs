//! Accounts that are not in order: where they are sent, and what ends their sessions.

use trustdesk_demo_index::{PASSWORD, USERNAME, code_at_step};

use crate::client::{Client, FLASHES, MINUTE_MS, NOW_MS, PUBLISHING, Scene};

const PROJECTS: &str = "/manage/projects/";
const VERIFY: &str =
    "You must verify your **primary** email address before you can perform this action.";
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// Where the client is sent from there, and what it is told.
async fn sent_from(client: &mut Client, path: &str) -> (String, Vec<String>) {
    let page = client.get(path).await;
    let origin = client.origin().to_owned();
    let place = page.location().strip_prefix(&origin).unwrap_or_default().to_owned();
    (place, client.flashes().await)
}

#[tokio::test]
async fn who_is_not_in_order_is_sent_where_that_is_done_from_every_page() {
    let factor =
        "Two-factor authentication must be enabled on your account to perform this action.";
    for (username, own, place, told) in [
        ("no-two-factor", "lone-candle", "/manage/account/two-factor/", factor),
        ("unverified-2fa", "half-timber", "/manage/unverified-account/", VERIFY),
        ("no-primary-email", "dead-letter", "/manage/unverified-account/", VERIFY),
    ] {
        let Scene { mut client, .. } = Scene::new().await;
        client.sign_in_as(username, NOW_MS).await;
        client.flashes().await;
        for path in [
            PROJECTS.to_owned(),
            "/manage/account/publishing/".to_owned(),
            format!("/manage/project/{own}/settings/publishing/"),
            format!("/manage/project/{own}/history/"),
        ] {
            let (sent, flashes) = sent_from(&mut client, &path).await;
            assert_eq!(sent, format!("{place}?next={}", path.replace('/', "%2F")), "{username}");
            assert_eq!(flashes, [told], "{username}: the way there says why");
        }
        let (sent, _) = sent_from(&mut client, place).await;
        assert_eq!(sent, "", "{username}: the page itself is shown");
        assert_eq!(client.get(PUBLISHING).await.status, 403, "what is not one's own comes first");
    }
}

#[tokio::test]
async fn an_address_is_verified_before_a_second_factor_is_set() {
    let Scene { mut client, .. } = Scene::new().await;
    client.sign_in_as("unverified", NOW_MS).await;
    let (sent, flashes) = sent_from(&mut client, "/manage/account/two-factor/").await;
    assert!(sent.starts_with("/manage/unverified-account/"), "{sent}");
    assert_eq!(flashes, [VERIFY]);
    let page = client.get("/manage/unverified-account/").await;
    assert_eq!(page.texts("td.table__email"), ["unverified@example.com"]);
}

#[tokio::test]
async fn the_pages_that_put_an_account_in_order_ask_for_the_password_too() {
    let Scene { mut client, index, .. } = Scene::new().await;
    client.sign_in_as("unverified", NOW_MS).await;
    index.make_reauth_needed();
    let page = client.get("/manage/unverified-account/?next=%2F").await;
    assert_eq!(
        page.attributes("input[name=next_route]", "value"),
        ["manage.unverified-account"],
        "and a form leads back"
    );
    let form = [
        ("next_route", "manage.unverified-account"),
        ("next_route_matchdict", "{}"),
        ("next_route_query", r#"{"next":"/"}"#),
        ("password", PASSWORD),
    ];
    let page = client.post("/account/reauthenticate/", &form).await;
    assert!(page.location().ends_with("/manage/unverified-account/?next=%2F"), "{page:?}");
    let address = page.location().to_owned();
    assert!(client.get(&address).await.has("td.table__email"));
}

#[tokio::test]
async fn an_address_that_stops_being_verified_stops_everything() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    assert_eq!(client.get(PUBLISHING).await.status, 200);
    index.set_email_verified(USERNAME, false);
    assert_eq!(sent_from(&mut client, PUBLISHING).await.1, [VERIFY]);
    index.set_email_verified(USERNAME, true);
    assert_eq!(client.get(PUBLISHING).await.status, 200, "still signed in");
}

#[tokio::test]
async fn each_page_of_an_account_says_what_it_lacks() {
    for (username, referrer, told) in [
        ("unverified", None, "Your primary email address (unverified@example.com) is unverified."),
        ("no-primary-email", None, "You do not have a primary email address."),
        ("no-two-factor", Some("/"), "Two factor authentication is available,"),
        ("no-two-factor", Some("/manage/account/two-factor/"), ""),
        ("no-two-factor", None, ""),
        ("no-recovery-codes", Some("/"), "Two-factor recovery codes are available,"),
        (USERNAME, Some("/"), ""),
    ] {
        let Scene { mut client, .. } = Scene::new().await;
        client.sign_in_as(username, NOW_MS).await;
        let origin = client.origin().to_owned();
        let path = "/_includes/authed/session-notifications/";
        let page = client
            .send(reqwest::Method::GET, path, |request| match referrer {
                Some(path) => request.header("Referer", format!("{origin}{path}")),
                None => request,
            })
            .await;
        let words = page.words(".notification-bar__message").concat();
        assert!(words.starts_with(told), "{username}: {words}");
        assert_eq!(words.is_empty(), told.is_empty(), "{username}: {words}");
    }
}

#[tokio::test]
async fn a_frozen_account_signs_in_and_is_thrown_out_at_its_next_step() {
    let Scene { mut client, .. } = Scene::new().await;
    client.sign_in_as("frozen", NOW_MS).await;
    let (sent, flashes) = sent_from(&mut client, PROJECTS).await;
    assert_eq!(sent, "/account/login/?next=%2Fmanage%2Fprojects%2F");
    let told = "Your account has been suspended. Please contact security@pypi.org for assistance.";
    assert_eq!(flashes, [told]);
}

#[tokio::test]
async fn what_happens_to_an_account_ends_the_session_that_it_has() {
    let suspended =
        "Your account has been suspended. Please contact security@pypi.org for assistance.";
    let changed = "Session invalidated by password change";
    for (told, happens) in [
        (
            suspended,
            (|index| index.set_frozen(USERNAME, true)) as fn(&trustdesk_demo_index::DemoIndex),
        ),
        (changed, |index| index.change_password(USERNAME)),
        ("Session invalidated", |index| index.disable_password(USERNAME)),
    ] {
        let Scene { mut client, index, .. } = Scene::signed_in().await;
        let session = client.session.clone();
        happens(&index);
        let page = client.get(PROJECTS).await;
        assert_eq!(page.status, 303);
        assert_ne!(client.session, session, "it has another session from then on");
        assert_eq!(client.flashes().await, [told]);
        client.session = session;
        assert_eq!(client.who().await, None, "the old one is gone for good");
    }
}

#[tokio::test]
async fn after_a_password_change_one_can_sign_in_again_and_stays() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    index.change_password(USERNAME);
    client.get(PROJECTS).await;
    client.sign_in_again(NOW_MS).await;
    assert_eq!(client.get(PROJECTS).await.status, 200);
}

#[tokio::test]
async fn a_form_of_a_session_that_was_ended_is_a_bad_request() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let token = client.csrf_token().await;
    index.set_frozen(USERNAME, true);
    let form = [&[("csrf_token", token.as_str())], crate::client::EXAMPLE].concat();
    assert_eq!(client.post_bare(PUBLISHING, &form).await.status, 400);
    assert!(index.publishers("sampleproject").is_empty());
}

#[tokio::test]
async fn a_breached_password_is_told_once_and_is_no_password_after_that() {
    let Scene { mut client, index, .. } = Scene::new().await;
    let form = [("username", "compromised-password"), ("password", PASSWORD)];
    let page = client.post("/account/login/", &form).await;
    let told = page.texts("#password-errors li").concat();
    let words = "This password appears in a security breach or has been compromised and cannot be \
                 used.";
    assert!(page.status == 200 && told.starts_with(words), "{told}");
    assert!(page.has("#password-errors li a"), "with a link");
    assert_eq!(index.mails().len(), 1, "and a mail");
    let page = client.post("/account/login/", &form).await;
    assert_eq!(page.texts("#password-errors li"), ["The password is invalid. Try again."]);
}

#[tokio::test]
async fn new_terms_are_told_at_each_sign_in_until_they_are_seen_or_hold_anyway() {
    let Scene { mut client, clock, .. } = Scene::new().await;
    let mut told = Vec::new();
    for (days, see) in [(0, false), (30, true), (30, false)] {
        clock.set(NOW_MS + days * DAY_MS);
        let code = code_at_step(NOW_MS + days * DAY_MS, i64::from(told.len() == 2));
        let address = client.give_password_of("terms-of-service").await;
        client.give_code(&address, &code.code).await;
        let page = client.get(FLASHES).await;
        told.push(page.flashes().concat());
        assert!(!page.has(".notification-bar--danger"), "it is no error");
        if see {
            let path = page.attributes(".notification-bar__message a", "href").concat();
            assert_eq!(client.get(&path).await.status, 200);
        }
        client.post("/account/logout/", &[]).await;
    }
    let words = "Please review our updated Terms of Service.";
    assert_eq!(told, [words, words, ""]);

    let Scene { mut client, clock, .. } = Scene::new().await;
    client.sign_in_as("terms-of-service", NOW_MS).await;
    client.post("/account/logout/", &[]).await;
    client.flashes().await;
    clock.advance(31 * DAY_MS);
    client.sign_in_as("terms-of-service", NOW_MS + 31 * DAY_MS).await;
    assert!(client.flashes().await.is_empty(), "after a month they hold for everybody");
}

#[tokio::test]
async fn each_account_sees_its_own_projects_alone() {
    let Scene { mut client, .. } = Scene::new().await;
    client.sign_in_as("security-key-and-totp", NOW_MS).await;
    let page = client.get(PROJECTS).await;
    assert_eq!(page.words("h3.package-snippet__title"), ["twin-keel Sole owner"]);
    assert_eq!(client.get(PUBLISHING).await.status, 403);
    let path = "/manage/project/twin-keel/settings/publishing/";
    assert_eq!(client.post(path, crate::client::EXAMPLE).await.status, 303);
}
