//! The pages around signing in: who am I, user name and password, second factor (protocol 1.1, 1.4).

use scraper::{ElementRef, Html};

use super::html::{all, first, has, input_value, text};

/// Who a session belongs to.
#[derive(Clone, PartialEq, Eq)]
pub struct WhoAmI {
    /// None if nobody is signed in.
    pub username: Option<String>,
    /// The session's form token.
    pub csrf_token: Option<String>,
}

/// Reads the indicator that every page of the index shows at its top; none if it is not that.
#[must_use]
pub fn who_am_i(body: &str) -> Option<WhoAmI> {
    let document = Html::parse_fragment(body);
    let root = document.root_element();
    let username = first(root, "a[href^=\"/user/\"]")
        .and_then(|link| link.value().attr("href"))
        .and_then(|path| path.strip_prefix("/user/"))
        .map(|name| name.trim_end_matches('/').to_owned());
    let signed_out = has(&document, "a[href^=\"/account/login/\"]");
    (username.is_some() || signed_out)
        .then(|| WhoAmI { username, csrf_token: input_value(root, "csrf_token") })
}

/// The sign-in page.
pub struct SignInForm {
    /// The form token of the session that is not signed in yet.
    pub csrf_token: String,
    /// What the page says of the user name.
    pub username_errors: Vec<String>,
    /// What the page says of the password.
    pub password_errors: Vec<String>,
}

/// Reads the sign-in page; none if it is not that.
#[must_use]
pub fn sign_in_form(body: &str) -> Option<SignInForm> {
    let document = Html::parse_document(body);
    let form = first(document.root_element(), "form#login-form")?;
    Some(SignInForm {
        csrf_token: input_value(form, "csrf_token")?,
        username_errors: words(form, "#username-errors li"),
        password_errors: words(form, "#password-errors li"),
    })
}

/// The second-factor page. A page without this form belongs to an account whose only second factor
/// is a security key: a code posted there would crash the server (protocol 1.1).
pub struct TwoFactorForm {
    /// The form token.
    pub csrf_token: String,
    /// What the page says of the code.
    pub errors: Vec<String>,
}

/// Reads the authenticator-code form; none if the page has none.
#[must_use]
pub fn two_factor_form(body: &str) -> Option<TwoFactorForm> {
    let document = Html::parse_document(body);
    let form = first(document.root_element(), "form#totp-auth-form")?;
    Some(TwoFactorForm {
        csrf_token: input_value(form, "csrf_token")?,
        errors: words(form, "#totp-errors li"),
    })
}

fn words(form: ElementRef<'_>, selector: &str) -> Vec<String> {
    all(form, selector).into_iter().filter_map(text).collect()
}
