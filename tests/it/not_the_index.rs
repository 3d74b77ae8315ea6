//! Something else answers in the index's place: a hotel's portal, a server that hangs up. One plain
//! error, and nothing that is kept changes.

use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use trustdesk_core::domain::{Change, ChangeState};
use trustdesk_core::index::Error as IndexError;
use trustdesk_core::store::{CachedProject, CachedPublishing};
use trustdesk_core::sync::{Connection, Error};
use trustdesk_demo_index::{PASSWORD, USERNAME};
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use url::Url;

const PORTAL: &str = "<!doctype html><html><head><title>Hotel Meridian</title></head><body>\
    <main id=\"content\"><form action=\"/account/login/\"><input name=\"csrf_token\" value=\"1\">\
    <input name=\"username\"><input name=\"password\"></form></main></body></html>";

/// A server that answers whatever it is asked with the same bytes, and hangs up.
async fn answering(answer: String) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // The core always begins with a GET, which comes in one piece; an answer that stands
            // there before the question would be something else again.
            let mut request = vec![0; 64 * 1024];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    Url::parse(&format!("http://{address}/")).expect("an address")
}

fn http(head: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {head}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
}

/// All that a stranger could spoil.
#[derive(Debug, PartialEq)]
struct Kept {
    projects: Vec<CachedProject>,
    publishing: CachedPublishing,
    change: Change,
}

async fn kept(desk: &Desk, change: &Change) -> Kept {
    let projects = desk.engine.store().projects(desk.account().await).await.expect("reads");
    let publishing = desk.cached("tidepool").await;
    Kept { projects, publishing, change: desk.change(&change.id).await }
}

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
        desk.choose(&answering(answer.to_owned()).await).await;
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
