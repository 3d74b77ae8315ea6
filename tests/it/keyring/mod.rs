//! The system's keyring on its bad days: slow, locked, missing, restarted; and a real one.

mod calls;
mod journeys;
mod pretended;
mod real;
