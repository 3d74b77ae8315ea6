//! From which networks an account has signed in. Warehouse calls it a device, but knows it by its
//! address alone: not by a cookie, nor by what the client calls itself (protocol 1.1).

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::token::LINK_LASTS_MS;
use super::{Database, State};
use crate::users::User;

/// A network from which somebody has given the account's password and a code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct UniqueLogin {
    id: String,
    address: IpAddr,
    confirmed: bool,
    /// Until when the mailed link can be opened; a new one goes out at once after that.
    expires_at_ms: i64,
}

/// Whether a network is known.
pub(crate) enum Device {
    Known,
    /// A link must be opened from there first.
    Unknown {
        unique_login: String,
        /// Whether no link that was mailed before can be opened any more.
        no_link_left: bool,
    },
}

/// What the claim of a mailed link leads to.
pub(crate) enum Confirmed {
    Yes,
    NoSuchLogin,
    OtherNetwork,
}

impl Database {
    /// Whether the account has signed in from there before. If not, the try is kept.
    pub(crate) fn device(&mut self, user: &User, address: IpAddr, now_ms: i64) -> Device {
        let account = self.account_mut(user.username);
        let as_ever = user.recognized && address.is_loopback() && !account.devices_forgotten;
        let known = account.unique_logins.iter_mut().find(|login| login.address == address);
        match known {
            Some(login) if login.confirmed => Device::Known,
            _ if as_ever => Device::Known,
            Some(login) => {
                let no_link_left = login.expires_at_ms < now_ms;
                if no_link_left {
                    login.expires_at_ms = now_ms + LINK_LASTS_MS;
                }
                Device::Unknown { unique_login: login.id.clone(), no_link_left }
            }
            None => {
                let login = UniqueLogin::new(address, false, now_ms);
                let unique_login = login.id.clone();
                account.unique_logins.push(login);
                Device::Unknown { unique_login, no_link_left: true }
            }
        }
    }

    /// A sign-in that no phished code can have made has come from there.
    pub(crate) fn confirm_device(&mut self, user: &str, address: IpAddr, now_ms: i64) {
        let logins = &mut self.account_mut(user).unique_logins;
        match logins.iter_mut().find(|login| login.address == address) {
            Some(login) => login.confirmed = true,
            None => logins.push(UniqueLogin::new(address, true, now_ms)),
        }
    }

    /// A link that was mailed for this try was opened at this address.
    ///
    /// It counts once: a network that is confirmed needs no link any more. Warehouse itself takes one
    /// again until it expires, so that this index is the stricter one.
    pub(crate) fn confirm_login(&mut self, user: &str, id: &str, address: IpAddr) -> Confirmed {
        let logins = &mut self.account_mut(user).unique_logins;
        match logins.iter_mut().find(|login| login.id == id && !login.confirmed) {
            None => Confirmed::NoSuchLogin,
            Some(login) if login.address != address => Confirmed::OtherNetwork,
            Some(login) => {
                login.confirmed = true;
                Confirmed::Yes
            }
        }
    }
}

impl State {
    /// No network of the account is known any more, not even this computer.
    pub(crate) fn forget_devices(&mut self, user: &str) {
        let account = self.database.account_mut(user);
        account.unique_logins.clear();
        account.devices_forgotten = true;
    }
}

impl UniqueLogin {
    fn new(address: IpAddr, confirmed: bool, now_ms: i64) -> Self {
        let id = Uuid::new_v4().to_string();
        Self { id, address, confirmed, expires_at_ms: now_ms + LINK_LASTS_MS }
    }
}
