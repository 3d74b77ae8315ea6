//! The mailbox of all accounts: a page of the demo's own, which no package index has.

use maud::{DOCTYPE, Markup, html};

use super::date::date;
use crate::state::Mail;

/// The newest mail first.
pub(crate) fn page(mails: &[Mail]) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "Mailbox of the demo index" } }
            body {
                h1 { "Mailbox of the demo index" }
                p { "What a package index would have mailed. Nothing was sent anywhere." }
                @if mails.is_empty() { p { "No mail yet." } }
                @for mail in mails.iter().rev() { (article(mail)) }
            }
        }
    }
}

fn article(mail: &Mail) -> Markup {
    html! {
        article {
            h2 { (mail.subject) }
            p { "To " strong { (mail.to) } ", " (date(mail.at_ms)) }
            @if !mail.text.is_empty() { p { (mail.text) } }
            @if let Some(link) = &mail.link { p { a href=(link) { (link) } } }
        }
    }
}
