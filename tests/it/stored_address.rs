//! Where a session goes is not the database's to say: a stored address that is not the index's own is an
//! error, and nobody at that address hears of it.

use secrecy::SecretString;
use trustdesk_core::secrets::{KeptCookies, SecretName, Secrets};
use trustdesk_core::store;
use trustdesk_core::sync::{Error, IndexError};
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::Index;
use trustdesk_tests::desk::{self, Desk};
use trustdesk_tests::other_connection::run_sql_with;
use trustdesk_tests::proxy::Proxy;
use trustdesk_tests::time::{START_MS, Time};

const USERNAME: &str = "alice";

/// A desk whose keyring has a session of this index, and a listener at another address.
async fn with_a_kept_session(index: &Index) -> (DemoIndex, Proxy, Desk) {
    let time = Time::at(START_MS);
    let demo = desk::start_index(&time, None).await;
    let listener = Proxy::before(&demo).await;
    let desk = Desk::at(&demo.origin(), &time).await;
    time.pass(1);
    desk.engine.select_index(index).await.expect("chosen");
    let opened = desk.engine.store().select_account_named(&index.key, USERNAME).await;
    opened.expect("signed in at some time");
    let name = SecretName { index_key: index.key.clone(), username: USERNAME.to_owned() };
    let session = Some(SecretString::from("a.session.cookie"));
    desk.secrets.save(&name, &KeptCookies { session, remembered_device: None }).await;
    (demo, listener, desk)
}

fn is_wrong_address<T: std::fmt::Debug>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Store(store::Error::WrongAddress { .. })))
}

#[tokio::test]
async fn session_is_not_sent_to_an_address_that_somebody_wrote_into_the_database() {
    for index in [
        Index::pypi().expect("known"),
        Index::testpypi().expect("known"),
        Index::other("https://index.example").expect("an address"),
        Index::other("http://127.0.0.1:9").expect("an address"),
    ] {
        let (_demo, listener, desk) = with_a_kept_session(&index).await;
        let elsewhere = listener.origin();
        let moved = "UPDATE indexes SET origin = ?1";
        run_sql_with(desk.folder(), moved, &[elsewhere.as_str()]).await;
        let desk = desk.restart().await;

        let read = desk.engine.refresh_projects().await;
        assert_eq!(listener.sent(), 0, "the session of {} went to {elsewhere}", index.name);
        assert!(is_wrong_address(&read), "{read:?}");
        let said = read.expect_err("an error").to_string();
        assert!(said.contains(&index.key.0) && said.contains(elsewhere.as_str()), "{said}");
        assert!(is_wrong_address(&desk.engine.screen().await), "no screen shows it as the index");
        let password = SecretString::from("a password");
        assert!(is_wrong_address(&desk.engine.sign_in(USERNAME, &password).await));
        assert_eq!(desk.engine.known_accounts().await.expect("read"), []);
        let account = desk.engine.store().account_named(&index.key, USERNAME).await;
        let account = account.expect("read").expect("there").id;
        desk.engine.forget_account(account, true).await.expect("it can be deleted all the same");
        assert_eq!(listener.sent(), 0, "no session was ended there either");

        desk.engine.select_index(&index).await.expect("chosen again");
        let screen = desk.engine.screen().await.expect("mended");
        assert_eq!(screen.index, Some(index));
    }
}

#[tokio::test]
async fn index_that_somebody_renamed_in_the_database_is_given_no_session_of_the_old_one() {
    let pypi = Index::pypi().expect("known");
    let (_demo, listener, desk) = with_a_kept_session(&pypi).await;
    let elsewhere = listener.origin();
    let key = elsewhere.as_str().trim_end_matches('/');
    for renamed in [
        "UPDATE indexes SET index_key = ?1, origin = ?2 WHERE index_key = 'pypi'",
        "UPDATE accounts SET index_key = ?1 WHERE index_key = 'pypi' AND ?2 <> ''",
        "UPDATE selections SET index_key = ?1 WHERE index_key = 'pypi' AND ?2 <> ''",
    ] {
        run_sql_with(desk.folder(), renamed, &[key, elsewhere.as_str()]).await;
    }
    let desk = desk.restart().await;
    let screen = desk.engine.screen().await.expect("an index of its own");
    assert_eq!(screen.index.expect("chosen").name, elsewhere.authority(), "not shown as PyPI");
    let read = desk.engine.refresh_projects().await;
    assert!(matches!(read, Err(Error::Index(IndexError::SignedOut))), "{read:?}");
    assert_eq!(listener.sent(), 0);
}
