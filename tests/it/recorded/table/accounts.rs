//! Accounts that are not in order, and what the index reminds them of.

use trustdesk_core::index::pages::{FlashKind, PageKind};
use trustdesk_core::index::{AccountNeed, AnswerKind, Destination};

use super::Expected::{Known, Says, SignIn};
use super::Row;

const SECOND_FACTOR: AccountNeed = AccountNeed::SecondFactor;
const VERIFIED_EMAIL: AccountNeed = AccountNeed::VerifiedEmail;
const VERIFY_FIRST: &str = "You must verify your **primary** email address before you can";

pub(super) const ROWS: &[Row] = &[
    Row(&[700, 702], Known(AnswerKind::Redirect(Destination::Account(SECOND_FACTOR)))),
    Row(&[703], Known(AnswerKind::Page(PageKind::Account(SECOND_FACTOR)))),
    Row(&[705, 710, 712], Known(AnswerKind::Redirect(Destination::Account(VERIFIED_EMAIL)))),
    Row(&[708, 713], Known(AnswerKind::Page(PageKind::Account(VERIFIED_EMAIL)))),
    // Without an address and without a second factor, a project's page is just closed.
    Row(&[707], Known(AnswerKind::Forbidden)),
    // Frozen accounts and changed passwords end sessions; signing in still begins.
    Row(&[717, 721], Known(AnswerKind::Redirect(Destination::SignIn))),
    Row(&[719], Known(AnswerKind::Redirect(Destination::TwoFactor))),
    Row(&[720], SignIn(&[], &["The password is invalid. Try again."])),
    Row(
        &[701],
        Says(FlashKind::Error, "Two-factor authentication must be enabled on your account", &[]),
    ),
    Row(
        &[704],
        Says(
            FlashKind::Plain,
            "Two factor authentication is available, enable it now for your account.",
            &["/manage/account/two-factor/"],
        ),
    ),
    Row(&[706, 711], Says(FlashKind::Error, VERIFY_FIRST, &[])),
    Row(
        &[709],
        Says(
            FlashKind::Warning,
            "Your primary email address (unverified@example.com) is unverified. Verify your email",
            &["/manage/account/#account-emails"],
        ),
    ),
    Row(
        &[714],
        Says(
            FlashKind::Warning,
            "Your primary email address (unverified-2fa@example.com) is unverified. Verify",
            &["/manage/account/#account-emails"],
        ),
    ),
    Row(
        &[715],
        Says(
            FlashKind::Plain,
            "Please review our updated Terms of Service.",
            &["/account/view-terms-of-service/"],
        ),
    ),
    Row(
        &[716],
        Says(
            FlashKind::Warning,
            "Two-factor recovery codes are available, generate them now for your account.",
            &["/manage/account/two-factor/"],
        ),
    ),
    Row(
        &[718],
        Says(FlashKind::Error, "Your account has been suspended. Please contact security@", &[]),
    ),
    Row(&[722], Says(FlashKind::Error, "Session invalidated by password change", &[])),
];
