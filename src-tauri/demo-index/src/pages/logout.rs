//! The page that asks whether to sign out.

use maud::{Markup, html};

use super::fields::hidden;
use super::layout;

pub(crate) fn page(csrf_token: &str, user: Option<&str>, next: &str) -> Markup {
    let main = html! {
        h1 { @if let Some(user) = user { "Sign " (user) " out" } @else { "Nobody is signed in" } }
        form method="post" action="/account/logout/" {
            (hidden("csrf_token", csrf_token))
            (hidden("next", next))
            input type="submit" value="Log out";
        }
    };
    layout::page("Log out", &main)
}
