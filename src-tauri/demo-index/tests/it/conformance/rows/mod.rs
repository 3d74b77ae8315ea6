//! The tables: which recordings, and what was the case before each. One table a test.

mod publishing;
mod refused;
mod sign_in;

pub(crate) use publishing::PUBLISHING;
pub(crate) use refused::REFUSED;
pub(crate) use sign_in::SIGN_IN;

/// One recorded exchange.
pub(crate) struct Row {
    /// The file without its ending.
    pub(crate) recording: &'static str,
    pub(crate) given: &'static [Given],
    /// What the fields say that cannot be sent as they were recorded.
    pub(crate) says: &'static [(&'static str, Says)],
    pub(crate) list: List,
}

/// How far the list of publishers is the same here as there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    Other,
    SameLabels,
    Same,
}

/// What was the case before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// Name and password were right; the code is still to come.
    HalfSignedIn,
    /// The token between the two halves was changed on the way.
    TokenChanged,
    SignedIn,
    /// Another recording was sent before.
    Sent(&'static str),
    /// The password must be confirmed.
    ConfirmationDue,
    SessionsGone,
    /// Ten wrong passwords.
    PasswordLocked,
    /// Five wrong codes.
    CodeLocked,
    ReadOnly,
}

/// What a field says instead of what was recorded.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Says {
    Text(&'static str),
    /// The authenticator's code with a space in it.
    RightCode,
    /// The code of five steps ago.
    OldCode,
    /// The id of the first publisher that `sampleproject` lists.
    FirstPublisher,
}

impl Row {
    const fn saying(mut self, says: &'static [(&'static str, Says)]) -> Self {
        self.says = says;
        self
    }

    const fn listing(mut self) -> Self {
        self.list = List::Same;
        self
    }

    const fn labelling(mut self) -> Self {
        self.list = List::SameLabels;
        self
    }
}

const fn row(recording: &'static str, given: &'static [Given]) -> Row {
    Row { recording, given, says: &[], list: List::Other }
}

const ADDED: &[Given] = &[Given::SignedIn, Given::Sent("310-add-github-303")];
const WRONG_PASSWORD: &[(&str, Says)] = &[("password", Says::Text("wrong"))];
const WRONG_TOKEN: &[(&str, Says)] = &[("csrf_token", Says::Text("xxxxxxxxxxxxxxxx"))];

/// The row of a recording, in whichever table it stands.
pub(crate) fn find(recording: &str) -> Option<&'static Row> {
    let tables = [SIGN_IN, PUBLISHING, REFUSED];
    tables.into_iter().flatten().find(|row| row.recording == recording)
}
