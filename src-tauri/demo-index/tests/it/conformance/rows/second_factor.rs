//! The second factor and the device: remembered ones, recovery codes, networks that are not known.

use trustdesk_demo_index::RECOVERY_CODES;

use super::Given::{HalfSignedIn, HalfSignedInAs, LinkOpenedElsewhere, Sent};
use super::Says::{RightCode, Text};
use super::{Given, Row, Says, row};

const RIGHT_CODE: &[(&str, Says)] = &[("totp_value", RightCode)];
const RECOVERY_CODE: &[(&str, Says)] = &[("recovery_code_value", Text(RECOVERY_CODES[2]))];
const SIGN_OUT: Given = Sent("135-logout-post-303");
const REMEMBER: Given = Sent("128-totp-ok-remember-device-303");
const RECOVER: Given = Sent("142-recovery-code-ok-303");
/// The code was right, and the account has never signed in from there.
const HELD_BACK: Given = Sent("150-totp-ok-new-device-303-confirm-login");
const NEW_DEVICE: Given = HalfSignedInAs("new-device");

pub(crate) const SECOND_FACTOR: &[Row] = &[
    row("128-totp-ok-remember-device-303", &[HalfSignedIn]).saying(RIGHT_CODE),
    row("129-login-remembered-device-303-projects", &[HalfSignedIn, REMEMBER, SIGN_OUT]),
    row("140-recovery-code-get", &[HalfSignedIn]),
    row("141-recovery-code-wrong", &[HalfSignedIn]),
    row("142-recovery-code-ok-303", &[HalfSignedIn]).saying(RECOVERY_CODE),
    row("143-recovery-code-already-used", &[HalfSignedIn, RECOVER, SIGN_OUT, HalfSignedIn])
        .saying(RECOVERY_CODE),
    row("150-totp-ok-new-device-303-confirm-login", &[NEW_DEVICE]).saying(RIGHT_CODE),
    row("151-confirm-login-page", &[NEW_DEVICE, HELD_BACK]),
    row("152-projects-while-unconfirmed-303", &[NEW_DEVICE, HELD_BACK]),
    row("153-confirm-login-link-from-other-ip", &[NEW_DEVICE, HELD_BACK]),
    row("154-confirm-login-bad-token", &[NEW_DEVICE, HELD_BACK]),
    row(
        "155-flash-after-bad-confirm-token",
        &[NEW_DEVICE, HELD_BACK, Sent("154-confirm-login-bad-token")],
    ),
    row("156-confirm-login-link-other-browser-same-ip", &[NEW_DEVICE, HELD_BACK]),
    row(
        "157-projects-original-client-after-confirmation",
        &[NEW_DEVICE, HELD_BACK, LinkOpenedElsewhere],
    ),
    // What was held back before signs in now, with the very same code.
    row(
        "158-projects-after-new-login-known-device",
        &[NEW_DEVICE, HELD_BACK, LinkOpenedElsewhere, NEW_DEVICE, HELD_BACK],
    ),
];
