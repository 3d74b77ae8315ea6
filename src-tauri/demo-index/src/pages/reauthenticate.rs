//! The page that asks for the password again, in the place of the page that was asked for.

use maud::{Markup, html};
use serde_json::Value;

use super::{layout, login};

pub(crate) fn page(csrf_token: &str, route: &str, matched: &Value, query: &Value) -> Markup {
    let hidden = |name: &str, value: &str| {
        html! { input id=(name) name=(name) type="hidden" value=(value); }
    };
    let main = html! {
        div class="horizontal-section" { div class="site-container" {
            h1 class="page-title" { "Confirm password to continue" }
            form method="post" action="/account/reauthenticate/" {
                input name="csrf_token" type="hidden" value=(csrf_token);
                (hidden("next_route", route))
                (hidden("next_route_matchdict", &matched.to_string()))
                (hidden("next_route_query", &query.to_string()))
                div class="form-group" {
                    (login::label("password", "Password"))
                    input aria-describedby="password-errors" autocomplete="current-password"
                        class="form-group__field" id="password" maxlength="4096" name="password"
                        placeholder="Your password" required="required" spellcheck="false"
                        type="password" value="";
                    div id="password-errors" {}
                    input type="submit" value="Confirm password" class="button button--primary";
                }
            }
            p { "What comes next changes who may publish. Your password counts for half an hour." }
        } }
    };
    layout::page("Confirm password", &main)
}
