//! Whether a person is at hand. Sessions do not belong in CI, and what goes to an index e-mails
//! people: both are for somebody who sits there, except on this computer's own indexes.

use std::io::{self, IsTerminal};

use trustdesk_domain::Index;

use crate::failure::Failure;

/// Refuses what only a person may do on this index, if there is none.
pub(crate) fn required(index: &Index, what: &str) -> Result<(), Failure> {
    let why = if is_ci() {
        "the variable CI is set"
    } else if is_terminal() {
        return Ok(());
    } else {
        "there is no terminal"
    };
    if index.is_on_this_computer() {
        return Ok(());
    }
    let name = &index.name;
    Err(Failure::wrong_use(format!(
        "{what} on {name} is for a person at a terminal, and {why}: account sessions do not belong \
         in CI. What is kept here can be read, and `trustdesk-cli check` needs no account; an index \
         on this computer (--index http://127.0.0.1:PORT) takes everything"
    )))
}

/// Whether somebody can be asked for what is missing. A password may come through standard input
/// while its owner sits before the terminal.
pub(crate) fn is_terminal() -> bool {
    io::stdin().is_terminal() || io::stderr().is_terminal()
}

fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| says_yes(&value))
}

fn says_yes(value: &str) -> bool {
    !matches!(value.trim().to_ascii_lowercase().as_str(), "" | "0" | "false")
}

#[cfg(test)]
mod tests {
    use super::says_yes;

    #[test]
    fn ci_is_where_its_variable_says_anything_but_no() {
        for yes in ["true", "1", "yes", "woodpecker"] {
            assert!(says_yes(yes), "{yes}");
        }
        for no in ["", " ", "0", "false", "False"] {
            assert!(!says_yes(no), "{no:?}");
        }
    }
}
