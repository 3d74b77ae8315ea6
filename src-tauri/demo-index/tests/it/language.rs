//! The language of the publishing pages.

use crate::client::{PUBLISHING, Scene};

const HARBOR: &str = "/manage/project/harbor-sync/settings/publishing/";

#[tokio::test]
async fn the_parameter_wins_over_the_cookie_and_the_cookie_over_the_clients_wishes() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let session = client.session.clone().expect("signed in");
    for (query, cookie, accepted, language) in [
        ("", "", "", "en"),
        ("", "", "de, fr;q=0.8, en;q=0.5", "fr"),
        ("", "", "de", "en"),
        ("", "fr", "en", "fr"),
        ("?_LOCALE_=en", "fr", "fr", "en"),
    ] {
        let cookies = format!("session_id={session}; _LOCALE_={cookie}");
        let page = client
            .send(reqwest::Method::GET, &format!("{PUBLISHING}{query}"), |request| {
                let headers = [("Cookie", cookies.as_str()), ("Accept-Language", accepted)];
                let headers = headers.into_iter().map(|(name, value)| {
                    (name.parse().expect("a name"), value.parse().expect("a value"))
                });
                request.headers(headers.collect())
            })
            .await;
        assert_eq!(page.attributes("html", "lang"), [language], "{query} {cookie} {accepted}");
    }
}

#[tokio::test]
async fn any_is_another_word_in_french_and_the_labels_of_the_list_are_not() {
    let Scene { mut client, .. } = Scene::signed_in().await;
    let page = client.get(&format!("{HARBOR}?_LOCALE_=fr")).await;
    assert!(page.texts("small i").iter().all(|any| any == "(Tous)"));
    assert!(page.texts("small b").contains(&"Environment name:".to_owned()));
    assert!(page.has("form#github-publisher-form"));
}
