//! The second half of signing in: which second factors an account has, and its recovery codes.

use trustdesk_demo_index::{RECOVERY_CODES, USERNAME, current_code};

use crate::client::{Client, NOW_MS, Scene};
use crate::page::Page;

const TOTP: &str = "form#totp-auth-form";
const WEBAUTHN: &str = "form#webauthn-auth-form";
const TO_RECOVERY: &str = ".twofa-recovery a[href^='/account/recovery-code/?']";

/// The address of the page for recovery codes.
fn recovery(address: &str) -> String {
    address.replacen("/account/two-factor/", "/account/recovery-code/", 1)
}

async fn give_recovery_code(client: &mut Client, address: &str, code: &str) -> Page {
    let form = [("method", "recovery-code"), ("recovery_code_value", code)];
    client.post(&recovery(address), &form).await
}

#[tokio::test]
async fn the_page_shows_what_the_account_has() {
    let Scene { mut client, .. } = Scene::new().await;
    for (username, totp, webauthn, codes) in [
        (USERNAME, true, false, true),
        ("no-recovery-codes", true, false, false),
        ("security-key", false, true, true),
        ("security-key-and-totp", true, true, true),
    ] {
        let address = client.give_password_of(username).await;
        let page = client.get(&address).await;
        let shown = (page.has(TOTP), page.has(WEBAUTHN), page.has(TO_RECOVERY));
        assert_eq!(shown, (totp, webauthn, codes), "{username}");
        let remember = "input[type=checkbox][name=remember_device][value=true]:not([checked])";
        assert_eq!(
            page.attributes(remember, "name").len(),
            usize::from(totp) + usize::from(webauthn)
        );
    }
}

#[tokio::test]
async fn without_a_second_factor_the_password_is_enough() {
    let Scene { mut client, .. } = Scene::new().await;
    let next = client.give_password_of("no-two-factor").await;
    assert!(next.ends_with("/manage/projects/"), "{next}");
    assert_eq!(client.who().await.as_deref(), Some("no-two-factor"));
}

#[tokio::test]
async fn without_a_second_factor_the_way_leads_to_the_page_that_was_asked_for() {
    let Scene { mut client, .. } = Scene::new().await;
    let form = [
        ("username", "no-two-factor"),
        ("password", trustdesk_demo_index::PASSWORD),
        ("next", "/project/tidepool/"),
    ];
    let page = client.post("/account/login/", &form).await;
    assert_eq!(page.location(), format!("{}/project/tidepool/", client.origin()));
}

#[tokio::test]
async fn a_code_for_an_account_that_has_only_a_security_key_breaks_the_server() {
    let Scene { mut client, .. } = Scene::new().await;
    let address = client.give_password_of("security-key").await;
    let page = client.give_code(&address, &current_code(NOW_MS).code).await;
    assert_eq!(page.status, 500);
    assert!(!page.has("meta[name=defaultLanguage]"), "no page of Warehouse's");
    assert_eq!(client.who().await, None, "and nobody is signed in by it");
    let page = give_recovery_code(&mut client, &address, RECOVERY_CODES[0]).await;
    assert_eq!(page.status, 303, "a recovery code is the way in without the key");
    assert_eq!(client.who().await.as_deref(), Some("security-key"));
}

#[tokio::test]
async fn a_recovery_code_signs_in_once_and_goes_where_it_was_meant_to() {
    let Scene { mut client, index, .. } = Scene::new().await;
    let form = [
        ("username", USERNAME),
        ("password", trustdesk_demo_index::PASSWORD),
        ("next", "/manage/projects/"),
    ];
    let address = client.post("/account/login/", &form).await.location().to_owned();
    let page = client.get(&recovery(&address)).await;
    assert!(page.has("input[name=recovery_code_value]") && !page.has(TOTP));
    assert!(page.body.contains("used up"), "the page warns before the code is given");
    let spaced = "decafbad 0000 0001\t";
    let page = give_recovery_code(&mut client, &address, spaced).await;
    assert_eq!(page.location(), format!("{}/manage/projects/", client.origin()));
    let told = "Recovery code accepted. The supplied code cannot be used again.";
    assert_eq!(client.flashes().await, [told]);
    let mail = (USERNAME.to_owned(), "[PyPI] Recovery code use notification".to_owned());
    assert_eq!(index.mails(), [mail]);

    client.post("/account/logout/", &[]).await;
    let address = client.give_password().await;
    let page = give_recovery_code(&mut client, &address, RECOVERY_CODES[0]).await;
    let told = page.texts("ul#recovery_code-errors li");
    assert_eq!((page.status, told), (200, vec!["Recovery code has been previously used.".into()]));
    let page = give_recovery_code(&mut client, &address, RECOVERY_CODES[1]).await;
    assert_eq!(page.status, 303, "the others are still good");
}

#[tokio::test]
async fn what_is_wrong_with_a_recovery_code_stands_under_it() {
    let Scene { mut client, .. } = Scene::new().await;
    let address = client.give_password().await;
    let characters = "Recovery Codes must be 16 characters.";
    for (code, message) in [
        ("", "This field is required."),
        ("decafbad", characters),
        ("DECAFBAD00000001", characters),
        ("0123456789abcdef", "Invalid recovery code."),
    ] {
        let page = give_recovery_code(&mut client, &address, code).await;
        assert_eq!(page.texts("ul#recovery_code-errors li"), [message], "{code}");
        assert_eq!(page.attributes("#recovery_code_value", "value"), [""], "no code comes back");
    }
}

#[tokio::test]
async fn wrong_codes_of_both_kinds_are_counted_together() {
    let Scene { mut client, .. } = Scene::new().await;
    let address = client.give_password().await;
    for _ in 0..2 {
        client.give_code(&address, "000000").await;
    }
    for _ in 0..3 {
        give_recovery_code(&mut client, &address, "0123456789abcdef").await;
    }
    let page = give_recovery_code(&mut client, &address, RECOVERY_CODES[0]).await;
    assert_eq!((page.status, page.retry_after()), (429, Some(300)));
    let words = "There have been too many unsuccessful login attempts. You have been locked out \
                 for 5 minutes. Please try again later.";
    assert!(page.body.contains(words), "{}", page.body);
    let page = client.give_code(&address, &current_code(NOW_MS).code).await;
    assert_eq!(page.status, 429, "even the right one is not looked at");
}

#[tokio::test]
async fn used_and_malformed_codes_cost_nothing() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    client.post("/account/logout/", &[]).await;
    let address = client.give_password().await;
    for _ in 0..6 {
        assert_eq!(client.give_code(&address, &current_code(NOW_MS).code).await.status, 200);
        assert_eq!(give_recovery_code(&mut client, &address, "decafbad").await.status, 200);
    }
    client.sign_in_again(NOW_MS).await;
}

#[tokio::test]
async fn the_page_for_recovery_codes_is_for_who_is_between_the_halves() {
    let Scene { mut client, .. } = Scene::new().await;
    let address = client.give_password().await;
    for address in [format!("{address}0"), "/account/recovery-code/".to_owned()] {
        let page = client.get(&recovery(&address)).await;
        assert_eq!(page.location(), format!("{}/account/login/", client.origin()));
        assert_eq!(client.flashes().await, ["Invalid or expired two factor login."]);
    }
    client.sign_in(NOW_MS).await;
    let page = client.get(&recovery(&address)).await;
    assert!(page.location().ends_with("/manage/projects/"), "who is signed in needs none");
}

#[tokio::test]
async fn an_account_without_recovery_codes_is_reminded_of_them_at_each_sign_in() {
    let Scene { mut client, index, .. } = Scene::new().await;
    client.sign_in_as("no-recovery-codes", NOW_MS).await;
    let reminder = "[PyPI] Two-factor recovery codes are available".to_owned();
    assert_eq!(index.mails(), [("no-recovery-codes".to_owned(), reminder)]);
    client.post("/account/logout/", &[]).await;
    let address = client.give_password_of("no-recovery-codes").await;
    let page = give_recovery_code(&mut client, &address, RECOVERY_CODES[0]).await;
    assert_eq!(page.texts("ul#recovery_code-errors li"), ["Invalid recovery code."]);
}
