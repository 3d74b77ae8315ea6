//! The bars that tell an account what it lacks.

use maud::{Markup, html};

/// What an account lacks; only the first is told.
pub(crate) enum Lack {
    VerifiedEmail(String),
    PrimaryEmail,
    TwoFactor,
    RecoveryCodes,
}

pub(crate) fn bar(lack: &Lack) -> Markup {
    let verify = html! {
        a href="/manage/account/#account-emails" { "Verify your email or add a new address." }
    };
    match lack {
        Lack::VerifiedEmail(email) => warning(&html! {
            "Your primary email address (" (email) ") is unverified. " (verify)
        }),
        Lack::PrimaryEmail => warning(&html! {
            "You do not have a primary email address. " (verify)
        }),
        Lack::TwoFactor => bar_of(
            "notification-bar--dismissable",
            &html! {
                "Two factor authentication is available, "
                a href="/manage/account/two-factor/" { "enable it now for your account." }
            },
        ),
        Lack::RecoveryCodes => warning(&html! {
            "Two-factor recovery codes are available, "
            a href="/manage/account/two-factor/" { "generate them now for your account." }
        }),
    }
}

fn warning(message: &Markup) -> Markup {
    bar_of("notification-bar--warning", message)
}

fn bar_of(kind: &str, message: &Markup) -> Markup {
    html! {
        div class={ "notification-bar " (kind) } {
            div class="notification-bar__container" {
                span class="notification-bar__message" { (message) }
            }
        }
    }
}
