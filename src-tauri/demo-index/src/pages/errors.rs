//! The pages of what is not there and what one may not see.

use axum::http::StatusCode;
use maud::html;

use super::{layout, plain};
use crate::answer::Answer;
use crate::language::Language;

pub(crate) fn not_found() -> Answer {
    let title = "Page Not Found (404)";
    error(StatusCode::NOT_FOUND, title, "There is no such page here.")
}

pub(crate) fn forbidden() -> Answer {
    let title = "Access Denied / Forbidden (403)";
    error(StatusCode::FORBIDDEN, title, "This page is not for your account.")
}

/// No template dresses what broke.
pub(crate) fn broken() -> Answer {
    let page = plain::page("Internal Server Error", "The demo index failed.", "");
    Answer::page_with_status(StatusCode::INTERNAL_SERVER_ERROR, page)
}

/// What is answered in front of an index that is down.
pub(crate) fn unavailable() -> Answer {
    let page = plain::page("503 Service Unavailable", "Nobody answers behind this page.", "");
    Answer::page_with_status(StatusCode::SERVICE_UNAVAILABLE, page)
}

fn error(status: StatusCode, title: &str, heading: &str) -> Answer {
    let body = html! {
        div class="viewport-section viewport-section--dark" {
            div class="viewport-section__content" {
                h1 class="viewport-section__heading" { (heading) }
                div class="viewport-section__text" {
                    p {
                        strong { "Error code " (status.as_u16()) }
                        br;
                        a href="/" { "Start page" }
                    }
                }
            }
        }
    };
    Answer::page_with_status(status, layout::document(Language::English, title, &body))
}
