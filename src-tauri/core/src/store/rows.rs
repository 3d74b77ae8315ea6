//! Reading a table of a damaged file: every row that SQLite can still reach, from both ends and one
//! by one between them. A row is a JSON object by column.

use std::collections::BTreeSet;

use futures_util::TryStreamExt;
use serde_json::{Map, Value};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Column, Row as _, TypeInfo, ValueRef};

use super::Error;
use super::typed::Table;

pub(super) type Row = Map<String, Value>;

/// How many rows in turn are asked for by number in vain. Numbers are given out one after the other,
/// and far fewer rows than this lie on one page.
const LONGEST_GAP: u32 = 500;
/// More than anybody types, and more than the list of publishers of any project, in bytes.
const LARGEST_ROW: usize = 8 << 20;
/// More than all that is typed, in bytes: what is read stands in memory.
const LARGEST_TABLE: usize = 128 << 20;

/// What could be read of a table.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// SQLite met no damage in it.
    pub(super) complete: bool,
    /// Rows that were left because nothing of ours is as large.
    pub(super) too_large: u32,
    /// Of those that are kept.
    bytes: usize,
    seen: BTreeSet<String>,
    /// The numbers of the rows between which no scan got through.
    gap: (i64, i64),
}

pub(super) async fn read(connection: &mut SqliteConnection, table: &Table) -> Rows {
    let mut found = Rows { gap: (0, i64::MAX), ..Rows::default() };
    if !is_plain_table(connection, table).await {
        return found;
    }
    match found.scan(connection, table.forward, true).await {
        Ok(()) => found.complete = true,
        Err(Error::Damaged(_) | Error::DiskFailed(_)) => {
            let _the_other_end_of_the_damage = found.scan(connection, table.backward, false).await;
            found.ask_one_by_one(connection, table).await;
        }
        Err(error) if error.is_too_large() => {
            found.too_large += 1;
            let _the_other_side_of_it = found.scan(connection, table.backward, false).await;
            found.ask_one_by_one(connection, table).await;
        }
        // There is no such table.
        Err(_) => {}
    }
    found
}

/// What an index of a table holds of its rows, up to the damage. The query's first column is the row's
/// number.
pub(super) async fn read_index(
    connection: &mut SqliteConnection,
    table: &Table,
    query: &'static str,
) -> Rows {
    let mut found = Rows::default();
    if is_plain_table(connection, table).await {
        found.complete = found.scan(connection, query, true).await.is_ok();
    }
    found
}

/// Whether reading it runs nothing: a view or a computed column of a prepared file may not end. Where
/// SQLite cannot tell, it cannot read the table either.
async fn is_plain_table(connection: &mut SqliteConnection, table: &Table) -> bool {
    let plain = sqlx::query_scalar(
        "SELECT (SELECT type FROM pragma_table_list WHERE schema = 'main' AND name = ?1) = 'table'
             AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo(?1) WHERE hidden <> 0)",
    );
    let plain: Result<Option<bool>, _> = plain.bind(table.name).fetch_one(connection).await;
    plain.is_ok_and(|plain| plain == Some(true))
}

impl Rows {
    /// Keeps every row up to the end of the table or to the damage.
    async fn scan(
        &mut self,
        connection: &mut SqliteConnection,
        query: &'static str,
        forward: bool,
    ) -> Result<(), Error> {
        let mut rows = sqlx::query(query).fetch(connection);
        while let Some(row) = rows.try_next().await? {
            let number: i64 = row.try_get(0).unwrap_or_default();
            if forward {
                self.gap.0 = self.gap.0.max(number);
            } else {
                self.gap.1 = self.gap.1.min(number);
            }
            self.keep(&row);
        }
        Ok(())
    }

    async fn ask_one_by_one(&mut self, connection: &mut SqliteConnection, table: &Table) {
        let (from, to) = self.gap;
        let mut in_vain = 0;
        for number in from.saturating_add(1)..to {
            let row = sqlx::query(table.one).bind(number).fetch_optional(&mut *connection).await;
            in_vain += 1;
            if let Ok(Some(row)) = row {
                self.keep(&row);
                in_vain = 0;
            }
            if in_vain == LONGEST_GAP {
                break;
            }
        }
    }

    fn keep(&mut self, row: &SqliteRow) {
        let bytes: usize = (0..row.columns().len()).map(|at| length(row, at)).sum();
        if bytes > LARGEST_ROW || self.bytes.saturating_add(bytes) > LARGEST_TABLE {
            self.too_large += 1;
            return;
        }
        self.bytes += bytes;
        // The first column is the row's number.
        let columns = row.columns().iter().enumerate().skip(1);
        let row: Row =
            columns.map(|(at, column)| (column.name().to_owned(), value(row, at))).collect();
        if self.seen.insert(Value::Object(row.clone()).to_string()) {
            self.rows.push(row);
        }
    }
}

/// In bytes. A number is not asked: SQLite would make a text of it.
fn length(row: &SqliteRow, at: usize) -> usize {
    let is_long = |name: &str| matches!(name, "TEXT" | "BLOB");
    if !row.try_get_raw(at).is_ok_and(|raw| is_long(raw.type_info().name())) {
        return 0;
    }
    row.try_get_unchecked::<&[u8], _>(at).map_or(0, <[u8]>::len)
}

/// A value; one that none of our columns holds is none. Text with broken letters keeps the others.
pub(super) fn value(row: &SqliteRow, at: usize) -> Value {
    let Ok(raw) = row.try_get_raw(at) else {
        return Value::Null;
    };
    // Asked for as a number or a text it would be 0 or empty.
    if raw.is_null() {
        return Value::Null;
    }
    match raw.type_info().name() {
        "INTEGER" => row.try_get_unchecked::<i64, _>(at).map_or(Value::Null, Value::from),
        "TEXT" => row
            .try_get_unchecked::<&[u8], _>(at)
            .map_or(Value::Null, |text| String::from_utf8_lossy(text).into()),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use sqlx::Connection;

    use super::*;

    #[tokio::test]
    async fn a_column_without_a_value_is_carried_over_without_one() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.expect("opens");
        let changes = "CREATE TABLE changes (settled_at_ms INTEGER, publisher_id TEXT) STRICT";
        sqlx::query(changes).execute(&mut connection).await.expect("made");
        let none = "INSERT INTO changes VALUES (NULL, NULL)";
        sqlx::query(none).execute(&mut connection).await.expect("kept");
        let row = sqlx::query("SELECT * FROM changes").fetch_one(&mut connection).await;
        let row = row.expect("read");
        assert_eq!(
            [value(&row, 0), value(&row, 1)],
            [Value::Null, Value::Null],
            "not 0, not empty"
        );
    }
}
