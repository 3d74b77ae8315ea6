//! The frame of every page, and the notice that this is no real index.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::language::Language;
use crate::request::Request;

/// A whole page around the content of its `main`.
pub(crate) fn page(title: &str, main: &Markup) -> Markup {
    page_in(Language::English, title, main)
}

/// The same in another language: the few pages that have one.
pub(crate) fn page_in(language: Language, title: &str, main: &Markup) -> Markup {
    framed(language, title, None, main)
}

/// A page that a client can know by nothing but its own address.
pub(crate) fn page_at(request: &Request, title: &str, main: &Markup) -> Markup {
    let address = format!("{}{}", request.origin(), request.target());
    framed(Language::English, title, Some(&address), main)
}

fn framed(language: Language, title: &str, address: Option<&str>, main: &Markup) -> Markup {
    head_and_body(
        language,
        title,
        address,
        &html! {
            div data-html-include="/_includes/unauthed/flash-messages/" {}
            (BELOW_NOTICES)
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

/// What comes right below the administrators' notices, in every frame.
const BELOW_NOTICES: PreEscaped<&str> =
    PreEscaped("<div data-html-include=\"/_includes/authed/session-notifications/\"></div>");

/// The same page with what the administrators tell everybody; what has no frame has no such place.
pub(crate) fn with_notice(page: &str, notice: &str) -> String {
    let bar = html! {
        div class="notification-bar" { div class="notification-bar__container" {
            span class="notification-bar__message" { (notice) }
        } }
    };
    let below = BELOW_NOTICES.0;
    page.replacen(below, &format!("{}{below}", bar.into_string()), 1)
}

/// A page without the frame; errors have none.
pub(crate) fn document(language: Language, title: &str, body: &Markup) -> Markup {
    head_and_body(language, title, None, body)
}

fn head_and_body(language: Language, title: &str, address: Option<&str>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language.tag()) dir="ltr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="defaultLanguage" content="en";
                meta name="availableLanguages" content="en, fr";
                title { (title) " · Demo index" }
                @if let Some(address) = address { meta property="og:url" content=(address); }
            }
            body { (body) }
        }
    }
}
