//! What was reviewed, as a hash: of which account of which index, of which project, what is asked and
//! all of its content. A change is sent only if its hash is still the one that a person was shown.
//!
//! Version 1 is the SHA-256 of one line of JSON: keys sorted, no white space, members that are null or
//! an empty list left out (an optional field that a later version adds then changes no hash). A later
//! version of the content gets a number of its own; the vectors below hold this one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Change, ChangeId, Intent};

/// The hash of a change's content, with the version of what was hashed: `v1-` and 64 digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ContentHash(pub String);

/// Where changes are sent: an account of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The index's origin: scheme, host and port.
    pub index: String,
    /// The user name.
    pub account: String,
}

/// A change as it was shown to a person, who decided to send it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// Which change.
    pub id: ChangeId,
    /// What it said then.
    pub hash: ContentHash,
}

impl Reviewed {
    /// A change as it is now, for showing it.
    ///
    /// # Errors
    /// A publisher could not be written as JSON.
    pub fn of(change: &Change, destination: &Destination) -> Result<Self, serde_json::Error> {
        let hash = ContentHash::of(destination, &change.project, &change.intent)?;
        Ok(Self { id: change.id.clone(), hash })
    }
}

impl ContentHash {
    /// The hash of what is asked for a project. What a later reading finds out (the row under which an
    /// add is listed, the states) is no part of it.
    ///
    /// # Errors
    /// A publisher could not be written as JSON.
    pub fn of(
        destination: &Destination,
        project: &str,
        intent: &Intent,
    ) -> Result<Self, serde_json::Error> {
        let Destination { index, account } = destination;
        let (row, after) = match intent {
            Intent::Add { .. } => (None, None),
            Intent::Remove { row, after, .. } => (Some(&row.0), after.as_ref()),
        };
        let after = match after {
            None => Value::Null,
            Some(new) => json!({
                "id": new.id.0, "publisher": serde_json::to_value(&new.publisher)?,
            }),
        };
        let content = json!({
            "version": 1,
            "account": account,
            "index": index,
            "project": project,
            "action": intent.action().key(),
            "row": row,
            "publisher": serde_json::to_value(intent.publisher())?,
            "after": after,
        });
        let digest = Sha256::digest(canonical(content).to_string());
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self(format!("v1-{digits}")))
    }
}

/// One way to write a value: its keys in order, and nothing that says nothing.
fn canonical(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let says_something = |member: &Value| {
                !member.is_null() && !member.as_array().is_some_and(|list| list.is_empty())
            };
            let members: BTreeMap<String, Value> = members
                .into_iter()
                .filter(|(_, member)| says_something(member))
                .map(|(name, member)| (name, canonical(member)))
                .collect();
            // Inserted in order: right whether the map keeps the order or sorts.
            Value::Object(members.into_iter().collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(canonical).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests;
