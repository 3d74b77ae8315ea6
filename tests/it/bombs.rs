//! Answers that are huge, deep or never end. Each is left in time with a plain error, and nothing that
//! is kept changes.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::time::timeout;
use trustdesk_core::domain::ChangeState;
use trustdesk_core::index::{Error as IndexError, Patience};
use trustdesk_core::sync::Error;
use trustdesk_tests::desk::{self, release_workflow};
use trustdesk_tests::stranger::{answering, http, without_end};
use url::Url;

use crate::kept::kept;

/// More than the largest page that is taken.
const TOO_LARGE: usize = 33 * 1024 * 1024;
/// How long the slowest of these may take here. Most of it is spent on reading HTML, which takes ten
/// times as long in a build for tests.
const BOUND: Duration = Duration::from_secs(60);
/// For a head that never ends.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a page of an index begins with.
const PAGE: &str = "<!doctype html><meta name=\"defaultLanguage\" content=\"en\"><main id=\"content\">\
                    <a class=\"vertical-tabs__tab--is-active\" \
                    href=\"/manage/project/tidepool/settings/publishing/\"></a>";

/// Everything that reads a page is led there; the errors.
async fn asked_of(place: &Url, what: &str, answer: Duration) -> Vec<IndexError> {
    let (index, mut desk) = desk::signed_in().await;
    desk.engine.refresh_publishing("tidepool").await.expect("read");
    desk.engine = desk.engine.with_patience(Patience { answer, ..Patience::default() });
    let add = desk.queue_add("tidepool", &release_workflow()).await;
    let before = kept(&desk, &add).await;
    desk.choose(place).await;
    let engine = &desk.engine;
    let asked = async {
        [
            engine.refresh_connection().await.expect_err("nobody"),
            engine.refresh_publishing("tidepool").await.expect_err("no page"),
        ]
    };
    let errors = timeout(BOUND, asked).await.unwrap_or_else(|_| panic!("{what} never ended"));
    assert_eq!(kept(&desk, &add).await, before, "{what}");
    desk.choose(&index.origin()).await;
    desk.engine.sync_project("tidepool").await.expect("the session is still good");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done, "{what}");
    let of_index = |error| match error {
        Error::Index(error) => error,
        other => panic!("{what}: {other:?}"),
    };
    errors.into_iter().map(of_index).collect()
}

#[tokio::test]
async fn an_answer_larger_than_any_page_is_left() {
    let huge = answering(http("200 OK", &" ".repeat(TOO_LARGE))).await;
    let endless = without_end("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "<p>").await;
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&vec![b' '; TOO_LARGE]).expect("in memory");
    let packed = packed.finish().expect("in memory");
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
        packed.len()
    );
    let bomb = answering([head.as_bytes(), &packed].concat()).await;
    for (what, place) in [("50 MB", huge), ("no end", endless), ("a bomb", bomb)] {
        for error in asked_of(&place, what, BOUND).await {
            assert!(matches!(error, IndexError::TooLarge), "{what}: {error:?}");
        }
    }
}

#[tokio::test]
async fn a_page_with_rows_or_depths_without_end_is_read_as_none() {
    let footer = "</main><footer></footer>";
    let list = "<table class=\"table--publisher-list\"><tbody>";
    let rows = format!("{PAGE}{list}{}{footer}", "<tr><td>".repeat(150_000));
    let deep = format!("{PAGE}{}{footer}", "<div>".repeat(100_000));
    let deep_list = format!("{PAGE}{}{footer}", list.repeat(20_000));
    for (what, page) in [("rows", rows), ("depth", deep), ("lists in lists", deep_list)] {
        let place = answering(http("200 OK", &page)).await;
        let errors = asked_of(&place, what, BOUND).await;
        assert!(matches!(errors[0], IndexError::NotTheIndex), "{what}: {errors:?}");
        assert!(matches!(errors[1], IndexError::PageNotUnderstood(_)), "{what}: {errors:?}");
    }
}

#[tokio::test]
async fn a_head_without_end_is_left() {
    let header = without_end("HTTP/1.1 200 OK\r\nX-Endless: ", "aaaaaaaa").await;
    let headers = without_end("HTTP/1.1 200 OK\r\n", "X-Endless: a\r\n").await;
    let not_yet = without_end("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n").await;
    for (what, place) in [("a header", header), ("headers", headers), ("not yet", not_yet)] {
        for error in asked_of(&place, what, PATIENCE).await {
            assert!(matches!(error, IndexError::AnswerLost(_)), "{what}: {error:?}");
        }
    }
}

#[tokio::test]
async fn redirects_without_end_are_not_followed() {
    let onwards = "302 Found\r\nLocation: /manage/project/tidepool/settings/publishing/";
    let place = answering(http(onwards, "")).await;
    for error in asked_of(&place, "a redirect to itself", BOUND).await {
        assert!(matches!(error, IndexError::PageNotUnderstood("a redirect")), "{error:?}");
    }
}
