//! Signing in and out, the second factor, the mailed link, and the password that is asked again.

use trustdesk_core::index::pages::{FlashKind, PageKind};
use trustdesk_core::index::{AnswerKind, Destination};

use super::Expected::{Known, Recovery, Says, SignIn, TwoFactor};
use super::Row;

const REQUIRED: &[&str] = &["This field is required."];
const INVALID_PASSWORD: &[&str] = &["The password is invalid. Try again."];
const LOCKED_OUT: &[&str] =
    &["There have been too many unsuccessful login attempts. You have been \
    locked out for 5 minutes. Please try again later."];
const INVALID_CODE: &[&str] = &["Invalid TOTP code."];

pub(super) const ROWS: &[Row] = &[
    Row(&[101, 109, 131, 165], SignIn(&[], &[])),
    Row(&[102], SignIn(&[], INVALID_PASSWORD)),
    Row(&[103], SignIn(&["No user found with that username"], &[])),
    Row(&[104], SignIn(REQUIRED, REQUIRED)),
    Row(&[160, 161, 162, 163, 164], SignIn(&[], LOCKED_OUT)),
    Row(&[116, 167], TwoFactor(&[])),
    Row(&[117, 120, 127], TwoFactor(INVALID_CODE)),
    Row(&[118], TwoFactor(&["TOTP code must be 6 digits.", "Invalid TOTP code."])),
    Row(&[119], TwoFactor(REQUIRED)),
    // The form token, Origin and Referer; and a field that came twice.
    Row(&[105, 106, 110, 111, 112], Known(AnswerKind::FormRefused)),
    // A key that stands there twice.
    Row(&[107], Known(AnswerKind::Unexpected)),
    Row(&[108, 113, 114, 115, 132], Known(AnswerKind::Redirect(Destination::TwoFactor))),
    // Signed in, or signed out: on to some page.
    Row(
        &[124, 125, 126, 128, 129, 133, 135, 142, 156],
        Known(AnswerKind::Redirect(Destination::Elsewhere)),
    ),
    // A broken or late token, another network, nobody signed in.
    Row(
        &[121, 123, 130, 136, 152, 153, 154, 157],
        Known(AnswerKind::Redirect(Destination::SignIn)),
    ),
    Row(&[150], Known(AnswerKind::Redirect(Destination::ConfirmDevice))),
    Row(&[151], Known(AnswerKind::Page(PageKind::ConfirmDevice))),
    Row(&[140], Recovery(&[])),
    Row(&[141], Recovery(&["Invalid recovery code."])),
    Row(&[143], Recovery(&["Recovery code has been previously used."])),
    Row(&[134], Known(AnswerKind::Page(PageKind::SignOut))),
    Row(&[166], Known(AnswerKind::TooMany)),
    Row(&[122], Says(FlashKind::Error, "Invalid or expired two factor login.", &[])),
    Row(&[155], Says(FlashKind::Error, "Invalid token: please try to login again", &[])),
    Row(&[480, 481, 482, 484, 488, 489], Known(AnswerKind::Page(PageKind::ConfirmPassword))),
    // The answer to a confirmation is the same for a right and a wrong password.
    Row(&[483, 485], Known(AnswerKind::Redirect(Destination::Elsewhere))),
];
