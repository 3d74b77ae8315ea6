//! What a project's *Publishing* page on the index says.

use super::{ListedPublisher, Provider};

/// The publishers of a project and what could be added to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishingPage {
    /// In the index's order.
    pub publishers: Vec<ListedPublisher>,
    /// The providers that can be added now; the index can switch each one off.
    pub providers: Vec<Provider>,
    /// The GitLab instances that GitLab's form offers, in its order; none without that form.
    pub gitlab_instances: Vec<String>,
}
