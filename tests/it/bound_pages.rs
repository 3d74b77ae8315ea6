//! A page counts only as the page that was asked for, in the session of the account that asks.

use trustdesk_core::index::Error as IndexError;
use trustdesk_core::sync::{Connection, Error};
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{ChangeState, GitlabInstances, Provider, check};
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use trustdesk_tests::proxy::{CHANGE, LIST, Proxy, WHO_AM_I};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::stranger::http;
use trustdesk_tests::time::SERVER_MAY_WORK_MS;

const OTHER: &str = "tidepool";

/// A desk behind a wire, the page of another project, and that of the project itself.
async fn behind_a_wire() -> (DemoIndex, Proxy, Desk, String, String) {
    let (index, desk) = desk::signed_in().await;
    let (_, publisher) =
        check(Provider::Github, &release_workflow(), &GitlabInstances::gitlab_com());
    index.add_publisher_behind(PROJECT, publisher.expect("valid"));
    let proxy = Proxy::before(&index).await;
    desk.choose(&proxy.origin()).await;
    let page_of = async |project| {
        desk.engine.refresh_publishing(project).await.expect("read");
        proxy.pages().pop().expect("the page").1
    };
    let (other, own) = (page_of(OTHER).await, page_of(PROJECT).await);
    (index, proxy, desk, other, own)
}

fn asked(index: &DemoIndex, path_ends: &str) -> usize {
    index.requests().iter().filter(|line| line.path.ends_with(path_ends)).count()
}

fn unreadable(error: &Error) -> bool {
    matches!(error, Error::Index(IndexError::PageNotUnderstood(_)))
}

#[tokio::test]
async fn page_of_another_project_settles_nothing() {
    let (index, proxy, desk, other, _) = behind_a_wire().await;
    let listed = desk.listed(PROJECT).await;
    let removal = desk.engine.queue_remove(PROJECT, &listed[0].id).await.expect("queued");
    proxy.answer(LIST, http("200 OK", &other));
    let ended = desk.engine.sync_project(PROJECT).await;
    let (state, kept) = (desk.state(&removal.id).await, desk.listed(PROJECT).await);
    assert_eq!((state, kept), (ChangeState::Waiting, listed), "another project's list");
    let error = ended.expect_err("that was not the page");
    assert!(unreadable(&error), "{error:?}");
    assert_eq!(proxy.changes_sent(), 0);
    assert_eq!(index.publishers(PROJECT).len(), 1);
}

#[tokio::test]
async fn page_that_names_no_project_or_two_is_not_read() {
    let (_index, proxy, desk, _, own) = behind_a_wire().await;
    let active = " vertical-tabs__tab--is-active";
    let path = format!("/manage/project/{PROJECT}/settings/publishing/");
    let second =
        format!("<a class=\"{active}\" href=\"/manage/project/tidepool/settings/publishing/\">");
    for (what, page) in [
        ("no entry is active", own.replace(active, "")),
        ("the entry has no address", own.replace(&path, "")),
        ("two projects", own.replacen("<main", &format!("{second}</a><main"), 1)),
    ] {
        assert_ne!(page, own, "{what}");
        proxy.answer(LIST, http("200 OK", &page));
        let ended = desk.engine.refresh_publishing(PROJECT).await;
        let error = ended.expect_err(what);
        assert!(unreadable(&error), "{what}: {error:?}");
    }
    let capitals = own.replace(&path, "/manage/project/Sample.Project/settings/publishing/");
    proxy.answer(LIST, http("200 OK", &capitals.replace("Sample.Project", "SampleProject")));
    desk.engine.refresh_publishing(PROJECT).await.expect("another spelling of the same name");
}

#[tokio::test]
async fn page_of_another_project_in_answer_to_an_add_is_no_refusal() {
    for whose in ["another project's", "nobody's"] {
        let (index, proxy, desk, other, own) = behind_a_wire().await;
        let fields = desk::fields("octo-org", PROJECT, "second.yml", "");
        let add = desk.queue_add(PROJECT, &fields).await;
        let nobodys = own.replace(" vertical-tabs__tab--is-active", "");
        let page = if whose == "nobody's" { nobodys } else { other };
        proxy.answer(CHANGE, http("200 OK", &page));
        let ended = desk.engine.sync_project(PROJECT).await;
        assert_eq!(desk.state(&add.id).await, ChangeState::Checking, "{whose}: {ended:?}");
        let error = ended.expect_err("nobody can tell");
        let is_unknown = matches!(error, Error::Index(IndexError::OutcomeUnknown(_)));
        assert!(is_unknown, "{whose}: {error:?}");
        desk.time.pass(SERVER_MAY_WORK_MS);
        desk.engine.sync_project(PROJECT).await.expect("the list has told, and it is sent again");
        assert_eq!(desk.state(&add.id).await, ChangeState::Done, "{whose}");
        assert_eq!((proxy.changes_sent(), desk::posts(&index)), (2, 1), "{whose}");
    }
}

#[tokio::test]
async fn session_of_another_user_reads_and_sends_nothing() {
    let (index, proxy, desk, _, _) = behind_a_wire().await;
    let desk = desk.restart().await;
    let fields = desk::fields("octo-org", PROJECT, "second.yml", "");
    let add = desk.queue_add(PROJECT, &fields).await;
    let projects = desk.engine.store().projects(desk.account().await).await.expect("read");
    let mallory = "<a href=\"/user/mallory/\">mallory</a><form action=\"/account/logout/\">\
                   <input name=\"csrf_token\" value=\"t\"></form>";
    let before = index.requests().len();
    for job in ["send", "publishing", "projects", "connection"] {
        proxy.answer(WHO_AM_I, http("200 OK", mallory));
        let ended = match job {
            "send" => desk.engine.sync_project(PROJECT).await,
            "publishing" => desk.engine.refresh_publishing(PROJECT).await,
            "projects" => desk.engine.refresh_projects().await,
            _ => desk.engine.refresh_connection().await,
        };
        assert!(ended.is_err(), "{job}: the session is mallory's");
        let error = ended.expect_err("just seen").to_string();
        assert!(error.contains("mallory"), "{job}: {error}");
        assert_eq!(desk.connection().await, Connection::SignedOut, "{job}");
        assert_eq!(index.requests().len(), before, "{job}: nothing else was asked");
        proxy.mend();
    }
    assert_eq!(desk.state(&add.id).await, ChangeState::Waiting);
    let kept = desk.engine.store().projects(desk.account().await).await.expect("read");
    assert_eq!(kept, projects);
    desk.engine.sync_project(PROJECT).await.expect("the session is its own again");
    assert_eq!(desk.state(&add.id).await, ChangeState::Done);
}

#[tokio::test]
async fn session_is_asked_for_its_user_once_a_job() {
    let (index, _proxy, desk, _, _) = behind_a_wire().await;
    let desk = desk.restart().await;
    let indicator = "/current-user-indicator/";
    let before = asked(&index, indicator);
    desk.engine.refresh_everything(&trustdesk_core::sync::Unwatched).await.expect("read");
    assert_eq!(asked(&index, indicator) - before, 1, "once for all projects");
    let first = desk.queue_add(PROJECT, &desk::fields("octo-org", PROJECT, "a.yml", "")).await;
    let second = desk.queue_add(OTHER, &desk::fields("octo-org", OTHER, "b.yml", "")).await;
    let ids = [first.id, second.id];
    desk.engine.sync_each(&ids, &trustdesk_core::sync::Unwatched).await.expect("sent");
    assert_eq!(asked(&index, indicator) - before, 2, "and once for all that is sent");
}
