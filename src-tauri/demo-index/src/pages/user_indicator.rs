//! Who is signed in, as a piece of every page.

use maud::{Markup, html};

use super::fields::hidden;

pub(crate) fn signed_in(user: &str, csrf_token: &str) -> Markup {
    html! {
        div id="user-indicator" class="horizontal-menu horizontal-menu--light" {
            nav aria-label="Main navigation" class="dropdown dropdown--on-menu" {
                button type="button" class="horizontal-menu__link dropdown__trigger" { (user) }
                ul class="dropdown__content" aria-label="Main menu" {
                    li { a href="/manage/projects/" class="dropdown__link" { "Your projects" } }
                    li { a href={ "/user/" (user) "/" } class="dropdown__link" { "Public profile" } }
                    li {
                        form method="post" action="/account/logout/" {
                            (hidden("csrf_token", csrf_token))
                            button type="submit" class="dropdown__link" { "Log out" }
                        }
                    }
                }
            }
        }
    }
}

pub(crate) fn signed_out() -> Markup {
    html! {
        div id="user-indicator" class="horizontal-menu horizontal-menu--light" {
            nav aria-label="Main navigation" {
                ul {
                    li class="horizontal-menu__item" {
                        a href="/account/login/" class="horizontal-menu__link" { "Log in" }
                    }
                }
            }
        }
    }
}
