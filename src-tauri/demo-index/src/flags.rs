//! The switches that Warehouse's administrators have (protocol, section 7), and a database that is
//! gone. They are set from the outside and forgotten at the end.

use std::collections::BTreeSet;

use trustdesk_core::domain::Provider;

/// Which switches are on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flags {
    /// Every change is answered as if it had been made, and none is.
    pub(crate) read_only: bool,
    /// Nothing but an error can be answered.
    pub(crate) database_down: bool,
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
