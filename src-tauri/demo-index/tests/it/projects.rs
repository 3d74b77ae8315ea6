//! The list of the account's projects.

use trustdesk_demo_index::Options;

use crate::client::{NOW_MS, Scene};
use crate::page::Page;

const PROJECTS: &str = "/manage/projects/";

fn names(page: &Page, list: usize) -> Vec<String> {
    let titles = format!("div.package-list:nth-of-type({list}) h3.package-snippet__title");
    let words = page.words(&titles);
    words.iter().filter_map(|title| title.split(' ').next()).map(str::to_owned).collect()
}

#[tokio::test]
async fn projects_are_listed_newest_first_and_archived_ones_apart() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.get(PROJECTS).await;
    let active = names(&page, 1);
    assert_eq!(active.len(), 14);
    assert_eq!(active[..3], ["sampleproject", "tidepool", "lantern-cli"]);
    assert!(active.contains(&"brass-kettle".to_owned()), "a quarantined one is among the active");
    assert_eq!(names(&page, 2), ["old-almanac"]);
    assert_eq!(page.texts("h1 .badge--neutral"), ["14", "1"]);
    assert!(!page.body.contains("driftwood"), "nobody else's");
    let dates = page.attributes("div.package-list time", "datetime");
    assert_eq!(dates.len(), 15);
    assert!(dates.iter().all(|date| date.ends_with("+0000") && date.len() == 24), "{dates:?}");
}

#[tokio::test]
async fn only_an_owner_is_led_to_managing_and_only_a_release_has_a_page() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.get(PROJECTS).await;
    let disabled = ".package-snippet__buttons button[disabled]";
    let off = page.attributes(disabled, "title");
    assert_eq!(off, ["You are not an owner of this project", "This project has no releases"]);
    let manage = page.attributes(".package-snippet a[href$='/releases/']", "href");
    assert_eq!(manage.len(), 14);
    assert!(manage.contains(&"/manage/project/moss-garden-kit/releases/".to_owned()));
    assert!(!manage.contains(&"/manage/project/orchard-metrics/releases/".to_owned()));
    let view = page.attributes(".package-snippet a[href^='/project/']", "href");
    assert_eq!(view.len(), 14);
    assert_eq!(client.get(&view[0]).await.status, 200);
}

#[tokio::test]
async fn badges_tell_the_organization_and_a_lone_owner() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.get(PROJECTS).await;
    let organization = ".package-snippet__title a.badge[href^='/manage/organization/']";
    assert_eq!(page.texts(organization), ["northlight"]);
    let alone = page.attributes("a.badge--warning[href$='/collaboration/']", "href");
    assert_eq!(alone.len(), 12, "not where jonas is an owner too, nor as a Maintainer");
}

#[tokio::test]
async fn more_projects_can_be_generated() {
    let options = Options { projects: 300, ..Options::default() };
    let Scene { mut client, .. } = Scene::with(options).await;
    client.sign_in(NOW_MS).await;
    let page = client.get(PROJECTS).await;
    assert_eq!(page.texts("h1 .badge--neutral"), ["314", "1"]);
}
