//! How often something may be tried: moving windows, counted per user and per address
//! (protocol, section 6).

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// So many tries within so much time.
type Window = (usize, i64);

/// What is counted, and the windows for one user and for one address.
pub(crate) struct Limit {
    name: &'static str,
    user: &'static [Window],
    address: &'static [Window],
}

/// Who tries something, and from where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trying<'a> {
    pub(crate) user: &'a str,
    pub(crate) address: IpAddr,
}

/// Wrong passwords, at sign-in and at its confirmation.
pub(crate) const LOGIN: Limit =
    Limit { name: "login", user: &[(10, 5 * MINUTE_MS)], address: &[(10, 5 * MINUTE_MS)] };

/// Wrong authenticator and recovery codes.
pub(crate) const SECOND_FACTOR: Limit = Limit {
    name: "2fa",
    user: &[(5, 5 * MINUTE_MS), (20, HOUR_MS), (50, DAY_MS)],
    address: &[(10, 5 * MINUTE_MS), (50, HOUR_MS)],
};

/// Publishers that somebody tried to add, valid or not.
pub(crate) const REGISTER: Limit =
    Limit { name: "oidc.publisher.register", user: &[(100, DAY_MS)], address: &[(100, DAY_MS)] };

/// When each thing was tried.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Attempts(BTreeMap<String, Vec<i64>>);

impl Attempts {
    /// Milliseconds until it may be tried again; none if it may be now.
    pub(crate) fn wait_ms(&self, limit: &Limit, trying: Trying<'_>, now_ms: i64) -> Option<i64> {
        let of_user = limit.user.iter().map(|window| (user_key(limit, trying), window));
        let of_address = limit.address.iter().map(|window| (address_key(limit, trying), window));
        of_user
            .chain(of_address)
            .filter_map(|(key, &(most, window_ms))| {
                let tries = self.0.get(&key)?;
                let first = tries.len().checked_sub(most).and_then(|index| tries.get(index))?;
                Some(first + window_ms - now_ms).filter(|wait_ms| *wait_ms > 0)
            })
            .max()
    }

    pub(crate) fn count(&mut self, limit: &Limit, trying: Trying<'_>, now_ms: i64) {
        for key in [user_key(limit, trying), address_key(limit, trying)] {
            let tries = self.0.entry(key).or_default();
            tries.retain(|at_ms| now_ms - at_ms < DAY_MS);
            tries.push(now_ms);
        }
    }
}

fn user_key(limit: &Limit, trying: Trying<'_>) -> String {
    format!("user.{}:{}", limit.name, trying.user)
}

fn address_key(limit: &Limit, trying: Trying<'_>) -> String {
    format!("ip.{}:{}", limit.name, trying.address)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const DEMO: Trying<'_> = Trying { user: "demo", address: HERE };

    fn tried(times: i64) -> Attempts {
        let mut attempts = Attempts::default();
        for second in 0..times {
            assert_eq!(attempts.wait_ms(&LOGIN, DEMO, second * 1000), None);
            attempts.count(&LOGIN, DEMO, second * 1000);
        }
        attempts
    }

    #[test]
    fn the_window_moves_with_the_first_try_in_it() {
        let attempts = tried(10);
        assert_eq!(attempts.wait_ms(&LOGIN, DEMO, 9_000), Some(5 * MINUTE_MS - 9_000));
        assert_eq!(attempts.wait_ms(&LOGIN, DEMO, 5 * MINUTE_MS), None);
    }

    #[test]
    fn an_address_is_locked_out_whoever_tries_and_a_user_from_wherever() {
        let attempts = tried(10);
        let elsewhere = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));
        let other = Trying { user: "other", ..DEMO };
        assert!(attempts.wait_ms(&LOGIN, other, 9_000).is_some(), "the same address");
        let moved = Trying { address: elsewhere, ..DEMO };
        assert!(attempts.wait_ms(&LOGIN, moved, 9_000).is_some(), "the same user");
        let stranger = Trying { user: "other", address: elsewhere };
        assert_eq!(attempts.wait_ms(&LOGIN, stranger, 9_000), None);
    }
}
