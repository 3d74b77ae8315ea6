//! What has happened to an account since the index was fresh: codes used up, a frozen account, a
//! changed password.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Database, UniqueLogin};
use crate::users::{PrimaryEmail, RECOVERY_CODES, User};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// New terms hold for everybody who was told of them this long ago.
const TERMS_HOLD_AFTER_MS: i64 = 30 * DAY_MS;

/// What has happened to an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Account {
    signed_in_at_ms: Option<i64>,
    /// The last authenticator code that was taken; it is not taken again.
    used_code: Option<String>,
    used_recovery_codes: BTreeSet<String>,
    /// Set from the outside; else it is as on a fresh index.
    frozen: Option<bool>,
    email_verified: Option<bool>,
    /// No password is right any more: it was found among breached ones.
    password_disabled: bool,
    password_changed_at_ms: Option<i64>,
    /// When it was first told of the terms that it had not seen.
    told_of_terms_at_ms: Option<i64>,
    terms_viewed: bool,
    /// The networks from which somebody has tried to sign in.
    pub(super) unique_logins: Vec<UniqueLogin>,
    pub(super) devices_forgotten: bool,
}

/// What a recovery code is worth.
pub(crate) enum RecoveryCode {
    Right,
    UsedBefore,
    Unknown,
}

impl Database {
    pub(super) fn account(&self, user: &str) -> Option<&Account> {
        self.accounts.get(user)
    }

    pub(super) fn account_mut(&mut self, user: &str) -> &mut Account {
        self.accounts.entry(user.to_owned()).or_default()
    }

    pub(crate) fn signed_in_at(&mut self, user: &str, at_ms: i64) {
        self.account_mut(user).signed_in_at_ms = Some(at_ms);
    }

    /// When the user last signed in.
    pub(crate) fn last_login_ms(&self, user: &str) -> Option<i64> {
        self.account(user).and_then(|account| account.signed_in_at_ms)
    }

    pub(crate) fn is_used_code(&self, user: &str, code: &str) -> bool {
        self.account(user).is_some_and(|account| account.used_code.as_deref() == Some(code))
    }

    pub(crate) fn use_code(&mut self, user: &str, code: &str) {
        self.account_mut(user).used_code = Some(code.to_owned());
    }

    /// Looks a recovery code up and uses it up.
    pub(crate) fn use_recovery_code(&mut self, user: &User, code: &str) -> RecoveryCode {
        if !user.recovery_codes || !RECOVERY_CODES.contains(&code) {
            RecoveryCode::Unknown
        } else if self.account_mut(user.username).used_recovery_codes.insert(code.to_owned()) {
            RecoveryCode::Right
        } else {
            RecoveryCode::UsedBefore
        }
    }

    /// Whether there is a recovery code left.
    pub(crate) fn has_recovery_codes(&self, user: &User) -> bool {
        let used = self.account(user.username).map_or(0, |known| known.used_recovery_codes.len());
        user.recovery_codes && used < RECOVERY_CODES.len()
    }

    pub(crate) fn primary_email(&self, user: &User) -> PrimaryEmail {
        match self.account(user.username).and_then(|account| account.email_verified) {
            Some(true) => PrimaryEmail::Verified,
            Some(false) => PrimaryEmail::Unverified,
            None => user.primary_email,
        }
    }

    pub(crate) fn set_email_verified(&mut self, user: &str, verified: bool) {
        self.account_mut(user).email_verified = Some(verified);
    }

    pub(crate) fn is_frozen(&self, user: &User) -> bool {
        let frozen = self.account(user.username).and_then(|account| account.frozen);
        frozen.unwrap_or(user.frozen)
    }

    pub(crate) fn set_frozen(&mut self, user: &str, frozen: bool) {
        self.account_mut(user).frozen = Some(frozen);
    }

    pub(crate) fn has_disabled_password(&self, user: &str) -> bool {
        self.account(user).is_some_and(|account| account.password_disabled)
    }

    pub(crate) fn disable_password(&mut self, user: &str) {
        self.account_mut(user).password_disabled = true;
    }

    pub(crate) fn password_changed_at(&self, user: &str) -> Option<i64> {
        self.account(user).and_then(|account| account.password_changed_at_ms)
    }

    /// Two changes in one millisecond are still two.
    pub(crate) fn change_password(&mut self, user: &str, at_ms: i64) {
        let account = self.account_mut(user);
        let before_ms = account.password_changed_at_ms.unwrap_or(i64::MIN);
        account.password_changed_at_ms = Some(at_ms.max(before_ms.saturating_add(1)));
    }

    /// Whether the user is to be told of new terms of service at this sign-in.
    pub(crate) fn tell_of_terms(&mut self, user: &User, now_ms: i64) -> bool {
        let account = self.account_mut(user.username);
        if !user.terms_unseen || account.terms_viewed {
            return false;
        }
        now_ms - *account.told_of_terms_at_ms.get_or_insert(now_ms) <= TERMS_HOLD_AFTER_MS
    }

    pub(crate) fn view_terms(&mut self, user: &str) {
        self.account_mut(user).terms_viewed = true;
    }
}
