//! Adding a publisher of each provider to a project.

use trustdesk_domain::{Activestate, Publisher};

use crate::client::{Form, PUBLISHING, Scene};
use crate::page::Page;

const GITLAB: Form<'_> = &[
    ("namespace", "group/sub"),
    ("project", "sampleproject"),
    ("workflow_filepath", ".gitlab-ci.yml"),
    ("environment", ""),
    ("issuer_url", "https://gitlab.com"),
];
const GOOGLE: Form<'_> = &[("email", "release@demo.iam.gserviceaccount.com"), ("sub", "")];
const ACTIVESTATE: Form<'_> =
    &[("organization", "harbor-works"), ("project", "harbor-sync"), ("actor", "mara-lind")];

const NORTHLIGHT: &str = "/manage/project/northlight-schema/settings/publishing/";
const INSTANCE: &str = "https://gitlab.northlight.example";

fn told(page: &Page, provider: &str, field: &str) -> Vec<String> {
    page.texts(&format!("form#{provider}-publisher-form ul#{field}-errors > li"))
}

fn with<'a>(form: Form<'a>, name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|&(known, old)| (known, if known == name { value } else { old })).collect()
}

#[tokio::test]
async fn each_provider_has_a_tab_and_a_form_in_the_indexs_order() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.get(PUBLISHING).await;
    assert_eq!(page.texts("button.tab"), ["GitHub", "GitLab", "Google", "ActiveState"]);
    let forms = ["github", "gitlab", "google", "activestate"];
    let forms = forms.map(|key| format!("{key}-publisher-form"));
    assert_eq!(page.attributes("[data-horizontal-tabs-target=tabPanel] form", "id"), forms);
}

#[tokio::test]
async fn what_was_added_is_listed_with_its_providers_own_labels() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    for form in [GITLAB, GOOGLE, ACTIVESTATE] {
        assert_eq!(client.post(PUBLISHING, form).await.status, 303, "{form:?}");
    }
    let gitlab = "GitLab Project: group/sub/sampleproject Top-level pipeline: .gitlab-ci.yml \
                  Environment name: (Any) Issuer: https://gitlab.com Remove";
    let google = "Google Email: release@demo.iam.gserviceaccount.com Subject: (Any) Remove";
    let activestate = "ActiveState Organization: harbor-works ActiveState Project: harbor-sync \
                       Actor: mara Remove";
    assert_eq!(client.listed(PUBLISHING).await, [gitlab, google, activestate]);
    let platform = "https://platform.activestate.com/harbor-works/harbor-sync";
    let said = [
        "Added .gitlab-ci.yml in https://gitlab.com/group/sub/sampleproject to sampleproject",
        "Added release@demo.iam.gserviceaccount.com  to sampleproject",
        &format!("Added {platform} in {platform} to sampleproject"),
    ];
    assert_eq!(client.flashes().await, said);
}

#[tokio::test]
async fn an_actor_of_another_name_and_the_same_id_is_the_same_publisher() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    client.post(PUBLISHING, ACTIVESTATE).await;
    let seeded = index.publishers("harbor-sync");
    let stored = index.publishers("sampleproject").pop().expect("added");
    assert!(seeded.iter().any(|one| one.id == stored.id), "the row was there already");
    let first = Activestate {
        organization: "harbor-works".to_owned(),
        project: "harbor-sync".to_owned(),
        actor: "mara".to_owned(),
    };
    assert_eq!(stored.publisher, Publisher::Activestate(first), "with the name first stored");
    let again = with(ACTIVESTATE, "actor", "mara");
    assert_eq!(client.post(PUBLISHING, &again).await.status, 200, "listed already");
}

#[tokio::test]
async fn what_activestate_answers_is_passed_on() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let unknown = "ActiveState organization not found";
    let (refused, lost) = (
        "Unexpected error from ActiveState. Try again",
        "Unexpected error from ActiveState. Try again in a few minutes",
    );
    for (field, value, message) in [
        ("organization", "nobody", unknown),
        ("organization", "HARBOR-WORKS", unknown),
        ("organization", "boom", refused),
        ("organization", "slow", lost),
        ("actor", "nobody", "ActiveState actor not found"),
        ("actor", "gqlerr", refused),
        ("actor", "reset", lost),
    ] {
        let page = client.post(PUBLISHING, &with(ACTIVESTATE, field, value)).await;
        assert_eq!(told(&page, "activestate", field), [message], "{value}");
    }
}

#[tokio::test]
async fn one_gitlab_is_no_choice_and_is_sent_all_the_same() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.get(PUBLISHING).await;
    let select = "#gitlab-publisher-form select[name=issuer_url]";
    assert!(page.has(&format!("{select}[hidden]")));
    assert_eq!(page.attributes(&format!("{select} option"), "value"), ["https://gitlab.com"]);
    let page = client.post(PUBLISHING, &with(GITLAB, "issuer_url", INSTANCE)).await;
    assert!(page.has("div#errors + #gitlab-publisher-form"), "that instance is not the project's");
    assert!(!page.has("ul.form-errors"), "a hidden choice has no place for words");
    assert_eq!(client.post(PUBLISHING, &GITLAB[..4]).await.status, 404);
}

#[tokio::test]
async fn an_organizations_gitlab_is_a_choice_behind_gitlab_com() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.get(NORTHLIGHT).await;
    let select = "#gitlab-publisher-form select[name=issuer_url]";
    assert!(!page.has(&format!("{select}[hidden]")));
    let choices = page.attributes(&format!("{select} option"), "value");
    assert_eq!(choices, ["https://gitlab.com", INSTANCE]);
    let page = client.post(NORTHLIGHT, &with(GITLAB, "issuer_url", "https://gitlab.org")).await;
    assert_eq!(told(&page, "gitlab", "issuer_url"), ["Not a valid choice."]);
    assert_eq!(client.post(NORTHLIGHT, &with(GITLAB, "issuer_url", INSTANCE)).await.status, 303);
    let listed = client.listed(NORTHLIGHT).await.pop().expect("added");
    assert!(listed.contains(&format!("Issuer: {INSTANCE}")), "{listed}");
}

#[tokio::test]
async fn the_same_pipeline_on_a_second_gitlab_breaks_the_database() {
    let Scene { mut client, index, .. } = Scene::signed_in().await;
    assert_eq!(client.post(NORTHLIGHT, GITLAB).await.status, 303);
    let before = index.publishers("northlight-schema");
    let page = client.post(NORTHLIGHT, &with(GITLAB, "issuer_url", INSTANCE)).await;
    assert_eq!(page.status, 500, "its unique key forgets the instance");
    assert_eq!(index.publishers("northlight-schema"), before);
    assert_eq!(client.flashes().await.len(), 1, "only the first one is told");
}

#[tokio::test]
async fn equal_named_fields_of_other_providers_are_filled_in_too() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.post(PUBLISHING, &with(GITLAB, "namespace", "-")).await;
    assert_eq!(page.attributes("#activestate-publisher-form #project", "value"), ["sampleproject"]);
    assert_eq!(told(&page, "gitlab", "namespace").len(), 1);
    assert_eq!(page.attributes("ul.form-errors", "id"), ["namespace-errors"], "in one form only");
}
