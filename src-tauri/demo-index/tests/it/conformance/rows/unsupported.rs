//! The recordings that are not sent again, and why.

const RECOVERY: &str = "sign-in variants, issue 5: recovery codes";
const REMEMBERED: &str = "sign-in variants, issue 5: a remembered device";
const NEW_DEVICE: &str = "sign-in variants, issue 5: an unrecognized device";
const ACCOUNT: &str = "account states, issue 5: the index's one account is in order";
const OTHER_ROLES: &str = "another account's roles: the index has one account, with direct roles";
const SCALE: &str = "another account's many rows; the same page with fewer is held";
const NO_ACCEPT: &str = "the test's client cannot leave the header out";

/// Recording and reason.
pub(crate) const UNSUPPORTED: &[(&str, &str)] = &[
    ("128-totp-ok-remember-device-303", REMEMBERED),
    ("129-login-remembered-device-303-projects", REMEMBERED),
    ("140-recovery-code-get", RECOVERY),
    ("141-recovery-code-wrong", RECOVERY),
    ("142-recovery-code-ok-303", RECOVERY),
    ("143-recovery-code-already-used", RECOVERY),
    ("150-totp-ok-new-device-303-confirm-login", NEW_DEVICE),
    ("151-confirm-login-page", NEW_DEVICE),
    ("152-projects-while-unconfirmed-303", NEW_DEVICE),
    ("153-confirm-login-link-from-other-ip", NEW_DEVICE),
    ("154-confirm-login-bad-token", NEW_DEVICE),
    ("155-flash-after-bad-confirm-token", NEW_DEVICE),
    ("156-confirm-login-link-other-browser-same-ip", NEW_DEVICE),
    ("157-projects-original-client-after-confirmation", NEW_DEVICE),
    ("158-projects-after-new-login-known-device", NEW_DEVICE),
    ("164-login-429-no-accept", NO_ACCEPT),
    ("203-projects-300", SCALE),
    ("205-projects-org-owner", OTHER_ROLES),
    ("206-publishing-org-project-as-org-owner", OTHER_ROLES),
    ("208-projects-team-member", OTHER_ROLES),
    ("209-publishing-team-owner", OTHER_ROLES),
    ("210-publishing-team-maintainer-403", OTHER_ROLES),
    ("211-projects-maintainer-only", OTHER_ROLES),
    ("700-projects-no-2fa", ACCOUNT),
    ("701-flash-no-2fa", ACCOUNT),
    ("702-publishing-no-2fa", ACCOUNT),
    ("703-redirect-target-no-2fa", ACCOUNT),
    ("704-session-notifications-no-2fa", ACCOUNT),
    ("705-projects-unverified", ACCOUNT),
    ("706-flash-unverified", ACCOUNT),
    ("707-publishing-unverified", ACCOUNT),
    ("708-redirect-target-unverified", ACCOUNT),
    ("709-session-notifications-unverified", ACCOUNT),
    ("710-projects-unverified-2fa", ACCOUNT),
    ("711-flash-unverified-2fa", ACCOUNT),
    ("712-publishing-unverified-2fa", ACCOUNT),
    ("713-redirect-target-unverified-2fa", ACCOUNT),
    ("714-session-notifications-unverified-2fa", ACCOUNT),
    ("715-flash-terms-of-service", ACCOUNT),
    ("716-session-notifications-no-recovery-codes", ACCOUNT),
    ("717-projects-frozen-account-303", ACCOUNT),
    ("718-flash-frozen", ACCOUNT),
    ("719-login-frozen-account", ACCOUNT),
    ("720-login-compromised-password", ACCOUNT),
    ("721-projects-after-password-change-303", ACCOUNT),
    ("722-flash-password-change", ACCOUNT),
    ("750-publishing-forty-publishers", SCALE),
];
