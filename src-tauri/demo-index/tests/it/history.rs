//! A project's security history.

use crate::client::{EXAMPLE, MINUTE_MS, PUBLISHING, Scene};

const HISTORY: &str = "/manage/project/sampleproject/history/";
const ROWS: &str = "table.table--security-logs tbody tr";

#[tokio::test]
async fn who_added_and_removed_which_publisher_is_told_newest_first() {
    let Scene { mut client, clock, index } = Scene::signed_in().await;
    client.post(PUBLISHING, EXAMPLE).await;
    clock.advance(MINUTE_MS);
    let id = index.publishers("sampleproject")[0].id.0.clone();
    client.post(PUBLISHING, &[("publisher_id", &id)]).await;
    index.make_reauth_needed();

    let page = client.get(HISTORY).await;
    let titles = page.texts(&format!("{ROWS} strong"));
    assert_eq!(titles, ["Trusted publisher removed", "Trusted publisher added"]);
    let lines = page.words(&format!("{ROWS}:last-child small"));
    let url = "URL: https://github.com/octo-org/sampleproject";
    assert_eq!(lines, ["Publisher: GitHub", url, "Workflow: release.yml", "Added by: demo"]);
    let times = page.attributes(&format!("{ROWS} time"), "datetime");
    assert_eq!(times, ["2026-11-20T09:06:04+0000", "2026-11-20T09:05:04+0000"]);
}

#[tokio::test]
async fn a_page_has_twenty_five_lines_and_strangers_have_none() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    for number in 0..26 {
        let email = format!("bot{number}@example.com");
        client.post(PUBLISHING, &[("email", &email), ("sub", "")]).await;
    }
    for (query, lines) in [("", 25), ("?page=1", 25), ("?page=2", 1)] {
        let page = client.get(&format!("{HISTORY}{query}")).await;
        assert_eq!(page.texts(&format!("{ROWS} strong")).len(), lines, "{query}");
    }
    for query in ["?page=0", "?page=3", "?page=x"] {
        assert_eq!(client.get(&format!("{HISTORY}{query}")).await.status, 404, "{query}");
    }
    assert_eq!(client.get("/manage/project/orchard-metrics/history/").await.status, 403);
}

#[tokio::test]
async fn the_pages_beside_it_are_there() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    for path in ["releases/", "settings/"] {
        let path = format!("/manage/project/tidepool/{path}");
        let page = client.get(&path).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.attributes("a.vertical-tabs__tab--is-active", "href"), [path]);
    }
    index.make_reauth_needed();
    let page = client.get("/manage/project/tidepool/releases/").await;
    assert!(page.has(r#"form[action="/account/reauthenticate/"]"#));
}
