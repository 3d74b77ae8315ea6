//! Pending publishers: asked for, listed, taken back.

use crate::client::{Form, MINUTE_MS, NOW_MS, PUBLISHING, Scene};
use crate::page::Page;

const PENDING: &str = "/manage/account/publishing/";
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
const REFUSED: &str = "The trusted publisher could not be registered";

fn google<'a>(project_name: &'a str, email: &'a str) -> [(&'a str, &'a str); 3] {
    [("project_name", project_name), ("email", email), ("sub", "")]
}

fn told(page: &Page, field: &str) -> Vec<String> {
    page.texts(&format!("form#pending-google-publisher-form ul#{field}-errors > li"))
}

#[tokio::test]
async fn a_publisher_waits_for_its_project_until_it_is_taken_back() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let empty = client.get(PENDING).await;
    assert!(empty.has("form#pending-github-publisher-form"));
    assert!(!empty.has("table.table--publisher-list"));

    let page = client.post(PENDING, &google("New.Project", "a@example.com")).await;
    let own = format!("{}{PENDING}", client.origin());
    assert_eq!((page.status, page.location()), (303, own.as_str()));
    let said = "Registered a new pending publisher to create the project 'New.Project'.";
    assert_eq!(client.flashes().await, [said]);
    let line = "New.Project Google Email: a@example.com Subject: (Any) Remove";
    assert_eq!(client.listed(PENDING).await, [line], "its spelling is kept");

    let listed = index.pending_publishers().pop().expect("waiting");
    let page = client.post(PENDING, &[("publisher_id", &listed.id.0)]).await;
    assert_eq!(page.status, 303);
    assert_eq!(client.flashes().await, ["Removed trusted publisher for project 'New.Project'"]);
    assert!(client.listed(PENDING).await.is_empty());
    for id in [listed.id.0.as_str(), "17"] {
        assert_eq!(client.post(PENDING, &[("publisher_id", id)]).await.status, 200);
        assert_eq!(client.flashes().await, ["Invalid publisher ID"]);
    }
    assert!(index.mails().is_empty(), "nobody is mailed");
}

#[tokio::test]
async fn the_name_of_the_project_must_be_free_and_fit() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let invalid = "Invalid project name";
    let similar = "This project name is too similar to an existing project";
    for (name, messages) in [
        ("", &["Specify project name"][..]),
        ("a b", &[invalid, invalid]),
        (
            "os",
            &["This project name isn't allowed (conflict with the Python standard library \
                  module name)"],
        ),
        ("driftwood", &["This project already exists."]),
        ("orchard-metrics", &["This project already exists."]),
        ("prohibited-name", &["This project name isn't allowed"]),
        ("t1de.p001", &[similar]),
        ("Sample.Project", &[similar]),
    ] {
        let page = client.post(PENDING, &google(name, "a@example.com")).await;
        assert_eq!(page.status, 200);
        assert_eq!(told(&page, "project_name"), messages, "{name}");
        assert_eq!(client.flashes().await, [REFUSED]);
    }
    assert!(index.pending_publishers().is_empty());
}

#[tokio::test]
async fn an_own_project_is_linked_to_with_its_form_filled_in() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.post(PENDING, &google("tidepool", "a@example.com")).await;
    assert!(told(&page, "project_name")[0].starts_with("This project already exists: use"));
    let link = page.attributes("ul#project_name-errors a", "href");
    let path = "/manage/project/tidepool/settings/publishing/?project_name=tidepool\
                &email=a%40example.com&provider=google";
    assert_eq!(link, [format!("{}{path}", client.origin())]);
    let page = client.get(&link[0]).await;
    assert_eq!(page.attributes("#google-publisher-form #email", "value"), ["a@example.com"]);
}

#[tokio::test]
async fn name_and_fields_are_judged_together() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.post(PENDING, &google("-", "-")).await;
    assert_eq!(told(&page, "project_name").len(), 2);
    assert_eq!(told(&page, "email"), ["Invalid email address."]);
    let names = page.attributes("#pending-github-publisher-form #project_name", "value");
    assert_eq!(names, ["-"], "every form has the name again");
}

#[tokio::test]
async fn one_account_has_three_at_most() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    for (name, email) in
        [("new-a", "a@x.example"), ("new-b", "b@x.example"), ("new-c", "c@x.example")]
    {
        assert_eq!(client.post(PENDING, &google(name, email)).await.status, 303);
    }
    client.flashes().await;
    // Even what is wrong in itself is not looked at any more.
    let page = client.post(PENDING, &google("os", "-")).await;
    assert!(!page.has("ul.form-errors"));
    let most = "You can't register more than 3 pending trusted publishers at once.";
    assert_eq!(client.flashes().await, [most]);
}

#[tokio::test]
async fn one_identity_waits_for_one_project_on_the_whole_index() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    client.post(PENDING, &google("new-a", "a@example.com")).await;
    client.flashes().await;
    let contact = "Please contact PyPI's admins if this wasn't intentional.";
    assert_eq!(client.post(PENDING, &google("new-a", "a@example.com")).await.status, 200);
    let again = format!("This trusted publisher has already been registered. {contact}");
    assert_eq!(client.flashes().await, [again]);
    let other = format!(
        "A pending trusted publisher matching this configuration has already been registered for \
         a different project name. {contact}"
    );
    assert_eq!(client.post(PENDING, &google("new-b", "a@example.com")).await.status, 200);
    assert_eq!(client.flashes().await, [other.as_str()]);

    let somebody_elses: Form<'_> = &[
        ("project_name", "new-c"),
        ("owner", "moss-garden"),
        ("repository", "orchard-atlas"),
        ("workflow_filename", "release.yml"),
        ("environment", ""),
    ];
    assert_eq!(client.post(PENDING, somebody_elses).await.status, 200);
    assert_eq!(client.flashes().await, [other.as_str()]);
}

#[tokio::test]
async fn a_live_publisher_may_wait_for_another_project_too() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    client.post(PUBLISHING, &google("", "a@example.com")[1..]).await;
    assert_eq!(client.post(PENDING, &google("new-a", "a@example.com")).await.status, 303);
    assert_eq!(index.pending_publishers().len(), 1);
}

#[tokio::test]
async fn a_form_without_the_name_is_no_form_of_this_page() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    assert_eq!(client.post(PENDING, &google("", "a@example.com")[1..]).await.status, 404);
    assert_eq!(client.post(PENDING, &[("project_name", "x")]).await.status, 404);
}

#[tokio::test]
async fn tries_count_together_with_those_of_projects() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let token = client.csrf_token().await;
    let form = [("csrf_token", token.as_str()), ("email", ""), ("sub", "")];
    for _ in 0..100 {
        client.post_bare(PUBLISHING, &form).await;
    }
    let page = client.post(PENDING, &google("new-a", "a@example.com")).await;
    assert_eq!((page.status, page.retry_after()), (429, Some(86_400)));
}

#[tokio::test]
async fn what_nobody_used_in_thirty_days_is_gone() {
    let Scene { mut client, clock, index } = Scene::signed_in().await;
    client.post(PENDING, &google("new-a", "a@example.com")).await;
    for (days, left) in [(29, 1), (30, 0)] {
        clock.set(NOW_MS + days * DAY_MS);
        client.sign_in(NOW_MS + days * DAY_MS).await;
        assert_eq!(client.listed(PENDING).await.len(), left, "after {days} days");
    }
    assert!(index.pending_publishers().is_empty());
}

#[tokio::test]
async fn the_page_lists_own_projects_that_have_publishers_and_asks_for_the_password() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    let manage = "table.table:not(.table--publisher-list) td a";
    let links = client.get(PENDING).await.attributes(manage, "href");
    assert!(links.contains(&"/manage/project/tidepool/settings/publishing/".to_owned()));
    assert!(!links.iter().any(|link| link.contains("sampleproject")), "it has none");
    index.make_reauth_needed();
    assert!(client.get(PENDING).await.has(r#"form[action="/account/reauthenticate/"]"#));
}
