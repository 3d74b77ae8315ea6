use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use super::*;
use crate::clock::SystemClock;
use crate::index::Patience;

/// Sun, 22 Nov 2026 19:18:39 GMT.
const DATE: &str = "Sun, 22 Nov 2026 19:18:39 GMT";
const DATE_MS: i64 = 1_795_375_119_000;

/// Who is signed in, and the token of the form that signs out.
fn indicator(username: &str) -> String {
    format!(
        "<a href=\"/user/{username}/\">{username}</a><form action=\"/account/logout/\">\
         <input name=\"csrf_token\" value=\"token of {username}\"></form>"
    )
}

/// An index of diver's that gives these answers, one a request, and tells the time with each.
fn answering(answers: Vec<(&'static str, String)>) -> Warehouse {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for (head, body) in answers {
            let (mut stream, _) = listener.accept().expect("asked");
            let _ = stream.read(&mut [0; 64 * 1024]);
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {head}\r\nDate: {DATE}\r\nContent-Length: {length}\r\n\
                 Connection: close\r\n\r\n{body}"
            );
        }
    });
    let reach =
        Reach { patience: Patience::default(), clock: Arc::new(SystemClock), pace: Arc::default() };
    let origin = Url::parse(&format!("http://{address}/")).expect("an address");
    Warehouse::new(origin, Session::default(), reach).expect("a client").belonging_to("diver")
}

#[tokio::test]
async fn form_token_of_another_users_session_is_never_kept() {
    let page = |username| ("200 OK", indicator(username));
    let index = answering(vec![page("mallory"), page("Diver"), page("mallory")]);
    let _said = index.who_am_i().await;
    assert!(index.http.csrf_token().await.is_none(), "nothing is sent in mallory's name");
    let own = index.csrf_token().await.expect("its own");
    assert_eq!(own.expose_secret(), "token of Diver");
    let said = index.who_am_i().await;
    assert!(index.http.csrf_token().await.is_none(), "the session is mallory's by now");
    assert!(matches!(&said, Err(Error::SomeoneElse(name)) if name == "mallory"), "{said:?}");
}

#[tokio::test]
async fn time_is_told_by_answers_of_the_index_only() {
    let foreign = "<h1>Welcome to the airport</h1>".to_owned();
    for (head, body) in [
        ("502 Bad Gateway", foreign.clone()),
        ("503 Service Unavailable", String::new()),
        ("200 OK", foreign.clone()),
        ("302 Found\r\nLocation: http://portal.example/", String::new()),
        ("429 Too Many Requests", foreign.clone()),
        ("403 Forbidden", foreign.clone()),
        ("404 Not Found", foreign.clone()),
        ("418 I'm a teapot", foreign),
    ] {
        let index = answering(vec![(head, body.clone()), (head, body)]);
        assert!(index.projects().await.is_err(), "{head}");
        assert!(index.who_am_i().await.is_err(), "{head}");
        assert_eq!(index.time(), None, "{head}: it is not the index's time");
    }
    let index = answering(vec![("200 OK", indicator("diver"))]);
    assert_eq!(index.who_am_i().await.expect("its own"), Some("diver".to_owned()));
    let told = index.time().expect("the index told it");
    assert!((DATE_MS..DATE_MS + 60_000).contains(&told.0), "{told:?}");
}
