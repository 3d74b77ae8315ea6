//! Signing in: name, password, code; and what is said when one of them is wrong.

use trustdesk_demo_index::{PASSWORD, USERNAME, code_at_step, current_code};

use crate::client::{MINUTE_MS, NOW_MS, PUBLISHING, Scene};

const LOGIN: &str = "/account/login/";
const INVALID_TOKEN: &str = "Invalid or expired two factor login.";

#[tokio::test]
async fn name_password_and_code_sign_in() {
    let Scene { mut client, .. } = Scene::new().await;
    assert!(client.get(LOGIN).await.has("form#login-form"));
    let address = client.give_password().await;
    assert!(address.starts_with(&format!("{}/account/two-factor/?", client.origin())));

    let page = client.get(&address).await;
    let action = page.attributes("form#totp-auth-form", "action");
    assert_eq!(action.len(), 1);
    let page = client.give_code(&action[0], &current_code(NOW_MS).code).await;
    assert_eq!((page.status, page.location()), (303, format!("{}/", client.origin()).as_str()));

    let who = client.get("/_includes/authed/current-user-indicator/").await;
    assert_eq!(who.attributes("a[href^='/user/']", "href"), ["/user/demo/"]);
    let page = client.get(LOGIN).await;
    assert!(page.location().ends_with("/manage/projects/"), "who is signed in needs no login page");
}

#[tokio::test]
async fn the_page_that_was_asked_for_first_comes_after_the_code() {
    let Scene { mut client, .. } = Scene::new().await;
    let page = client.get(PUBLISHING).await;
    let next = "%2Fmanage%2Fproject%2Fsampleproject%2Fsettings%2Fpublishing%2F";
    assert_eq!(page.location(), format!("{}/account/login/?next={next}", client.origin()));

    let page = client.get(page.location()).await;
    assert_eq!(page.attributes("#login-form input[name=next]", "value"), [PUBLISHING]);
    let form = [("username", "DEMO"), ("password", PASSWORD), ("next", PUBLISHING)];
    let page = client.post(LOGIN, &form).await;
    let address = page.location().to_owned();
    let page = client.give_code(&address, &current_code(NOW_MS).code).await;
    assert_eq!(page.location(), format!("{}{PUBLISHING}", client.origin()));
}

#[tokio::test]
async fn an_address_elsewhere_is_no_place_to_go_after_signing_in() {
    let Scene { mut client, .. } = Scene::new().await;
    for next in ["https://evil.example/", "//evil.example/", "http:evil"] {
        let form = [("username", USERNAME), ("password", PASSWORD), ("next", next)];
        let address = client.post(LOGIN, &form).await.location().to_owned();
        let page = client.get(&address).await;
        assert_eq!(page.status, 200, "{next}");
        assert!(!page.body.contains("evil.example"), "{next}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_name_or_password_stands_under_the_field() {
    let Scene { mut client, .. } = Scene::new().await;
    let long = "x".repeat(4097);
    let required = "This field is required.";
    let email = "Usernames are not the same as email addresses. Enter your username instead of \
                 your email address.";
    for (username, password, field, message) in [
        (USERNAME, "wrong", "password", "The password is invalid. Try again."),
        (USERNAME, "", "password", required),
        (USERNAME, long.as_str(), "password", "Password too long."),
        ("nobody", "wrong", "username", "No user found with that username"),
        ("a@b.example", "wrong", "username", email),
        ("", "wrong", "username", required),
    ] {
        let page = client.post(LOGIN, &[("username", username), ("password", password)]).await;
        assert_eq!(page.status, 200);
        let told = page.texts(&format!("div#{field}-errors ul.form-errors li"));
        assert_eq!(told, [message], "{username}");
        assert_eq!(page.attributes("#username", "value"), [username], "what was typed stays");
    }
}

#[tokio::test]
async fn after_ten_wrong_passwords_even_the_right_one_is_refused_for_five_minutes() {
    let Scene { mut client, clock, .. } = Scene::new().await;
    for _ in 0..10 {
        let page = client.post(LOGIN, &[("username", USERNAME), ("password", "wrong")]).await;
        assert_eq!(page.status, 200);
    }
    let form = [("username", USERNAME), ("password", PASSWORD)];
    let page = client.post(LOGIN, &form).await;
    let message = "There have been too many unsuccessful login attempts. You have been locked \
                   out for 5 minutes. Please try again later.";
    assert_eq!(page.texts("div#password-errors li"), [message]);
    clock.advance(5 * MINUTE_MS);
    assert_eq!(client.post(LOGIN, &form).await.status, 303);
}

#[tokio::test]
async fn a_code_with_spaces_is_right_and_one_of_the_neighbouring_steps_too() {
    for steps in [-1, 0, 1] {
        let Scene { mut client, .. } = Scene::new().await;
        let address = client.give_password().await;
        let code = code_at_step(NOW_MS, steps).code;
        let spaced = format!(" {} {}\t", &code[..3], &code[3..]);
        assert_eq!(client.give_code(&address, &spaced).await.status, 303, "step {steps}");
    }
}

#[tokio::test]
async fn a_wrong_a_malformed_and_a_missing_code_are_told_apart() {
    let Scene { mut client, .. } = Scene::new().await;
    let address = client.give_password().await;
    let (digits, invalid) = ("TOTP code must be 6 digits.", "Invalid TOTP code.");
    for (code, messages) in [
        (code_at_step(NOW_MS, 5).code.as_str(), &[invalid][..]),
        ("12345a", &[digits, invalid]),
        ("", &["This field is required."]),
    ] {
        let page = client.give_code(&address, code).await;
        assert_eq!(
            (page.status, page.texts("ul#totp-errors li").as_slice()),
            (200, &messages.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>()[..])
        );
    }
}

#[tokio::test]
async fn a_code_is_taken_once() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    client.post("/account/logout/", &[]).await;
    let address = client.give_password().await;
    let page = client.give_code(&address, &current_code(NOW_MS).code).await;
    assert_eq!(page.texts("ul#totp-errors li"), ["Invalid TOTP code."]);
    client.sign_in_again(NOW_MS).await;
}

#[tokio::test]
async fn the_way_to_the_code_lasts_five_minutes() {
    let Scene { mut client, clock, .. } = Scene::new().await;
    let address = client.give_password().await;
    clock.advance(5 * MINUTE_MS);
    assert_eq!(client.get(&address).await.status, 200);
    clock.advance(1000);
    let page = client.get(&address).await;
    assert!(page.location().ends_with("/account/login/"), "{page:?}");
    assert_eq!(client.flashes().await, [INVALID_TOKEN]);
}

#[tokio::test]
async fn a_changed_or_missing_token_leads_back_to_the_start() {
    let Scene { mut client, .. } = Scene::new().await;
    let address = client.give_password().await;
    for address in [format!("{address}0"), "/account/two-factor/".to_owned()] {
        let page = client.give_code(&address, "123456").await;
        assert_eq!(page.location(), format!("{}/account/login/", client.origin()));
        assert_eq!(client.flashes().await, [INVALID_TOKEN]);
    }
}

#[tokio::test]
async fn a_token_made_before_a_sign_in_is_void_after_it() {
    let Scene { mut client, clock, index } = Scene::new().await;
    let old = client.give_password().await;
    clock.advance(1000);
    client.sign_in(NOW_MS + 1000).await;
    let mut other = crate::client::Client::new(&index);
    let page = other.get(&old).await;
    assert!(page.location().ends_with("/account/login/"));
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    assert_eq!(client.get("/account/logout/").await.status, 200);
    let session = client.session.clone();
    let page = client.post("/account/logout/", &[]).await;
    assert_eq!((page.status, page.location()), (303, format!("{}/", client.origin()).as_str()));
    assert_eq!(client.session, None, "the cookie is deleted");
    client.session = session;
    assert_eq!(client.get("/manage/projects/").await.status, 303, "and worth nothing any more");
}
