//! The tables that hold what a person typed, asked for or chose. Only these cannot be read from the
//! index again, so only these are carried over from a damaged file.

use serde_json::Value;

use trustdesk_domain::{
    ChangeState, Fields, Index, IndexKey, ListedPublisher, Provider, Publisher, Reasons, Sends,
};

use super::rows::Row;

/// The key of an index that is none, for rows whose account or index nobody knows any more.
pub(super) const LOST: &str = "lost";
/// Later places follow this one, and must still be numbers.
const LAST_IN_ORDER: i64 = 1 << 53;
/// An address on this computer where nobody listens that we know of.
pub(super) const NO_PORT: &str = "http://127.0.0.1/";

/// A table with its queries. `?1` is a row as JSON.
pub(super) struct Table {
    pub(super) name: &'static str,
    /// The column that names a row.
    pub(super) key: &'static str,
    pub(super) forward: &'static str,
    pub(super) backward: &'static str,
    pub(super) one: &'static str,
    pub(super) insert: &'static str,
    /// Makes a row one that the screens can read; false: it says nothing that can be read.
    pub(super) repair: fn(&mut Row) -> bool,
    #[cfg(test)]
    pub(super) columns: &'static [&'static str],
}

macro_rules! table {
    ($repair:expr, $name:ident: $key:ident $(, $column:ident)*) => {
        Table {
            name: stringify!($name),
            key: stringify!($key),
            forward: concat!("SELECT rowid, * FROM ", stringify!($name), " ORDER BY rowid"),
            backward: concat!("SELECT rowid, * FROM ", stringify!($name), " ORDER BY rowid DESC"),
            one: concat!("SELECT rowid, * FROM ", stringify!($name), " WHERE rowid = ?"),
            insert: concat!(
                "INSERT INTO ", stringify!($name),
                " (", stringify!($key) $(, ", ", stringify!($column))*, ") SELECT ?1 ->> '",
                stringify!($key), "'" $(, ", ?1 ->> '", stringify!($column), "'")*
            ),
            repair: $repair,
            #[cfg(test)]
            columns: &[stringify!($key) $(, stringify!($column))*],
        }
    };
}

/// When the projects were read is left out, since they are not carried over.
pub(super) const ACCOUNTS: Table = table!(|_| true, accounts: account_id, index_key, username,
    quota_closed_until_ms);

/// Each after those that it refers to.
pub(super) const TABLES: [Table; 7] = [
    table!(index, indexes: index_key, origin),
    ACCOUNTS,
    table!(|_| true, selections: index_key, account_id, is_current),
    table!(draft, drafts: draft_id, account_id, project, provider, fields, state, saved_at_ms,
        replaces, edits),
    table!(change, changes: change_id, account_id, project, action, publisher, publisher_id, state,
        reasons, confirmed_at_ms, claimed_at_ms, settled_at_ms, base, after_id, sends, outcome_unknown,
        confirmed_order, settled_order),
    table!(|_| true, attempts: attempt_id, account_id, change_id, at_ms),
    table!(|_| true, session_settings: settings_id, forgets_sessions),
];

fn text<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

/// An index is where its key says: a broken or foreign address does not lose its row. The demo index's
/// is new in each run.
fn index(row: &mut Row) -> bool {
    let key = IndexKey(text(row, "index_key").to_owned());
    if Index::stored(&key, text(row, "origin")).is_ok() {
        return true;
    }
    let address = match key.address() {
        Some(address) => address.to_string(),
        None if key.is_demo() => NO_PORT.to_owned(),
        None => return false,
    };
    row.insert("origin".to_owned(), address.into());
    true
}

fn draft(row: &mut Row) -> bool {
    if !matches!(text(row, "state"), "open" | "parked" | "discarded" | "used") {
        row.insert("state".to_owned(), "parked".into());
    }
    Provider::ALL.into_iter().any(|known| known.key() == text(row, "provider"))
        && serde_json::from_str::<Fields>(text(row, "fields")).is_ok()
}

/// A change of which nobody knows how far it went is the person's to decide.
fn change(row: &mut Row) -> bool {
    if !ChangeState::ALL.into_iter().any(|state| state.key() == text(row, "state")) {
        row.insert("state".to_owned(), ChangeState::NeedsYou.key().into());
    }
    if serde_json::from_str::<Reasons>(text(row, "reasons")).is_err() {
        let none = serde_json::to_string(&Reasons::default()).unwrap_or_default();
        row.insert("reasons".to_owned(), none.into());
    }
    if serde_json::from_str::<Vec<ListedPublisher>>(text(row, "base")).is_err() {
        row.insert("base".to_owned(), Value::Null);
    }
    if serde_json::from_str::<Sends>(text(row, "sends")).is_err() {
        // One request at an unknown time is the least that a claim stands for.
        let sends =
            if row.get("claimed_at_ms").is_some_and(Value::is_i64) { "[null]" } else { "[]" };
        row.insert("sends".to_owned(), sends.into());
    }
    // In a file of an earlier version there is no order but the clock's.
    for (order, at) in [("confirmed_order", "confirmed_at_ms"), ("settled_order", "settled_at_ms")]
    {
        let known = row.get(order).and_then(Value::as_i64).filter(|known| *known > 0);
        let by_clock = row.get(at).and_then(Value::as_i64).unwrap_or_default();
        row.insert(order.to_owned(), known.unwrap_or(by_clock).clamp(0, LAST_IN_ORDER).into());
    }
    if !row.get("outcome_unknown").is_some_and(Value::is_i64) {
        row.insert("outcome_unknown".to_owned(), 0.into());
    }
    serde_json::from_str::<Publisher>(text(row, "publisher")).is_ok()
}
