//! The tables: which recordings, and what was the case before each. One table a test.

mod account_states;
mod later;
mod other;
mod pending;
mod projects;
mod publishing;
mod refused;
mod second_factor;
mod sign_in;
mod switched;
mod unsupported;

use trustdesk_domain::Provider;

pub(crate) use account_states::ACCOUNT_STATES;
pub(crate) use later::LATER;
pub(crate) use other::OTHER;
pub(crate) use pending::{PENDING, PENDING_STORY};
pub(crate) use projects::PROJECTS;
pub(crate) use publishing::{PUBLISHING, STORY};
pub(crate) use refused::REFUSED;
pub(crate) use second_factor::SECOND_FACTOR;
pub(crate) use sign_in::SIGN_IN;
pub(crate) use switched::SWITCHED;
pub(crate) use unsupported::UNSUPPORTED;

/// Every table.
pub(crate) const TABLES: &[&[Row]] = &[
    SIGN_IN,
    SECOND_FACTOR,
    ACCOUNT_STATES,
    PROJECTS,
    PUBLISHING,
    REFUSED,
    SWITCHED,
    PENDING,
    LATER,
    OTHER,
];

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
    /// The project stands for another one, which has other publishers.
    Other,
    SameLabels,
    Same,
}

/// What was the case before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// Name and password were right; the code is still to come.
    HalfSignedIn,
    /// Another account's name and password were.
    HalfSignedInAs(&'static str),
    /// The token between the two halves was changed on the way.
    TokenChanged,
    SignedIn,
    /// Another account is, with its code if it has one.
    SignedInAs(&'static str),
    /// Another browser of the same network has opened the mailed link.
    LinkOpenedElsewhere,
    Frozen,
    PasswordChanged,
    /// Another recording was sent before.
    Sent(&'static str),
    /// Every recorded change to `sampleproject` before this one, and the flashes of it were read.
    Story,
    /// Every recorded change to the pending publishers before this one, likewise.
    PendingStory,
    FlashesRead,
    /// Every publisher that another recording lists was added to its project by its form.
    AllAdded(&'static str),
    /// The account has no project.
    LeftEverything,
    /// The password must be confirmed.
    ConfirmationDue,
    SessionsGone,
    /// Ten wrong passwords.
    PasswordLocked,
    /// Five wrong codes.
    CodeLocked,
    /// A hundred tries to add.
    AddsLocked,
    ReadOnly,
    Disabled(Provider),
    /// Trusted publishing as a whole, and each provider besides.
    AllDisabled,
    /// Trusted publishing as a whole.
    PublishingDisabled,
    DatabaseDown,
}

/// What a field says instead of what was recorded.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Says {
    Text(&'static str),
    /// The authenticator's code with a space in it.
    RightCode,
    /// The code of five steps ago.
    OldCode,
}

impl Row {
    const fn saying(mut self, says: &'static [(&'static str, Says)]) -> Self {
        self.says = says;
        self
    }

    const fn listing_others(mut self) -> Self {
        self.list = List::Other;
        self
    }

    const fn labelling(mut self) -> Self {
        self.list = List::SameLabels;
        self
    }
}

const fn row(recording: &'static str, given: &'static [Given]) -> Row {
    Row { recording, given, says: &[], list: List::Same }
}

/// Signed in, with everything that was changed before.
const TOLD: &[Given] = &[Given::SignedIn, Given::Story];
const WRONG_PASSWORD: &[(&str, Says)] = &[("password", Says::Text("wrong"))];
const WRONG_TOKEN: &[(&str, Says)] = &[("csrf_token", Says::Text("xxxxxxxxxxxxxxxx"))];

/// The row of a recording, in whichever table it stands.
pub(crate) fn find(recording: &str) -> Option<&'static Row> {
    TABLES.iter().copied().flatten().find(|row| row.recording == recording)
}
