//! What the journeys share: the recordings, an app's core brought up against a demo index, a wire
//! between the two that can be cut, the simulation and the torture with the promises they judge by, and
//! a reader of source text for the rules of the house.

pub mod broken;
pub mod built;
pub mod desk;
pub mod dice;
pub mod forward_proxy;
pub mod other_connection;
pub mod proxy;
pub mod recordings;
pub mod sends;
pub mod session_bus;
pub mod simulation;
pub mod source_text;
pub mod stranger;
pub mod time;
pub mod tls;
pub mod torture;
pub mod watcher;
