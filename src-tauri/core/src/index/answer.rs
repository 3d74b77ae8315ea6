//! An answer of the index, read whole, and what it is when it is not the page that was asked for.

use super::{Error, pages};

pub(super) struct Answer {
    pub(super) status: u16,
    /// Path and query of a redirect that stays on the index.
    pub(super) location: Option<String>,
    pub(super) retry_after_s: Option<u64>,
    pub(super) body: String,
}

impl Answer {
    /// The page that was asked for.
    pub(super) fn page(&self) -> Result<&str, Error> {
        pages::page(self.status, self.location.as_deref(), &self.body)
            .map_err(|error| self.with_time(error))
    }

    /// What it means that this is not what was asked for.
    pub(super) fn refusal(&self) -> Error {
        self.with_time(pages::refusal(self.status, self.location.as_deref(), &self.body))
    }

    /// Where it leads, path and query.
    pub(super) fn redirect(&self) -> Result<&str, Error> {
        match (self.status, &self.location) {
            (302 | 303, Some(location)) => Ok(location),
            _ => Err(self.refusal()),
        }
    }

    fn with_time(&self, error: Error) -> Error {
        match error {
            Error::TooMany(_) => Error::TooMany(self.retry_after_s),
            error => error,
        }
    }
}
