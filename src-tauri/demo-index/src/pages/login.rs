//! The sign-in page.

use maud::{Markup, html};

use super::fields::{hidden, messages_list};
use super::layout;
use crate::providers::FieldErrors;

/// What the sign-in page shows.
pub(crate) struct Login<'a> {
    pub(crate) csrf_token: &'a str,
    /// Its own path with the query it came with.
    pub(crate) action: &'a str,
    pub(crate) next: Option<&'a str>,
    pub(crate) username: &'a str,
    pub(crate) errors: &'a FieldErrors,
}

pub(crate) fn page(login: &Login<'_>) -> Markup {
    let title = if login.errors.is_empty() { "Log in" } else { "Error processing form - Log in" };
    let main = html! {
        div class="horizontal-section" { div class="site-container" {
            h1 class="page-title" { "Log in to the demo index" }
            form method="post" action=(login.action) id="login-form" {
                (hidden("csrf_token", login.csrf_token))
                @if let Some(next) = login.next { (hidden("next", next)) }
                div class="form-group" {
                    (label("username", "Username"))
                    input aria-describedby="username-errors" autocapitalize="off"
                        autocomplete="username" class="form-group__field" id="username"
                        name="username" placeholder="Your username" required="required"
                        spellcheck="false" type="text" value=(login.username);
                    (errors(login, "username"))
                }
                div class="form-group" {
                    (label("password", "Password"))
                    input aria-describedby="password-errors" autocomplete="current-password"
                        class="form-group__field" id="password" maxlength="4096" name="password"
                        placeholder="Your password" required="required" spellcheck="false"
                        type="password" value="";
                    (errors(login, "password"))
                }
                input type="submit" value="Log in" class="button button--primary";
            }
        } }
    };
    layout::page(title, &main)
}

pub(crate) fn label(name: &str, text: &str) -> Markup {
    html! {
        label for=(name) class="form-group__label" {
            (text) " " span class="form-group__required" { "(required)" }
        }
    }
}

fn errors(login: &Login<'_>, field: &str) -> Markup {
    html! {
        div id={ (field) "-errors" } {
            @if let Some(messages) = login.errors.get(field) { (messages_list(None, messages)) }
        }
    }
}
