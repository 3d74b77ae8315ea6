//! Everything that knows HTML or HTTP: how a Warehouse is asked and how its pages are read. Sync
//! talks to the trait in `package_index`; nothing here knows of the store or of changes.

mod answer;
mod error;
mod http;
mod outcome;
mod pace;
mod package_index;
pub mod pages;
mod proxy;
mod reach;
mod reading;
mod session;
mod sign_in;
mod times;
mod warehouse;

pub use answer::{Answer, AnswerKind, Destination};
pub use error::{AccountNeed, Error};
pub use outcome::{Outcome, outcome};
pub use pace::Pace;
pub use package_index::{PackageIndex, PasswordAnswer, Request};
pub use pages::{Flash, FlashKind};
pub(crate) use proxy::proxy_of;
pub use reach::{Patience, Reach};
pub use session::Session;
pub use sign_in::{SecondFactors, SignIn, SignInStep};
pub use times::Told;
pub use warehouse::Warehouse;
