//! What Trustdesk knows without asking anyone: projects, publishers, the index's rules for them, and
//! the life of a change. Pure: no async, no I/O, no clock.

mod change;
mod check;
mod github;
mod index;
mod message;
mod project;
mod provider;
mod publisher;
mod publishing_page;
mod python_text;
mod verdict;

pub use change::{Change, ChangeAction, ChangeEvent, ChangeId, ChangeState, Reasons, next};
pub use check::{check, check_against};
pub use github::{Github, warehouse_verdict as github_warehouse_verdict};
pub use index::{Index, IndexKey, InvalidIndex};
pub use message::Message;
pub use project::{Project, ProjectDate, ProjectDateKind, normalize_project_name};
pub use provider::Provider;
pub use publisher::{
    Activestate, Detail, Gitlab, Google, Identity, ListedPublisher, Publisher, PublisherId,
};
pub use publishing_page::PublishingPage;
pub use verdict::{Fields, Verdict};
