//! What a command gives back: one result, as JSON for programs and as text for people.

use serde::Serialize;
use serde_json::Value;

use crate::exit::Exit;
use crate::failure::{Failure, Kind};

/// A command that did what it could.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) exit: Exit,
    pub(crate) json: Value,
    /// Lines for a person, whatever the terminal; what comes from elsewhere is made
    /// [harmless](crate::shown) in it.
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn new(result: &impl Serialize, text: impl Into<String>) -> Result<Self, Failure> {
        let json = serde_json::to_value(result).map_err(|error| {
            Failure::new(Kind::Bug, format!("this is a bug in Trustdesk: {error}"))
        })?;
        Ok(Self { exit: Exit::Done, json, text: text.into() })
    }

    /// The same where some item was refused, failed or waits.
    pub(crate) fn ending(self, exit: Exit) -> Self {
        Self { exit, ..self }
    }
}
