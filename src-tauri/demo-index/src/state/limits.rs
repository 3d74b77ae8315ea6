//! How often something may be tried: moving windows, counted per user and per address
//! (protocol, section 6).

use std::collections::BTreeMap;

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

/// Wrong passwords, at sign-in and at its confirmation.
pub(crate) const LOGIN: Limit =
    Limit { name: "login", user: &[(10, 5 * MINUTE_MS)], address: &[(10, 5 * MINUTE_MS)] };

/// Wrong authenticator codes.
pub(crate) const SECOND_FACTOR: Limit = Limit {
    name: "2fa",
    user: &[(5, 5 * MINUTE_MS), (20, HOUR_MS), (50, DAY_MS)],
    address: &[(10, 5 * MINUTE_MS), (50, HOUR_MS)],
};

/// Publishers that somebody tried to add, valid or not.
pub(crate) const REGISTER: Limit =
    Limit { name: "oidc.publisher.register", user: &[(100, DAY_MS)], address: &[(100, DAY_MS)] };

/// When each thing was tried. Every client has the same address: this computer's.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Attempts(BTreeMap<String, Vec<i64>>);

impl Attempts {
    /// Milliseconds until it may be tried again; none if it may be now.
    pub(crate) fn wait_ms(&self, limit: &Limit, user: &str, now_ms: i64) -> Option<i64> {
        let of_user = limit.user.iter().map(|window| (user_key(limit, user), window));
        let of_address = limit.address.iter().map(|window| (address_key(limit), window));
        of_user
            .chain(of_address)
            .filter_map(|(key, &(most, window_ms))| {
                let tries = self.0.get(&key)?;
                let first = tries.len().checked_sub(most).and_then(|index| tries.get(index))?;
                Some(first + window_ms - now_ms).filter(|wait_ms| *wait_ms > 0)
            })
            .max()
    }

    pub(crate) fn count(&mut self, limit: &Limit, user: &str, now_ms: i64) {
        for key in [user_key(limit, user), address_key(limit)] {
            let tries = self.0.entry(key).or_default();
            tries.retain(|at_ms| now_ms - at_ms < DAY_MS);
            tries.push(now_ms);
        }
    }
}

fn user_key(limit: &Limit, user: &str) -> String {
    format!("user.{}:{user}", limit.name)
}

fn address_key(limit: &Limit) -> String {
    format!("ip.{}", limit.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_moves_with_the_first_try_in_it() {
        let mut attempts = Attempts::default();
        for second in 0..10 {
            assert_eq!(attempts.wait_ms(&LOGIN, "demo", second * 1000), None);
            attempts.count(&LOGIN, "demo", second * 1000);
        }
        assert_eq!(attempts.wait_ms(&LOGIN, "demo", 9_000), Some(5 * MINUTE_MS - 9_000));
        assert_eq!(attempts.wait_ms(&LOGIN, "demo", 5 * MINUTE_MS), None);
    }
}
