//! The switches that Warehouse's administrators have (protocol, section 7), and what else can come
//! over an index. They are set from the outside and forgotten at the end.

use std::collections::BTreeSet;
use std::net::IpAddr;

use axum::http::StatusCode;

use trustdesk_domain::Provider;

/// Which switches are on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flags {
    /// Every change is answered as if it had been made, and none is.
    pub(crate) read_only: bool,
    /// Nothing but an error can be answered.
    pub(crate) database_down: bool,
    /// Whoever stands in front of the index finds nothing behind.
    pub(crate) site_down: bool,
    /// Whoever stands in front of the index wants to see a person first, and says so with this
    /// status.
    pub(crate) challenge: Option<StatusCode>,
    /// Where every client is that no proxy places elsewhere; none is this computer.
    pub(crate) network: Option<IpAddr>,
    /// Trusted publishing as a whole is switched off.
    pub(crate) publishing_disabled: bool,
    /// Providers that are switched off by themselves.
    pub(crate) disabled: BTreeSet<Provider>,
}

impl Flags {
    /// Whether the provider's publishers may be added.
    pub(crate) fn allows(&self, provider: Provider) -> bool {
        !self.publishing_disabled && !self.disabled.contains(&provider)
    }
}
