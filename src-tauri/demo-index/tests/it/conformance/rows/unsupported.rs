//! The recordings that are not sent again, and why.

const OTHER_ROLES: &str =
    "roles through a team or an organization alone: accounts here have direct roles too";
const SCALE: &str = "another account's many rows; the same page with fewer is held";
const OTHERS_BEFORE: &str = "it also tells of requests that were not recorded";
const KEYS: &str = "an account here has security keys, but nothing asks them";
const NO_CODES: &str = "every account here that has a security key has recovery codes too";
const NO_ACCEPT: &str = "the test's client cannot leave the header out";

/// Recording and reason.
pub(crate) const UNSUPPORTED: &[(&str, &str)] = &[
    ("164-login-429-no-accept", NO_ACCEPT),
    ("203-projects-300", SCALE),
    ("205-projects-org-owner", OTHER_ROLES),
    ("206-publishing-org-project-as-org-owner", OTHER_ROLES),
    ("208-projects-team-member", OTHER_ROLES),
    ("209-publishing-team-owner", OTHER_ROLES),
    ("210-publishing-team-maintainer-403", OTHER_ROLES),
    ("211-projects-maintainer-only", OTHER_ROLES),
    ("750-publishing-forty-publishers", SCALE),
    ("806-flash-after-read-only-add", OTHERS_BEFORE),
    ("822-account-publishing-300-projects", SCALE),
    ("831-two-factor-page-webauthn-only", NO_CODES),
    ("832-webauthn-options", KEYS),
    ("833-webauthn-validate-wrong-origin", KEYS),
    ("834-webauthn-validate-ok", KEYS),
    ("835-projects-after-webauthn", KEYS),
];
