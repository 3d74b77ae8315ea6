//! The bars in which flash messages are shown.

use maud::{Markup, PreEscaped, html};

use crate::state::{Flash, FlashKind};

pub(crate) fn bars(flashes: &[Flash]) -> Markup {
    html! {
        @for flash in flashes { (bar(flash)) }
    }
}

fn bar(flash: &Flash) -> Markup {
    let (kind, role, word) = match flash.kind {
        FlashKind::Error => (" notification-bar--danger", Some("alert"), Some("Error")),
        FlashKind::Info => ("", None, None),
        FlashKind::Success => (" notification-bar--success", Some("status"), Some("Success")),
    };
    html! {
        div class={ "notification-bar" (kind) " notification-bar--dismissable" }
            data-controller="notification" role=[role] {
            div class="notification-bar__container" {
                @if let Some(word) = word {
                    span class="notification-bar__icon" { span class="sr-only" { (word) } }
                }
                span class="notification-bar__message" {
                    @if flash.safe { (PreEscaped(&flash.text)) } @else { (flash.text) }
                }
                button type="button" class="notification-bar__dismiss" aria-label="Close" { "×" }
            }
        }
    }
}
