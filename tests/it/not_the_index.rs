//! Something else answers in the index's place: a hotel's portal, a server that hangs up. One plain
//! error, and nothing that is kept changes.

use secrecy::SecretString;
use tokio::net::TcpListener;
use trustdesk_core::index::Error as IndexError;
use trustdesk_core::sync::{Connection, Error};
use trustdesk_demo_index::{PASSWORD, USERNAME};
use trustdesk_domain::{ChangeState, Index};
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use trustdesk_tests::proxy::{CHANGE, LIST, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::stranger::{answering, http};
use trustdesk_tests::time::SERVER_MAY_WORK_MS;
use url::Url;

use crate::kept::kept;

const PORTAL: &str = "<!doctype html><html><head><title>Hotel Meridian</title></head><body>\
    <main id=\"content\"><form action=\"/account/login/\"><input name=\"csrf_token\" value=\"1\">\
    <input name=\"username\"><input name=\"password\"></form></main></body></html>";

/// Everything that can be asked of an index is asked of this one; the errors, in that order.
async fn everything_asked(desk: &Desk) -> Vec<Error> {
    let engine = &desk.engine;
    let password = SecretString::from(PASSWORD);
    vec![
        engine.refresh_projects().await.expect_err("no list"),
        engine.refresh_publishing("tidepool").await.expect_err("no page"),
        engine.sync_project("tidepool").await.expect_err("no index"),
        engine.confirm_password(&password).await.expect_err("no form token"),
        engine.sign_in(USERNAME, &password).await.map(drop).expect_err("no form"),
    ]
}

#[tokio::test]
async fn a_portal_in_the_indexs_place_is_named_and_changes_nothing() {
    let (index, desk) = desk::signed_in().await;
    desk.engine.refresh_publishing("tidepool").await.expect("read");
    let change = desk.queue_add("tidepool", &release_workflow()).await;
    let before = kept(&desk, &change).await;
    let redirect = "302 Found\r\nLocation: http://portal.hotel.example/account/login/";
    for answer in [
        http("200 OK", PORTAL),
        http("200 OK", ""),
        http("403 Forbidden", PORTAL),
        http("404 Not Found", "no such thing"),
        http(redirect, PORTAL),
    ] {
        let status = answer.lines().next().unwrap_or_default().to_owned();
        desk.choose(&answering(answer).await).await;
        for error in everything_asked(&desk).await {
            let named = matches!(error, Error::Index(IndexError::NotTheIndex));
            assert!(named, "{status}: {error:?}");
            assert_eq!(error.to_string(), "the answer does not come from a package index");
        }
        assert_eq!(desk.connection().await, Connection::NotTheIndex, "{status}");
        assert_eq!(kept(&desk, &change).await, before, "{status}");
    }

    desk.choose(&index.origin()).await;
    desk.engine.sync_project("tidepool").await.expect("the session is still good");
    assert_eq!(desk.state(&change.id).await, ChangeState::Done);
}

#[tokio::test]
async fn a_server_that_hangs_up_is_as_good_as_none() {
    let (_index, desk) = desk::signed_in().await;
    desk.engine.refresh_publishing("tidepool").await.expect("read");
    let change = desk.queue_add("tidepool", &release_workflow()).await;
    let before = kept(&desk, &change).await;
    for answer in ["", "HTTP/1.1 200", "SSH-2.0-OpenSSH_9.2\r\n"] {
        desk.choose(&answering(answer).await).await;
        for error in everything_asked(&desk).await {
            let lost = matches!(error, Error::Index(IndexError::AnswerLost(_)));
            assert!(lost, "{answer:?}: {error:?}");
        }
        assert_eq!(desk.connection().await, Connection::Offline, "{answer:?}");
        assert_eq!(kept(&desk, &change).await, before, "{answer:?}");
    }
}

#[tokio::test]
async fn an_index_with_server_errors_is_said_to_be_down() {
    let (_index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    desk.choose(&answering(http("503 Service Unavailable", "<h1>Maintenance</h1>")).await).await;
    let error = desk.engine.sync_project(PROJECT).await.expect_err("it is down");
    assert!(matches!(error, Error::Index(IndexError::IndexDown(503))), "{error:?}");
    assert_eq!(desk.connection().await, Connection::IndexDown);
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting);
}

#[tokio::test]
async fn a_portal_that_answers_an_add_leaves_it_to_be_checked() {
    let (index, desk) = desk::signed_in().await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    proxy.answer(CHANGE, http("200 OK", PORTAL));
    let error = desk.engine.sync_project(PROJECT).await.expect_err("that was no answer");
    assert!(matches!(error, Error::Index(IndexError::NotTheIndex)), "{error:?}");
    let state = desk.state(&add.id).await;
    assert_eq!(
        state,
        ChangeState::Checking,
        "neither done nor refused: the portal may have let it by"
    );
    desk.time.pass(SERVER_MAY_WORK_MS);
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
    assert_eq!((proxy.changes_sent(), desk::posts(&index)), (2, 1));
}

#[tokio::test]
async fn where_nobody_listens_and_where_no_name_leads_nothing_was_sent() {
    let (index, desk) = desk::signed_in().await;
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let closed = format!("http://{}/", listener.local_addr().expect("an address"));
    drop(listener);
    // No resolver asks anybody for a name with a part of more than 63 letters.
    let no_name = format!("https://{}.invalid/", "a".repeat(64));
    desk.choose(&Url::parse(&closed).expect("an address")).await;
    let error = desk.engine.sync_project(PROJECT).await.expect_err("there is nobody");
    assert!(matches!(error, Error::Index(IndexError::Offline(_))), "{closed}: {error:?}");
    assert_eq!(desk.connection().await, Connection::Offline, "{closed}");
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting, "{closed}");
    let nameless = Index::other(&no_name).expect("an address");
    desk.engine.select_index(&nameless).await.expect("chosen");
    let password = SecretString::from(PASSWORD);
    let error = desk.engine.sign_in(USERNAME, &password).await.expect_err("there is nobody");
    assert!(matches!(error, Error::Index(IndexError::Offline(_))), "{no_name}: {error:?}");
    desk.choose(&index.origin()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    assert_eq!((desk.state(&add.id).await, desk::posts(&index)), (ChangeState::Done, 1));
}

#[tokio::test]
async fn a_page_that_has_changed_sends_nothing() {
    let (index, desk) = desk::signed_in().await;
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    let add = desk.queue_add(PROJECT, &release_workflow()).await;
    let (_, page) = proxy.pages().pop().expect("the list");
    for (what, from, to) in [
        ("a field has another name", "name=\"owner\"", "name=\"organization\""),
        ("a field is new", "name=\"owner\"", "name=\"owner\"><input name=\"audience\" required"),
        ("a form is another", "</form>", "</form><table></table>"),
        ("the empty list says nothing", "no-bottom-padding", "padding"),
        ("the end is missing", "<footer", "<aside"),
    ] {
        assert!(page.contains(from), "{what}");
        proxy.answer(LIST, http("200 OK", &page.replace(from, to)));
        let error = desk.engine.sync_project(PROJECT).await.expect_err("another page");
        let said = matches!(error, Error::Index(IndexError::PageNotUnderstood(_)));
        assert!(said, "{what}: {error:?}");
        assert_eq!(desk.connection().await, Connection::PageNotUnderstood, "{what}");
        assert_eq!(desk.state(&add.id).await, ChangeState::Waiting, "{what}");
    }
    assert_eq!(proxy.changes_sent(), 0, "nothing is sent to forms that nobody knows");
    desk.engine.sync_project(PROJECT).await.expect("the page is as before");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
}
