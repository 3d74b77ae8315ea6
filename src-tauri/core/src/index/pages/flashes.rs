//! The bars above a page: messages that the index keeps for the session and hands out once
//! (protocol 4.3), its reminders to an account, and what its administrators tell everybody.

use scraper::{ElementRef, Html};

use super::html::{all, attributes, first, sentence};
use super::parse;

const READ_ONLY: &str = "Read-only mode";

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
    /// Where its words lead, as written: most often a path on the index.
    pub links: Vec<String>,
}

/// The messages of a fragment that holds nothing else: flash messages, session notifications and
/// notification banners alike. In its order.
#[must_use]
pub fn flashes(body: &str) -> Vec<Flash> {
    bars(&parse::fragment(body), "div.notification-bar")
}

/// What the index tells everybody on every page, such as that it is read-only now (protocol, 7).
#[must_use]
pub fn banners(body: &str) -> Vec<Flash> {
    bars(&parse::document(body), "body > div.notification-bar")
}

/// Whether a page says that its index is in read-only mode, in which each change is answered with a yes
/// and none is stored. Every notice has the same markup, and every page has such a notice in a comment
/// and in its `noscript` too: only a bare one above the page counts, by its first words, which are
/// never translated.
#[must_use]
pub fn is_read_only(body: &str) -> bool {
    // Nearly no page has the words, and to read one once more costs time.
    if !body.contains(READ_ONLY) {
        return false;
    }
    let document = parse::document(body);
    all(document.root_element(), "body > div.notification-bar").into_iter().any(|bar| {
        let is_marked = bar.value().classes().any(|class| class.starts_with("notification-bar--"));
        let said = first(bar, "span.notification-bar__message").and_then(sentence);
        !is_marked && said.is_some_and(|said| said.starts_with(READ_ONLY))
    })
}

fn bars(document: &Html, selector: &str) -> Vec<Flash> {
    all(document.root_element(), selector).into_iter().filter_map(flash).collect()
}

fn flash(bar: ElementRef<'_>) -> Option<Flash> {
    let message = first(bar, "span.notification-bar__message")?;
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
    Some(Flash { kind, text: sentence(message)?, links: attributes(message, "a[href]", "href") })
}
