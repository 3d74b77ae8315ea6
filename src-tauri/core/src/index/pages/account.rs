//! The pages around signing in: who am I, user name and password, second factor (protocol 1.1, 1.4).

use scraper::ElementRef;

use super::html::{all, first, has, input_value, text};
use super::parse;

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
    let document = parse::fragment(body);
    let root = document.root_element();
    let username = first(root, "a[href^=\"/user/\"]")
        .and_then(|link| link.value().attr("href"))
        .and_then(|path| path.strip_prefix("/user/"))
        .map(|name| name.trim_end_matches('/').to_owned());
    let signed_out = has(&document, "a[href^=\"/account/login/\"]");
    // Other forms may stand there, with a token of their own or with none.
    let sign_out = first(root, "form[action=\"/account/logout/\"]");
    let csrf_token = sign_out.and_then(|form| input_value(form, "csrf_token"));
    (username.is_some() || signed_out).then_some(WhoAmI { username, csrf_token })
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
    let document = parse::document(body);
    let form = first(document.root_element(), "form#login-form")?;
    // What is said of a field goes with it.
    first(form, "input[name=username]")?;
    first(form, "input[name=password]")?;
    let username_errors = words(form, "#username-errors li");
    let password_errors = words(form, "#password-errors li");
    // Words that belong to neither would be lost, and a refusal read as nothing.
    let said = words(form, ".form-errors li, #username-errors li, #password-errors li");
    (said.len() == username_errors.len() + password_errors.len()).then_some(())?;
    Some(SignInForm {
        csrf_token: input_value(form, "csrf_token")?,
        username_errors,
        password_errors,
    })
}

/// A form for a code.
pub struct CodeForm {
    /// The form token.
    pub csrf_token: String,
    /// What the page says of the code.
    pub errors: Vec<String>,
}

/// The second-factor page. A code that is posted where there is no form for it would crash the
/// server (protocol 1.1).
pub struct SecondFactorPage {
    /// The authenticator code's form, if the account has one.
    pub code: Option<CodeForm>,
    /// Whether a security key can be asked.
    pub security_key: bool,
    /// Where a recovery code can be given in its place, path and query.
    pub recovery_path: Option<String>,
}

/// Reads the second-factor page; none if it offers nothing.
#[must_use]
pub fn second_factor_page(body: &str) -> Option<SecondFactorPage> {
    let document = parse::document(body);
    let code = match first(document.root_element(), "form#totp-auth-form") {
        Some(form) => Some(CodeForm {
            csrf_token: input_value(form, "csrf_token")?,
            errors: words(form, "#totp-errors li, .form-errors li"),
        }),
        None => None,
    };
    let security_key = has(&document, "form#webauthn-auth-form");
    let recovery = first(document.root_element(), "a[href^=\"/account/recovery-code/?\"]");
    let recovery_path = recovery.and_then(|link| link.value().attr("href")).map(str::to_owned);
    (code.is_some() || security_key || recovery_path.is_some()).then_some(SecondFactorPage {
        code,
        security_key,
        recovery_path,
    })
}

/// Reads the recovery-code page; none if it is not that.
#[must_use]
pub fn recovery_form(body: &str) -> Option<CodeForm> {
    let document = parse::document(body);
    let field = first(document.root_element(), "input[name=recovery_code_value]")?;
    let form =
        field.ancestors().filter_map(ElementRef::wrap).find(|it| it.value().name() == "form")?;
    Some(CodeForm {
        csrf_token: input_value(form, "csrf_token")?,
        errors: words(form, "#recovery_code-errors li, .form-errors li"),
    })
}

fn words(form: ElementRef<'_>, selector: &str) -> Vec<String> {
    all(form, selector).into_iter().filter_map(text).collect()
}
