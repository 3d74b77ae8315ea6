//! The form token: taken from the form that signs out; one that the index refuses while the session
//! lives on is asked for anew once, and no more.

use secrecy::SecretString;
use trustdesk_core::index::{Error as IndexError, pages};
use trustdesk_core::sync::{Error, PasswordConfirmed};
use trustdesk_demo_index::{DemoIndex, PASSWORD};
use trustdesk_domain::ChangeState;
use trustdesk_tests::desk::{self, Desk, PROJECT, fields, release_workflow};
use trustdesk_tests::proxy::{CHANGE, MESSAGES, PASSWORD_FORM, Place, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::stranger::http;

/// A desk that has sent a change, and so knows the session's form token.
async fn with_a_known_token() -> (DemoIndex, Proxy, Desk) {
    let (index, desk) = desk::signed_in().await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(proxy.changes_sent(), 1);
    (index, proxy, desk)
}

/// Sends what waits, and renews the token between the list and the first change.
async fn sync_while_renewed(index: &DemoIndex, proxy: &Proxy, desk: &Desk) -> Result<(), Error> {
    let mut held = proxy.hold(MESSAGES, Place::BeforeTheIndex);
    let (synced, ()) = tokio::join!(desk.engine.sync_project(PROJECT), async {
        held.reached().await;
        index.renew_form_tokens();
        held.pass_on().await;
    });
    synced
}

#[tokio::test]
async fn a_refused_form_token_is_renewed_and_the_form_sent_once_more() {
    let (index, proxy, desk) = with_a_known_token().await;
    let add = desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "second.yml", "")).await;
    sync_while_renewed(&index, &proxy, &desk).await.expect("the session lives on");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(proxy.changes_sent(), 3, "one that was refused, and one with the token of now");
    assert_eq!(index.publishers(PROJECT).len(), 2);

    index.make_reauth_needed();
    index.renew_form_tokens();
    let confirmed = desk.engine.confirm_password(&SecretString::from(PASSWORD)).await;
    assert_eq!(confirmed.expect("the index answers"), PasswordConfirmed::Yes);
    index.renew_form_tokens();
    desk.engine.sign_out().await.expect("signed out on the index too");
}

#[tokio::test]
async fn a_form_that_goes_on_to_be_refused_is_not_sent_a_third_time() {
    let (index, proxy, desk) = with_a_known_token().await;
    let add = desk.queue_add(PROJECT, &fields("octo-org", PROJECT, "second.yml", "")).await;
    let refused = http("400 Bad Request", "<h1>Bad CSRF token</h1>");
    let refused_so_often = async |synced: Result<(), Error>| {
        let error = synced.expect_err("refused");
        let said = matches!(error, Error::Index(IndexError::PageNotUnderstood("the form token")));
        assert!(said, "{error:?}");
        assert_eq!(desk.state(&add.id).await, ChangeState::Waiting, "no form had an effect");
        proxy.changes_sent()
    };
    proxy.answer(CHANGE, refused.clone());
    let sent = refused_so_often(desk.engine.sync_project(PROJECT).await).await;
    assert_eq!(sent, 2, "the token is the same, and would be refused again");

    proxy.answer(CHANGE, refused.clone());
    proxy.answer(CHANGE, refused);
    let sent = refused_so_often(sync_while_renewed(&index, &proxy, &desk).await).await;
    assert_eq!(sent, 4, "one more, with the other token");

    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!(index.publishers(PROJECT).len(), 2);
}

/// Who is signed in, with other forms around the one that signs out.
const INDICATOR: &str = "<div id=user-indicator><a href='/user/diver/'>diver</a>LANGUAGE\
    <form method=post action='/account/logout/'><input name=csrf_token value=sign-out></form>\
    AFTER</div>";

#[test]
fn form_token_is_the_sign_out_forms_wherever_it_stands() {
    let others = [
        "",
        "<form action='/locale/'><select name=locale_id></select></form>",
        "<form action='/locale/'><input name=csrf_token value=another></form>",
    ];
    for before in others {
        for after in others {
            let page = INDICATOR.replace("LANGUAGE", before).replace("AFTER", after);
            let me = pages::who_am_i(&page).expect("somebody is signed in");
            assert_eq!(me.username.as_deref(), Some("diver"));
            assert_eq!(me.csrf_token.as_deref(), Some("sign-out"), "{page}");
        }
    }
    let without = "<a href='/user/diver/'>diver</a><form action='/locale/'>\
        <input name=csrf_token value=another></form>";
    assert!(pages::who_am_i(without).expect("signed in").csrf_token.is_none());
}

#[tokio::test]
async fn password_that_the_index_did_not_look_at_is_not_called_wrong() {
    let (index, proxy, desk) = with_a_known_token().await;
    index.make_reauth_needed();
    for status in ["429 Too Many Requests", "503 Service Unavailable", "403 Forbidden", "200 OK"] {
        proxy.answer(PASSWORD_FORM, http(status, "<h1>Blocked</h1>"));
        let answer = desk.engine.confirm_password(&SecretString::from(PASSWORD)).await;
        assert!(answer.is_err(), "{status}: {answer:?}");
    }
    let wrong = desk.engine.confirm_password(&SecretString::from("wrong")).await;
    assert_eq!(wrong.expect("answered"), PasswordConfirmed::Wrong(9), "none of those was counted");
}
