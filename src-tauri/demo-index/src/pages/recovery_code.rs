//! The page that asks for one of the codes that were written down.

use maud::{Markup, html};

use super::fields::{hidden, messages_list};
use super::{layout, login};

pub(crate) fn page(csrf_token: &str, token: &str, message: Option<&str>) -> Markup {
    let title = match message {
        None => "Recovery codes",
        Some(_) => "Error processing form – Recovery codes",
    };
    let main = html! {
        div class="horizontal-section" { div class="site-container" {
            h1 class="page-title" { "Log in with a recovery code" }
            div class="twofa-login__method" {
                form method="post" action={ "/account/recovery-code/?" (token) "=" } {
                    (hidden("csrf_token", csrf_token))
                    (hidden("method", "recovery-code"))
                    div class="form-group" {
                        (login::label("recovery_code_value", "Recovery code"))
                        input aria-describedby="recovery_code-errors" autocapitalize="off"
                            autocomplete="off" class="form-group__field" id="recovery_code_value"
                            name="recovery_code_value" pattern="[0-9a-f]{16}" required="required"
                            spellcheck="false" type="text" value="";
                        @if let Some(message) = message {
                            (messages_list(Some("recovery_code-errors"), &[message]))
                        }
                    }
                    div class="form-group" {
                        input type="submit" value="Verify" class="button button--primary";
                    }
                    p {
                        "Each code counts once. It is used up as soon as it is right, even where "
                        "the login must then be confirmed by mail."
                    }
                }
            }
        } }
    };
    layout::page(title, &main)
}
