//! Answers that are huge, deep or never end. Each is left in time with a plain error, and nothing that
//! is kept changes.

use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::time::timeout;
use trustdesk_core::index::{
    Error as IndexError, PackageIndex, Patience, Reach, Session, Warehouse,
};
use trustdesk_core::sync::Error;
use trustdesk_demo_index::{DemoIndex, Options};
use trustdesk_domain::ChangeState;
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use trustdesk_tests::proxy::{LIST, Proxy};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::stranger::{answering, http, without_end};
use trustdesk_tests::time::{START_MS, Time};
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
    let patience = Patience { answer, ..Patience::default() };
    desk.engine = desk.engine.with_patience(patience);
    let (clock, pace) = (Arc::clone(&desk.time) as _, Arc::default());
    let reach = Reach { patience, clock, pace };
    let page = Warehouse::new(place.clone(), Session::default(), reach).expect("a client");
    let add = desk.queue_add("tidepool", &release_workflow()).await;
    let before = kept(&desk, &add).await;
    desk.choose(place).await;
    let engine = &desk.engine;
    // The engine asks whose session it is before it reads a page, and no answer here tells.
    let asked = async {
        let nobody = engine.refresh_connection().await.expect_err("nobody");
        engine.refresh_publishing("tidepool").await.expect_err("nobody's page");
        (nobody, page.publishing("tidepool").await.expect_err("no page"))
    };
    let (nobody, no_page) =
        timeout(BOUND, asked).await.unwrap_or_else(|_| panic!("{what} never ended"));
    assert_eq!(kept(&desk, &add).await, before, "{what}");
    desk.choose(&index.origin()).await;
    desk.engine.sync_project("tidepool").await.expect("the session is still good");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done, "{what}");
    match nobody {
        Error::Index(nobody) => vec![nobody, no_page],
        other => panic!("{what}: {other:?}"),
    }
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

/// The same bytes, packed.
fn packed(page: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(page.as_bytes()).expect("in memory");
    let packed = packed.finish().expect("in memory");
    let length = packed.len();
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), &packed].concat()
}

#[tokio::test]
async fn small_answer_that_unpacks_to_much_work_is_left() {
    let footers = format!("{PAGE}</main>{}", "<footer></footer>".repeat(80_000));
    let many = (0..160_000).map(|number| format!(" a{number}"));
    let attributes =
        format!("{PAGE}<div{}></div></main><footer></footer>", many.collect::<String>());
    let notices = "<div class=notification-bar>Read-only mode</div>".repeat(40_000);
    let headings =
        "<section><h2></h2><i></i><p class=no-bottom-padding></p></section>".repeat(40_000);
    let notices = format!("{PAGE}{notices}{headings}</main><footer></footer>");
    let quotes = format!("{PAGE}</main>{}", "<p>&&&&&&&&<<<<".repeat(50_000));
    for (what, page) in [("footers", footers), ("parts", notices), ("errors", quotes)] {
        let answer = packed(&page);
        assert!(answer.len() < 50_000, "{what}: {} bytes", answer.len());
        let errors = asked_of(&answering(answer).await, what, BOUND).await;
        let is_read = matches!(errors[1], IndexError::PageNotUnderstood(_));
        assert!(is_read, "{what}: it is read to its end in time: {errors:?}");
    }
    let errors = asked_of(&answering(packed(&attributes)).await, "attributes", BOUND).await;
    assert!(matches!(errors[1], IndexError::TooLarge), "no parser sees it: {errors:?}");
}

#[tokio::test]
async fn reading_ends_when_nobody_waits_for_it() {
    let (_index, desk) = desk::signed_in().await;
    let much = "<section><h2>a</h2><p>b</p></section>".repeat(130_000);
    let page = format!("{PAGE}{much}</main><footer></footer>");
    desk.choose(&answering(http("200 OK", &page)).await).await;
    let asked = Instant::now();
    let given_up = timeout(Duration::from_millis(300), desk.engine.refresh_connection()).await;
    let waited = asked.elapsed();
    assert!(given_up.is_err() || waited < Duration::from_millis(300), "{given_up:?}");
    assert!(waited < Duration::from_secs(3), "the thread that waits was kept busy for {waited:?}");
}

#[tokio::test]
async fn list_of_ten_thousand_projects_is_read_and_another_page_of_its_size_is_not() {
    let time = Time::at(START_MS);
    let options = Options { projects: 10_000, clock: Arc::clone(&time) as _, ..Options::default() };
    let index = DemoIndex::start(options).await.expect("starts");
    let proxy = Proxy::before(&index).await;
    let desk = Desk::at(&proxy.origin(), &time).await;
    desk.sign_in().await;
    desk.engine.refresh_projects().await.expect("read");
    let projects = desk.engine.store().projects(desk.account().await).await.expect("read");
    assert!(projects.len() > 10_000, "{} projects", projects.len());
    let (_, list) = proxy.pages().pop().expect("the list");
    assert!(list.len() > 5_000_000, "{} bytes", list.len());
    proxy.answer(LIST, http("200 OK", &list));
    let error = desk.engine.refresh_publishing(PROJECT).await.expect_err("too large for that");
    assert!(matches!(error, Error::Index(IndexError::TooLarge)), "{error:?}");
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
