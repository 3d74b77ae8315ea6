//! Accounts that are not in order, and what they are told.

use super::Given::{Frozen, PasswordChanged, Sent, SignedIn, SignedInAs};
use super::Says::Text;
use super::{Given, Row, Says, row};

const NO_FACTOR: Given = SignedInAs("no-two-factor");
const UNVERIFIED: Given = SignedInAs("unverified");
const UNVERIFIED_2FA: Given = SignedInAs("unverified-2fa");
const DEMO: &[(&str, Says)] = &[("username", Text("demo"))];

pub(crate) const ACCOUNT_STATES: &[Row] = &[
    row("700-projects-no-2fa", &[NO_FACTOR]),
    row("701-flash-no-2fa", &[NO_FACTOR, Sent("700-projects-no-2fa")]),
    row("702-publishing-no-2fa", &[NO_FACTOR]),
    row("703-redirect-target-no-2fa", &[NO_FACTOR]),
    row("704-session-notifications-no-2fa", &[NO_FACTOR]),
    row("705-projects-unverified", &[UNVERIFIED]),
    row("706-flash-unverified", &[UNVERIFIED, Sent("705-projects-unverified")]),
    row("707-publishing-unverified", &[UNVERIFIED]),
    row("708-redirect-target-unverified", &[UNVERIFIED]),
    row("709-session-notifications-unverified", &[UNVERIFIED]),
    row("710-projects-unverified-2fa", &[UNVERIFIED_2FA]),
    row("711-flash-unverified-2fa", &[UNVERIFIED_2FA, Sent("710-projects-unverified-2fa")]),
    row("712-publishing-unverified-2fa", &[UNVERIFIED_2FA]),
    row("713-redirect-target-unverified-2fa", &[UNVERIFIED_2FA]),
    row("714-session-notifications-unverified-2fa", &[UNVERIFIED_2FA]),
    row("715-flash-terms-of-service", &[SignedInAs("terms-of-service")]),
    row("716-session-notifications-no-recovery-codes", &[SignedInAs("no-recovery-codes")]),
    row("717-projects-frozen-account-303", &[SignedIn, Frozen]),
    row("718-flash-frozen", &[SignedIn, Frozen, Sent("717-projects-frozen-account-303")]),
    row("719-login-frozen-account", &[Frozen]).saying(DEMO),
    // The password had been found among breached ones before: it is simply wrong by then.
    row("720-login-compromised-password", &[Sent("720-login-compromised-password")]),
    row("721-projects-after-password-change-303", &[SignedIn, PasswordChanged]),
    row(
        "722-flash-password-change",
        &[SignedIn, PasswordChanged, Sent("721-projects-after-password-change-303")],
    ),
];
