//! What is expected of each recording, as data: the numbers of recordings and what they are read as
//! or known for.

mod accounts;
mod field_errors;
mod later;
mod pending;
mod projects;
mod publishing;
mod sign_in;

use trustdesk_core::index::AnswerKind;
use trustdesk_core::index::pages::FlashKind;
use trustdesk_domain::Provider;

/// Recordings of which the same is expected.
pub(super) struct Row(pub(super) &'static [u32], pub(super) Expected);

/// Words under the fields of a form.
pub(super) type Errors = &'static [(&'static str, &'static [&'static str])];

/// What a recording is read as.
pub(super) enum Expected {
    /// *Your projects*: how many are active, archived, and to be managed.
    Projects { active: usize, archived: usize, manageable: usize },
    /// A project's publishing page: how many publishers, and its forms.
    Publishing(usize, Forms),
    /// The pending publishers by their projects, and the projects that have publishers.
    Pending(&'static [&'static str], &'static [&'static str], Forms),
    /// No pending publisher, so many projects that have publishers, and all four forms.
    PublishingProjects(usize),
    /// Pending publishers of the organization with this name, which has none.
    PendingOf(&'static str, Forms),
    /// A project's history with so many events.
    History(usize),
    /// Who is signed in.
    WhoAmI(&'static str),
    /// One message: how it is marked, how its words begin, and where they lead.
    Says(FlashKind, &'static str, &'static [&'static str]),
    /// These messages and no other: how each is marked, and its words.
    SaysAll(&'static [(FlashKind, &'static str)]),
    /// No message.
    SaysNothing,
    /// The sign-in page: words under the user name and the password.
    SignIn(&'static [&'static str], &'static [&'static str]),
    /// The second-factor page: words under the code.
    TwoFactor(&'static [&'static str]),
    /// The second-factor page of an account that has security keys only.
    SecurityKey,
    /// The recovery-code page, with what it says of the code.
    Recovery(&'static [&'static str]),
    /// Nothing is read from it, but it is known for this.
    Known(AnswerKind),
}

/// The forms of a publishing page: the providers that have one, and the words in the one that was
/// sent.
#[derive(Clone, Copy)]
pub(super) struct Forms {
    pub(super) providers: &'static [Provider],
    pub(super) sent: Option<Provider>,
    pub(super) errors: Errors,
}

/// All four forms, and nothing said in them.
pub(super) const ALL: Forms = only(&Provider::ALL);

/// These forms, and nothing said in them.
pub(super) const fn only(providers: &'static [Provider]) -> Forms {
    Forms { providers, sent: None, errors: &[] }
}

/// All four forms, and these words in the one that was sent.
pub(super) const fn refused(sent: Provider, errors: Errors) -> Forms {
    Forms { providers: &Provider::ALL, sent: Some(sent), errors }
}

/// Every row.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    [
        sign_in::ROWS,
        projects::ROWS,
        publishing::ROWS,
        field_errors::ROWS,
        pending::ROWS,
        accounts::ROWS,
        later::ROWS,
    ]
    .into_iter()
    .flatten()
}
