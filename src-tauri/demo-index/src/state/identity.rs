//! What makes two publishers one row: the exact fields, the actor by id (protocol 3.7 and 13).

use trustdesk_domain::{Fields, Publisher};

use crate::directory::activestate_actor_id;

/// What makes two publishers one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    provider: String,
    fields: Fields,
}

impl Identity {
    pub(super) fn of(publisher: &Publisher) -> Self {
        let mut fields = match publisher {
            // It has no form: all that its row says tells it from others.
            Publisher::Other { details, .. } => details
                .iter()
                .map(|line| (line.label.clone(), format!("{:?}", line.value)))
                .collect(),
            _ => publisher.fields(),
        };
        for (name, value) in &mut fields {
            match name.as_str() {
                "actor" => {
                    *value = activestate_actor_id(value).unwrap_or(value.as_str()).to_owned()
                }
                // GitHub has one owner of a name, whatever the capitals.
                "owner" => *value = value.to_ascii_lowercase(),
                _ => {}
            }
        }
        Self { provider: publisher.provider_name().to_owned(), fields }
    }

    /// The database's own key for a GitLab publisher forgets the instance: a second one that only
    /// differs there passes the form and then breaks (protocol 3.3).
    pub(super) fn clashes_with(&self, other: &Self) -> bool {
        let elsewhere = |fields: &Fields| {
            let mut fields = fields.clone();
            fields.remove("issuer_url").map(|_| fields)
        };
        let (mine, theirs) = (elsewhere(&self.fields), elsewhere(&other.fields));
        self != other && mine.is_some() && mine == theirs
    }
}
