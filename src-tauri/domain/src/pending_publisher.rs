//! Publishers that wait for a project which does not exist yet (protocol 3.6).

use super::{Provider, Publisher, PublisherId};

/// A publisher that makes its project on first use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingPublisher {
    /// What its removal is asked by.
    pub id: PublisherId,
    /// As it was typed; it becomes the project's own spelling.
    pub project_name: String,
    /// Who may make the project.
    pub publisher: Publisher,
}

/// Who owns the project once it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PendingOwner {
    /// The account whose page it is.
    Account,
    /// The organization with this name.
    Organization(String),
}

/// What the *Publishing* page of an account or an organization says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingPage {
    /// Whose page it is.
    pub owner: PendingOwner,
    /// In the index's order.
    pub pending: Vec<PendingPublisher>,
    /// The providers that can be added now.
    pub providers: Vec<Provider>,
    /// The GitLab instances that GitLab's form offers, in its order; none without that form.
    pub gitlab_instances: Vec<String>,
    /// The normalized names of the account's own projects that have publishers. Projects of
    /// organizations and teams are not among them; projects that one may not manage are.
    pub projects: Vec<String>,
}
