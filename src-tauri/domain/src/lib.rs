//! What Trustdesk knows without asking anyone: projects, publishers, the index's rules for them, and
//! the life of a change. Pure: no async, no I/O, no clock.
#![warn(missing_docs)]

mod activestate;
mod change;
mod check;
mod conflict;
mod content_hash;
mod draft;
mod email;
mod github;
mod gitlab;
mod google;
mod history;
mod index;
mod index_time;
mod intent;
mod message;
mod pending_publisher;
mod project;
mod project_name;
mod provider;
mod publisher;
mod publishing_page;
mod python_text;
mod sends;
mod sign_in;
mod verdict;

pub use activestate::Activestate;
pub use change::{Change, ChangeEvent, ChangeId, ChangeState, Reasons, next};
pub use check::{check, check_against, warehouse_verdict};
pub use conflict::{Conflict, conflict};
pub use content_hash::{ContentHash, Destination, Reviewed};
pub use draft::{Draft, DraftId, InPlaceOf, Typed};
pub use github::Github;
pub use gitlab::{Gitlab, GitlabInstances, TakenPipeline, pipeline_taken};
pub use google::Google;
pub use history::HistoryEvent;
pub use index::{Index, IndexKey, InvalidIndex, is_on_this_computer};
pub use index_time::IndexTime;
pub use intent::{After, ChangeAction, Intent};
pub use message::Message;
pub use pending_publisher::{PendingOwner, PendingPage, PendingPublisher};
pub use project::{Project, ProjectDate, ProjectDateKind, normalize_project_name};
pub use project_name::project_name_verdict;
pub use provider::Provider;
pub use publisher::{Detail, Identity, ListedPublisher, Publisher, PublisherId};
pub use publishing_page::PublishingPage;
pub use sends::{SERVER_MAY_WORK_MS, Sends};
pub use sign_in::{code_refusal, recovery_code_refusal, username_refusal};
pub use verdict::{Fields, Verdict};
