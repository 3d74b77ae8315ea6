//! The page that sends one to the mailbox. A client knows it by its own address, in the head.

use maud::{Markup, html};

use super::layout;
use crate::request::Request;

pub(crate) fn page(request: &Request) -> Markup {
    let main = html! {
        div class="horizontal-section" { div class="site-container" {
            h1 class="page-title" { "Please confirm this login" }
            p {
                "This account has not signed in from this network before. A link was mailed; open it "
                "from this same network, and you are signed in."
            }
            p { "Signing in again mails another link, at most one in 15 minutes." }
            p { "On the demo index, mails are " a href="/demo/mailbox/" { "here" } "." }
        } }
    };
    layout::page_at(request, "Unrecognized device", &main)
}
