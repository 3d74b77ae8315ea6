//! The accounts of the index: one in order, and one for each thing that can be the matter with an
//! account. All have the same password, authenticator and recovery codes, so that only the name has
//! to be remembered. What happens to an account later is in the state.

use crate::account::USERNAME;

/// The codes that stand in for an authenticator, each of them once.
pub const RECOVERY_CODES: [&str; 8] = [
    "decafbad00000001",
    "decafbad00000002",
    "decafbad00000003",
    "decafbad00000004",
    "decafbad00000005",
    "decafbad00000006",
    "decafbad00000007",
    "decafbad00000008",
];

/// An account as it is on a fresh index.
#[derive(Clone, Copy, Debug)]
pub struct User {
    /// Its name.
    pub username: &'static str,
    /// What it is there for.
    pub purpose: &'static str,
    pub(crate) totp: bool,
    pub(crate) webauthn: bool,
    pub(crate) recovery_codes: bool,
    pub(crate) primary_email: PrimaryEmail,
    /// Whether it has signed in from this computer before.
    pub(crate) recognized: bool,
    pub(crate) frozen: bool,
    /// Whether its password is found among breached ones.
    pub(crate) breached: bool,
    /// Whether it has not seen the newest terms of service yet.
    pub(crate) terms_unseen: bool,
}

/// The address that mails go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PrimaryEmail {
    Verified,
    Unverified,
    Missing,
}

const IN_ORDER: User = User {
    username: USERNAME,
    purpose: "in order: signs in with an authenticator code or a recovery code",
    totp: true,
    webauthn: false,
    recovery_codes: true,
    primary_email: PrimaryEmail::Verified,
    recognized: true,
    frozen: false,
    breached: false,
    terms_unseen: false,
};

const fn user(username: &'static str, purpose: &'static str) -> User {
    User { username, purpose, ..IN_ORDER }
}

const fn without_second_factor(username: &'static str, purpose: &'static str) -> User {
    User { totp: false, recovery_codes: false, ..user(username, purpose) }
}

/// Every account that can sign in.
pub const USERS: &[User] = &[
    IN_ORDER,
    User {
        recovery_codes: false,
        ..user("no-recovery-codes", "signs in with an authenticator code and nothing else")
    },
    User {
        totp: false,
        webauthn: true,
        ..user("security-key", "its only second factor is a security key")
    },
    User {
        webauthn: true,
        ..user("security-key-and-totp", "has a security key and an authenticator")
    },
    User {
        recognized: false,
        ..user("new-device", "has never signed in from this computer: the link is mailed")
    },
    without_second_factor("no-two-factor", "signs in with its password, and may manage nothing"),
    User {
        primary_email: PrimaryEmail::Unverified,
        ..without_second_factor("unverified", "has verified no e-mail address, nor a second factor")
    },
    User {
        primary_email: PrimaryEmail::Unverified,
        ..user("unverified-2fa", "has an authenticator, and no verified e-mail address")
    },
    User {
        primary_email: PrimaryEmail::Missing,
        ..user("no-primary-email", "has an authenticator, and no primary e-mail address")
    },
    User { frozen: true, ..user("frozen", "signs in, and is thrown out at its next step") },
    User {
        breached: true,
        ..user("compromised-password", "its password was breached and is disabled once it is given")
    },
    User {
        terms_unseen: true,
        ..user("terms-of-service", "is told of new terms of service whenever it signs in")
    },
];

impl User {
    /// The account of this name, whatever the capitals.
    pub(crate) fn named(username: &str) -> Option<&'static Self> {
        USERS.iter().find(|user| user.username.eq_ignore_ascii_case(username))
    }

    pub(crate) const fn has_two_factor(&self) -> bool {
        self.totp || self.webauthn
    }

    /// Where its mails go.
    pub(crate) fn email(&self) -> String {
        format!("{}@example.com", self.username)
    }
}
