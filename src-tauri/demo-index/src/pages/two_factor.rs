//! The page that asks for the second factor: the authenticator's code, the security key, or the way
//! to the recovery codes.

use maud::{Markup, html};

use super::fields::{hidden, messages_list};
use super::{layout, login};

/// What the account has, and what is wrong with the code.
pub(crate) struct Factors<'a> {
    pub(crate) csrf_token: &'a str,
    pub(crate) token: &'a str,
    pub(crate) totp: bool,
    pub(crate) webauthn: bool,
    pub(crate) recovery_codes: bool,
    pub(crate) messages: &'a [String],
}

pub(crate) fn page(factors: &Factors<'_>) -> Markup {
    let title = if factors.messages.is_empty() {
        "Two-factor authentication"
    } else {
        "Error processing form – Two-factor authentication"
    };
    let main = html! {
        div class="horizontal-section" { div class="site-container" {
            h1 class="page-title" { "Two-factor authentication" }
            div class="twofa-login" {
                @if factors.webauthn {
                    div class="twofa-login__method" { (webauthn_form(factors)) }
                }
                @if factors.totp {
                    div class="twofa-login__method" { (totp_form(factors)) }
                }
            }
            hr;
            (recovery(factors))
        } }
    };
    layout::page(title, &main)
}

fn totp_form(factors: &Factors<'_>) -> Markup {
    html! {
        // The query is encoded once more on its way into the page, hence the final "=".
        form method="post" action={ "/account/two-factor/?" (factors.token) "=" }
            id="totp-auth-form" {
            h2 { "Use your authenticator" }
            (hidden("csrf_token", factors.csrf_token))
            (hidden("method", "totp"))
            div class="form-group" {
                (login::label("totp_value", "Code of your authenticator"))
                input aria-describedby="totp-errors" autocapitalize="off"
                    autocomplete="one-time-code" autofocus[!factors.webauthn]
                    class="form-group__field" id="totp_value" inputmode="numeric" name="totp_value"
                    pattern=r"\d{6}" required="required" spellcheck="false" type="text" value="";
                @if !factors.messages.is_empty() {
                    (messages_list(Some("totp-errors"), factors.messages))
                }
            }
            div class="form-group" {
                input type="submit" value="Verify" class="button button--primary";
            }
            (remember_device(None))
        }
    }
}

/// Its button is for the site's script, which takes the token from it. There is none here.
fn webauthn_form(factors: &Factors<'_>) -> Markup {
    html! {
        form id="webauthn-auth-form" {
            h2 { "Use your security key" }
            button type="submit" id="webauthn-auth-begin" class="button button--primary"
                value=(factors.csrf_token) disabled { "Use it" }
            ul id="webauthn-errors" class="form-errors" {
                li id="webauthn-browser-support" class="hidden" {
                    "The demo index cannot ask for a security key."
                }
            }
            (remember_device(Some("remember_device_webauthn")))
        }
    }
}

fn remember_device(id: Option<&str>) -> Markup {
    html! {
        div class="form-group" {
            label {
                input id=[id] type="checkbox" name="remember_device" value="true";
                " Remember this device for 30 days"
            }
        }
    }
}

fn recovery(factors: &Factors<'_>) -> Markup {
    html! {
        div class="twofa-recovery" {
            @if factors.recovery_codes {
                p { "Neither at hand?" }
                a href={ "/account/recovery-code/?" (factors.token) }
                    class="button button--secondary" { "Use a recovery code" }
            } @else {
                p { strong { "This account has no recovery codes." } }
            }
        }
    }
}
