//! How the program ends, as scripts see it.

use std::process::ExitCode;

/// The status at the end, the worst last: the further down, the less of the rest can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    Done,
    /// What waits is kept and goes out later.
    WaitingForQuota,
    /// Some item was refused or failed.
    SomeFailed,
    /// Signed out, or the password must be confirmed.
    SignedOut,
    Unreachable,
    WrongUse,
}

impl Exit {
    /// How a command ends that went on where something could not be done.
    pub(crate) const fn if_all(well: bool) -> Self {
        if well { Self::Done } else { Self::SomeFailed }
    }

    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::SomeFailed => 1,
            Self::WrongUse => 2,
            Self::SignedOut => 3,
            Self::Unreachable => 4,
            Self::WaitingForQuota => 5,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}
