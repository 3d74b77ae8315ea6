//! The page of whoever stands in front of an index and wants to see a person first. It has nothing of
//! Warehouse's pages, and the demo's own button.

use maud::{DOCTYPE, Markup, html};

use crate::front::PASS;

/// Leads back to where one wanted to go.
pub(crate) fn page(target: &str) -> Markup {
    html! {
        (DOCTYPE)
        html {
            head { meta charset="utf-8"; title { "One moment" } }
            body {
                noscript { "JavaScript is disabled in your browser." }
                p { "A program cannot go on here. Are you a person?" }
                form method="get" action=(PASS) {
                    input type="hidden" name="next" value=(target);
                    button type="submit" id="demo-challenge" { "I am a person" }
                }
            }
        }
    }
}
