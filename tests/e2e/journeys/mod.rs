//! The stories of a maintainer without a network, through the real window; one file a story.

mod back_online;
mod changes;
mod drafts;
mod elsewhere;
#[cfg(target_os = "linux")]
mod ended;
mod held_back;
mod long_work;
mod meanwhile;
#[cfg(target_os = "linux")]
mod memory;
mod no_network;
#[cfg(unix)]
mod read_only;
mod removals;
mod replaced;
mod reviewed;
mod sign_in;
mod story;
