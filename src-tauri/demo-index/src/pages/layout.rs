//! The frame of every page, and the notice that this is no real index.

use maud::{DOCTYPE, Markup, html};

use crate::language::Language;

/// A whole page around the content of its `main`.
pub(crate) fn page(title: &str, main: &Markup) -> Markup {
    page_in(Language::English, title, main)
}

/// The same in another language: the few pages that have one.
pub(crate) fn page_in(language: Language, title: &str, main: &Markup) -> Markup {
    document(
        language,
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
pub(crate) fn document(language: Language, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language.tag()) dir="ltr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="defaultLanguage" content="en";
                meta name="availableLanguages" content="en, fr";
                title { (title) " · Demo index" }
            }
            body { (body) }
        }
    }
}
