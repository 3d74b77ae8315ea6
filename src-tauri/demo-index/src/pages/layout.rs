//! The frame of every page, and the notice that this is no real index.

use maud::{DOCTYPE, Markup, html};

/// A whole page around the content of its `main`.
pub(crate) fn page(title: &str, main: &Markup) -> Markup {
    document(
        title,
        &html! {
            div data-html-include="/_includes/unauthed/flash-messages/" {}
            div data-html-include="/_includes/authed/session-notifications/" {}
            header class="site-header" {
                a href="/" { "Demo index" }
                div data-html-include="/_includes/authed/current-user-indicator/" {}
            }
            main id="content" { (main) }
            footer class="footer" {
                p { "This is the demo index of Trustdesk. Nothing here leaves this computer." }
            }
        },
    )
}

/// A page without the frame; errors have none.
pub(crate) fn document(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="defaultLanguage" content="en";
                meta name="availableLanguages" content="en";
                title { (title) " · Demo index" }
            }
            body { (body) }
        }
    }
}
