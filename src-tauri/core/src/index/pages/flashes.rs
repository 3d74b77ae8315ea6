//! The messages that the index keeps for the session and hands out once (protocol 4.3).

use scraper::Html;

use super::html::{all, first, text};

/// How the index marks a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlashKind {
    /// Something went wrong.
    Error,
    /// Something to mind.
    Warning,
    /// Anything else.
    Plain,
    /// Something was done.
    Success,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// How it is marked.
    pub kind: FlashKind,
    /// Its words.
    pub text: String,
}

/// The messages in the order of the page.
#[must_use]
pub fn flashes(body: &str) -> Vec<Flash> {
    let document = Html::parse_fragment(body);
    let bars = all(document.root_element(), "div.notification-bar");
    let flash = |bar: scraper::ElementRef<'_>| {
        let text = first(bar, "span.notification-bar__message").and_then(text)?;
        let marked = |class: &str| bar.value().classes().any(|known| known == class);
        let kind = if marked("notification-bar--danger") {
            FlashKind::Error
        } else if marked("notification-bar--warning") {
            FlashKind::Warning
        } else if marked("notification-bar--success") {
            FlashKind::Success
        } else {
            FlashKind::Plain
        };
        Some(Flash { kind, text })
    };
    bars.into_iter().filter_map(flash).collect()
}
