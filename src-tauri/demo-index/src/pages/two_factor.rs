//! The page that asks for the authenticator's code.

use maud::{Markup, html};

use super::fields::{hidden, messages_list};
use super::{layout, login};

pub(crate) fn page(csrf_token: &str, token: &str, errors: &[String]) -> Markup {
    let title = if errors.is_empty() {
        "Two-factor authentication"
    } else {
        "Error processing form – Two-factor authentication"
    };
    let main = html! {
        div class="horizontal-section" { div class="site-container" {
            h1 class="page-title" { "Two-factor authentication" }
            div class="twofa-login" { div class="twofa-login__method" {
                // The query is encoded once more on its way into the page, hence the final "=".
                form method="post" action={ "/account/two-factor/?" (token) "=" } id="totp-auth-form" {
                    h2 { "Use your authenticator" }
                    (hidden("csrf_token", csrf_token))
                    (hidden("method", "totp"))
                    div class="form-group" {
                        (login::label("totp_value", "Code of your authenticator"))
                        input aria-describedby="totp-errors" autocapitalize="off"
                            autocomplete="one-time-code" autofocus class="form-group__field"
                            id="totp_value" inputmode="numeric" name="totp_value"
                            pattern=r"\d{6}" required="required" spellcheck="false" type="text"
                            value="";
                        @if !errors.is_empty() { (messages_list(Some("totp-errors"), errors)) }
                    }
                    div class="form-group" {
                        input type="submit" value="Verify" class="button button--primary";
                    }
                }
            } }
        } }
    };
    layout::page(title, &main)
}
