//! What the platforms know of their users, made up. Warehouse asks them about whoever is registered
//! here, and stores what they answer. A few names stand for what can go wrong on the way.

mod activestate;
mod github;

pub(crate) use activestate::{activestate_actor_id, activestate_organization};
pub(crate) use github::github_login;
