//! What a change asks of the index. A removal cannot be without its row, and an add cannot come after
//! another change: neither can be written down.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ChangeId, ChangeState, ListedPublisher, Publisher, PublisherId, PublishingPage};

/// What is asked, without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeAction {
    /// Trust a publisher.
    Add,
    /// Trust one no longer.
    Remove,
}

impl ChangeAction {
    /// Every action, for tables.
    pub const ALL: [Self; 2] = [Self::Add, Self::Remove];

    /// The word in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
        }
    }
}

/// What is asked of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Trust a publisher.
    Add {
        /// What is to be trusted.
        publisher: Publisher,
        /// The row under which the index lists it. Learned by reading, no part of what is asked.
        listed_as: Option<PublisherId>,
    },
    /// Trust a publisher no longer.
    Remove {
        /// The row to remove: the index is asked by this alone.
        row: PublisherId,
        /// What the row showed when a person decided.
        publisher: Publisher,
        /// The add that must be listed first, if this is one half of a replacement.
        after: Option<After>,
    },
}

/// The add that a removal comes after: together they replace a publisher by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// The add.
    pub id: ChangeId,
    /// Where it is.
    pub state: ChangeState,
    /// What it asks for.
    pub publisher: Publisher,
    /// The row under which it is listed.
    pub listed_as: Option<PublisherId>,
}

impl Intent {
    /// The removal of a publisher as the list shows it.
    #[must_use]
    pub fn removal_of(listed: &ListedPublisher) -> Self {
        let ListedPublisher { id, publisher } = listed.clone();
        Self::Remove { row: id, publisher, after: None }
    }

    /// Add or remove.
    #[must_use]
    pub const fn action(&self) -> ChangeAction {
        match self {
            Self::Add { .. } => ChangeAction::Add,
            Self::Remove { .. } => ChangeAction::Remove,
        }
    }

    /// What is to be trusted, or no longer.
    #[must_use]
    pub const fn publisher(&self) -> &Publisher {
        match self {
            Self::Add { publisher, .. } | Self::Remove { publisher, .. } => publisher,
        }
    }

    /// The row in the index's list that this is about: the one to remove, or the one under which an
    /// add is listed.
    #[must_use]
    pub const fn row(&self) -> Option<&PublisherId> {
        match self {
            Self::Add { listed_as, .. } => listed_as.as_ref(),
            Self::Remove { row, .. } => Some(row),
        }
    }

    /// The add that must be listed before this is sent.
    #[must_use]
    pub const fn after(&self) -> Option<&After> {
        match self {
            Self::Add { .. } => None,
            Self::Remove { after, .. } => after.as_ref(),
        }
    }

    /// Whether this asks for the removal of that row. An add that is listed under the row does not.
    #[must_use]
    pub fn removes(&self, id: &PublisherId) -> bool {
        match self {
            Self::Add { .. } => false,
            Self::Remove { row, .. } => row == id,
        }
    }

    /// Whether this asks for the very same content; what must be listed first aside.
    #[must_use]
    pub fn asks_for_exactly(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Add { publisher, .. }, Self::Add { publisher: another, .. }) => {
                publisher == another
            }
            (
                Self::Remove { row, publisher, .. },
                Self::Remove { row: another_row, publisher: another, .. },
            ) => row == another_row && publisher == another,
            (Self::Add { .. }, Self::Remove { .. }) | (Self::Remove { .. }, Self::Add { .. }) => {
                false
            }
        }
    }

    /// Whether the index would be asked for the same, so that its list answers both.
    #[must_use]
    pub fn asks_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Add { publisher, .. }, Self::Add { publisher: another, .. }) => {
                publisher.identity() == another.identity()
            }
            (Self::Remove { row, .. }, Self::Remove { row: another, .. }) => row == another,
            (Self::Add { .. }, Self::Remove { .. }) | (Self::Remove { .. }, Self::Add { .. }) => {
                false
            }
        }
    }
}

impl After {
    /// Whether a list shows the new publisher, so that the old one may go.
    #[must_use]
    pub fn is_listed(&self, page: &PublishingPage) -> bool {
        let identity = self.publisher.identity();
        page.publishers.iter().any(|listed| {
            Some(&listed.id) == self.listed_as.as_ref() || listed.publisher.identity() == identity
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Google;

    fn publisher(email: &str) -> Publisher {
        Publisher::Google(Google { email: email.to_owned(), sub: None })
    }

    fn add(email: &str, listed_as: Option<&str>) -> Intent {
        let listed_as = listed_as.map(|row| PublisherId(row.to_owned()));
        Intent::Add { publisher: publisher(email), listed_as }
    }

    fn removal(row: &str) -> Intent {
        let row = PublisherId(row.to_owned());
        Intent::Remove { row, publisher: publisher("a@sea.example"), after: None }
    }

    #[test]
    fn an_add_that_is_listed_under_a_row_does_not_remove_it() {
        let row = PublisherId("7".to_owned());
        assert!(removal("7").removes(&row));
        assert!(!removal("8").removes(&row));
        assert!(!add("a@sea.example", Some("7")).removes(&row));
    }

    #[test]
    fn only_two_of_a_kind_ask_for_the_same() {
        let listed = add("a@sea.example", Some("7"));
        assert!(listed.asks_the_same(&add("a@sea.example", None)), "its row is no part of it");
        assert!(!listed.asks_the_same(&add("b@sea.example", Some("7"))));
        assert!(removal("7").asks_the_same(&removal("7")));
        assert!(!removal("7").asks_the_same(&removal("8")));
        assert!(!removal("7").asks_the_same(&listed) && !listed.asks_the_same(&removal("7")));
    }
}
