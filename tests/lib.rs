//! What the journeys share: the recordings, and an app's core brought up against a demo index.

pub mod recordings;
