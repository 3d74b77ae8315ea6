//! Signing in as it is for people: a mailed link, a recovery code, a second account; and what is left
//! of it on the disk.

use secrecy::ExposeSecret;
use trustdesk_core::secrets::{KeyringSecrets, Loaded, SecretName, Secrets};
use trustdesk_demo_index::{Now, PASSWORD, RECOVERY_CODES, SystemNow, USERNAME, code_at_step};
use trustdesk_domain::IndexKey;

use super::story::Story;
use crate::disk;

const WRONG_PASSWORD: &str = "marker-of-a-wrong-password-91c2";
const WRONG_RECOVERY_CODE: &str = "feedfacefeedface";

/// The authenticator's code, or a later one: an index takes each once.
fn code(steps: i64) -> String {
    code_at_step(SystemNow.now_ms(), steps).code
}

impl Story {
    async fn gives_password(&self, username: &str, password: &str) {
        let window = self.window();
        window.fill("#sign-in-username", username).await.expect("a field");
        window.fill("#sign-in-password", password).await.expect("a field");
        window.press("main", "Continue").await.expect("a button");
    }

    async fn gives_code(&self, steps: i64) {
        let window = self.window();
        window.fill("#sign-in-code", &code(steps)).await.expect("a field");
        window.press("main form", "Sign in").await.expect("a button");
    }
}

#[tokio::test]
async fn a_link_that_was_mailed_signs_this_app_in_when_it_is_pasted() {
    let Some(story) = Story::begins(0).await else { return };
    let window = story.window();
    window.click("#choose-demo").await.expect("a choice");
    story.gives_password("new-device", PASSWORD).await;
    story.gives_code(0).await;
    window.read("main", "has mailed you a link").await.expect("the network is not known");

    let elsewhere = "https://evil.example/account/confirm-login/?token=x";
    window.fill("#sign-in-link", elsewhere).await.expect("a field");
    window.press("main form", "Confirm").await.expect("a button");
    window.read("#sign-in-link-errors", "no confirmation link of").await.expect("our words");
    window.holds("#sign-in-link", elsewhere).await.expect("nothing is lost on bad input");

    let link = story.index().mailbox().into_iter().rev().find_map(|mail| mail.link);
    window.fill("#sign-in-link", &link.expect("a mail")).await.expect("a field");
    window.press("main form", "Confirm").await.expect("a button");
    window.screen("projects").await.expect("signed in");
    window.read("#said", "this device is now recognized").await.expect("the index's words");
}

#[tokio::test]
async fn a_second_account_stands_beside_the_first_and_is_forgotten_alone() {
    let Some(story) = Story::signed_in().await else { return };
    let window = story.window();
    window.click("#account-switcher").await.expect("a button");
    window.click("#add-account").await.expect("an entry");
    window.screen("sign-in").await.expect("the same index");
    story.gives_password("security-key", PASSWORD).await;
    window.see("#security-key").await.expect("no form for a code");
    window.gone("#sign-in-code").await.expect("posting one would crash the index");
    window.press("main", "Use a recovery code instead").await.expect("a way that works here");
    window.fill("#sign-in-recovery_code", RECOVERY_CODES[2]).await.expect("a field");
    window.press("main form", "Sign in").await.expect("a button");
    window.screen("projects").await.expect("signed in");
    window.read("#account-switcher", "security-key").await.expect("the second one");

    window.click("#account-switcher").await.expect("a button");
    window.press("#account-list ul", USERNAME).await.expect("the first one");
    window.read("#account-switcher", USERNAME).await.expect("without a password");
    window.see("#project-sampleproject").await.expect("what was read of it");

    story.goes_to("Settings", "settings").await;
    window.press("#account-2", "Forget…").await.expect("a button");
    window.click("#forget-with-data").await.expect("a choice");
    window.click("#confirm-forget-account").await.expect("a button");
    window.gone("#confirm-forget-account").await.expect("done");
    window.gone("#account-2").await.expect("it is gone");
    window.read("#account-1", USERNAME).await.expect("the other one is untouched");
    story.goes_to("Your projects", "projects").await;
    window.press("main", "Refresh").await.expect("a button");
    window.read("#connection", "Online").await.expect("its session holds");
}

#[tokio::test]
async fn what_was_typed_and_what_the_index_gave_for_it_is_on_no_disk() {
    let Some(mut story) = Story::begins(0).await else { return };
    story.window().click("#choose-demo").await.expect("a choice");
    story.gives_password(USERNAME, WRONG_PASSWORD).await;
    story.window().read("#sign-in-password-errors", "invalid").await.expect("refused");
    story.gives_password(USERNAME, PASSWORD).await;
    story.window().press("main", "Use a recovery code instead").await.expect("a button");
    story.window().fill("#sign-in-recovery_code", WRONG_RECOVERY_CODE).await.expect("a field");
    story.window().press("main form", "Sign in").await.expect("a button");
    story.window().read("#sign-in-recovery_code-errors", "Invalid").await.expect("refused");
    story.window().press("main", "Use the authenticator code").await.expect("a button");
    story.window().click("#remember-device").await.expect("a choice");
    story.gives_code(0).await;
    story.window().screen("projects").await.expect("signed in");
    story.opens_project(super::story::PROJECT).await;
    story.adds("octo-org", "release.yml").await;
    story.window().read("main", "From now on release.yml").await.expect("listed");

    let name = SecretName { index_key: IndexKey("demo".into()), username: USERNAME.into() };
    let Loaded::Found(cookies, _) = KeyringSecrets::default().load(&name).await else {
        panic!("the app keeps its session in the keyring of this desktop");
    };
    let session = cookies.session.expect("signed in").expose_secret().to_owned();
    let device = cookies.remembered_device.expect("as was wanted").expose_secret().to_owned();
    let secrets = [WRONG_PASSWORD, WRONG_RECOVERY_CODE, PASSWORD, &session, &device];
    assert_eq!(disk::files_with(&story.data(), &secrets), [""; 0], "while it runs");
    let known = disk::files_with(&story.data(), &["release.yml"]);
    assert!(!known.is_empty(), "what is kept is found, or this test is green for nothing");

    story.is_killed();
    assert_eq!(disk::files_with(&story.data(), &secrets), [""; 0], "after it was killed");
    story.opens(&[]).await;
    story.window().screen("projects").await.expect("the session was kept");
    story.goes_to("Settings", "settings").await;
    story.window().press("#accounts", "Sign out").await.expect("a button");
    story.window().read("#connection", "Signed out").await.expect("signed out");
    let left = KeyringSecrets::default().load(&name).await;
    assert!(matches!(left, Loaded::Nothing), "the device is forgotten too");
    assert_eq!(disk::files_with(&story.data(), &secrets), [""; 0], "after signing out");
}
