//! The bars in which flash messages are shown.

use maud::{Markup, html};

use crate::state::{Flash, FlashKind};

pub(crate) fn bars(flashes: &[Flash]) -> Markup {
    html! {
        @for flash in flashes { (bar(flash)) }
    }
}

fn bar(flash: &Flash) -> Markup {
    let (kind, role, word) = match flash.kind {
        FlashKind::Error => ("danger", "alert", "Error"),
        FlashKind::Success => ("success", "status", "Success"),
    };
    html! {
        div class={ "notification-bar notification-bar--" (kind) " notification-bar--dismissable" }
            data-controller="notification" role=(role) {
            div class="notification-bar__container" {
                span class="notification-bar__icon" { span class="sr-only" { (word) } }
                span class="notification-bar__message" { (flash.text) }
                button type="button" class="notification-bar__dismiss" aria-label="Close" { "×" }
            }
        }
    }
}
