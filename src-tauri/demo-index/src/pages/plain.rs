//! The bare pages of redirects and refusals that no template dresses.

use axum::http::StatusCode;
use maud::{Markup, html};
use serde_json::json;

/// `400 Bad Request`.
pub(crate) fn title(status: StatusCode) -> String {
    format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or_default())
}

pub(crate) fn page(title: &str, text: &str, detail: &str) -> Markup {
    html! {
        html {
            head { title { (title) } }
            body {
                h1 { (title) }
                (text)
                @if !detail.is_empty() { br; br; (detail) }
            }
        }
    }
}

pub(crate) fn json(title: &str, text: &str, detail: &str) -> String {
    let reason = title.split_once(' ').map_or(title, |(_, reason)| reason);
    json!({ "message": format!("{text}\n\n\n{detail}\n\n"), "code": title, "title": reason })
        .to_string()
}
