//! Which request something shall happen to.

/// Requests of a kind, and which of them.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    method: &'static str,
    path_ends: &'static str,
    /// How many such requests pass first.
    pub(super) after: usize,
}

/// The next request that asks for a change of publishers.
pub const CHANGE: Asked = Asked { method: "POST", path_ends: "/settings/publishing/", after: 0 };
/// The next reading of a list of publishers.
pub const LIST: Asked = Asked { method: "GET", path_ends: "/settings/publishing/", after: 0 };
/// The next reading of the messages, which stands between the list and the first change of a batch.
pub const MESSAGES: Asked = Asked { method: "GET", path_ends: "/flash-messages/", after: 0 };

/// The next question whose session it is.
pub const WHO_AM_I: Asked =
    Asked { method: "GET", path_ends: "/current-user-indicator/", after: 0 };

/// The next password that confirms the session.
pub const PASSWORD_FORM: Asked =
    Asked { method: "POST", path_ends: "/account/reauthenticate/", after: 0 };

impl Asked {
    /// Not the next one, but the one after so many.
    #[must_use]
    pub const fn after(self, after: usize) -> Self {
        Self { after, ..self }
    }

    pub(super) fn is(&self, method: &str, path: &str) -> bool {
        method == self.method && path.ends_with(self.path_ends)
    }
}
