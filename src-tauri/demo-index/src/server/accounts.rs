//! What tests see of the accounts, and what happens to them behind the client's back.

use std::net::IpAddr;

use super::DemoIndex;
use crate::state::{Mail, State};
use crate::users::User;

impl DemoIndex {
    /// Every mail that Warehouse would have sent, in order. `/demo/mailbox/` shows the same.
    #[must_use]
    pub fn mailbox(&self) -> Vec<Mail> {
        self.world.memory().state.database.mails().to_vec()
    }

    /// Freezes an account, as the index's staff does, or ends that.
    pub fn set_frozen(&self, username: &str, frozen: bool) {
        self.change_user(username, |user, state| state.database.set_frozen(user.username, frozen));
    }

    /// Has an account's primary e-mail address verified, or not any more: its mails bounced.
    pub fn set_email_verified(&self, username: &str, verified: bool) {
        self.change_user(username, |user, state| {
            state.database.set_email_verified(user.username, verified);
        });
    }

    /// Ends every session of an account as a new password does. The old one goes on to be right, so
    /// that nobody has to learn another.
    pub fn change_password(&self, username: &str) {
        let now_ms = self.world.now_ms();
        self.change_user(username, |user, state| {
            state.database.change_password(user.username, now_ms);
        });
    }

    /// Disables an account's password for good, as when it is found among breached ones.
    pub fn disable_password(&self, username: &str) {
        self.change_user(username, |user, state| state.database.disable_password(user.username));
    }

    /// No network of an account is known any more: its next sign-in with a code is held back.
    pub fn forget_devices(&self, username: &str) {
        self.change_user(username, |user, state| state.forget_devices(user.username));
    }

    /// Where every client is from now on; none is this computer. `X-Forwarded-For` goes before it.
    pub fn set_network(&self, network: Option<IpAddr>) {
        self.world.switch(|flags| flags.network = network);
    }

    /// A name that no account has changes nothing.
    fn change_user(&self, username: &str, change: impl FnOnce(&User, &mut State)) {
        if let Some(user) = User::named(username) {
            self.world.change(|state| change(user, state));
        }
    }
}
