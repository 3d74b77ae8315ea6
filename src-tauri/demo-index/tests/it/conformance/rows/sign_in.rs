//! Signing in and out, and what is said when it fails.

use super::Given::{CodeLocked, HalfSignedIn, PasswordLocked, Sent, SignedIn, TokenChanged};
use super::Says::{OldCode, RightCode, Text};
use super::{Row, Says, WRONG_PASSWORD, WRONG_TOKEN, row};

const WRONG_CODE: &[(&str, Says)] = &[("totp_value", Text("000000"))];
const RIGHT_CODE: &[(&str, Says)] = &[("totp_value", RightCode)];
/// Too many were wrong before: this one would be right.
const LOCKED: &[(&str, Says)] = &[("username", Text("demo"))];

pub(crate) const SIGN_IN: &[Row] = &[
    row("101-login-get", &[]),
    row("102-login-wrong-password", &[]).saying(WRONG_PASSWORD),
    row("103-login-unknown-user", &[]),
    row("104-login-empty-fields", &[]).saying(&[("password", Text(""))]),
    row("105-login-bad-csrf", &[]).saying(WRONG_TOKEN),
    row("106-login-no-session-cookie", &[]),
    row("107-login-duplicate-post-key", &[]),
    row("108-login-ok-no-referer-no-origin-http", &[]),
    row("109-login-get-https-scheme", &[]),
    row("110-login-https-no-referer-no-origin", &[]),
    row("111-login-https-foreign-origin", &[]),
    row("112-login-https-origin-null", &[]),
    row("113-login-https-referer-only", &[]),
    row("114-login-https-origin-only", &[]),
    row("115-login-ok-303-two-factor", &[]),
    row("116-two-factor-get", &[HalfSignedIn]),
    row("117-totp-wrong", &[HalfSignedIn]).saying(WRONG_CODE),
    row("118-totp-malformed", &[HalfSignedIn]),
    row("119-totp-empty", &[HalfSignedIn]),
    row("120-totp-five-steps-old", &[HalfSignedIn]).saying(&[("totp_value", OldCode)]),
    row("121-two-factor-broken-token", &[HalfSignedIn, TokenChanged]),
    row(
        "122-flash-after-broken-token",
        &[HalfSignedIn, TokenChanged, Sent("121-two-factor-broken-token")],
    ),
    row("123-two-factor-no-token", &[]),
    row("124-totp-ok-with-space-303", &[HalfSignedIn]).saying(RIGHT_CODE),
    row("125-login-get-when-logged-in", &[SignedIn]),
    row("126-two-factor-get-when-logged-in", &[SignedIn]),
    row("127-totp-replayed-same-code", &[SignedIn, Sent("135-logout-post-303"), HalfSignedIn])
        .saying(RIGHT_CODE),
    row("130-publishing-not-logged-in-303", &[]),
    row("131-login-get-with-next", &[]),
    row("132-login-with-next-303", &[]),
    row("133-totp-ok-with-next-303", &[Sent("132-login-with-next-303")]).saying(RIGHT_CODE),
    row("134-logout-get", &[SignedIn]),
    row("135-logout-post-303", &[SignedIn]),
    row("136-projects-after-logout-303", &[SignedIn, Sent("135-logout-post-303")]),
    row("160-login-429-html", &[PasswordLocked]).saying(LOCKED),
    row("161-login-429-even-right-password", &[PasswordLocked]).saying(LOCKED),
    row("162-login-429-accept-json", &[PasswordLocked]).saying(LOCKED),
    row("163-login-429-accept-any", &[PasswordLocked]).saying(LOCKED),
    row("165-login-get-while-locked-out", &[PasswordLocked]),
    row("166-totp-429", &[HalfSignedIn, CodeLocked]).saying(WRONG_CODE),
    row("167-two-factor-get-while-locked-out", &[HalfSignedIn, CodeLocked]),
];
