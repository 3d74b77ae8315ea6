//! The pages of an account that is not in order, and of the terms of service. A client knows the
//! first two by their own address, in the head.

use maud::{Markup, html};

use super::date::date;
use super::layout;
use crate::request::Request;

/// Where an e-mail address is verified; none is no primary address at all.
pub(crate) fn unverified(request: &Request, email: Option<&str>, last_login_ms: i64) -> Markup {
    let content = html! {
        h1 class="page-title" { "Activate your account" }
        div class="callout-block" {
            p { "Nothing else can be done before this account has a verified primary address." }
        }
        section id="account-emails" {
            h2 class="sub-title" { "E-mail addresses" }
            @if let Some(email) = email {
                table class="table table--emails" { tbody { tr {
                    td class="table__email" scope="row" { (email) }
                    td { span class="table__status-badges" {
                        span class="badge" { "Primary" } " "
                        span class="badge badge--danger" { "Unverified" }
                    } }
                } } }
            } @else {
                p { "There is none." }
            }
        }
        section id="account-events" {
            h2 { "Security history" }
            table class="table table--security-logs" { tbody { tr {
                td { strong { "Logged in" } }
                td { (date(last_login_ms)) }
            } } }
        }
    };
    layout::page_at(request, "Activate your account", &frame(&content))
}

/// Where a second factor is set.
pub(crate) fn two_factor(request: &Request, enabled: bool) -> Markup {
    let content = html! {
        h1 class="page-title" { "Account settings" }
        section id="two-factor" {
            h2 class="sub-title" { "Second factor" }
            @if enabled {
                p { "This account has one." }
            } @else {
                p { "This account has none, and may manage nothing before it has." }
            }
        }
    };
    layout::page_at(request, "Account settings", &frame(&content))
}

pub(crate) fn terms() -> Markup {
    let main = html! {
        h1 class="page-title" { "Terms of service" }
        p { "The demo index asks for nothing and promises nothing." }
    };
    layout::page("Terms of service", &main)
}

fn frame(content: &Markup) -> Markup {
    html! {
        div class="tabs-container" { div class="vertical-tabs" {
            div class="vertical-tabs__tabs" { nav aria-label="Account navigation" { ul {
                li { a href="/manage/projects/" class="vertical-tabs__tab" { "Your projects" } }
                li {
                    a href="/manage/account/" aria-selected="true"
                        class="vertical-tabs__tab vertical-tabs__tab--is-active" {
                        "Account settings"
                    }
                }
            } } }
            div class="vertical-tabs__panel" { div class="vertical-tabs__content" { (content) } }
        } }
    }
}
