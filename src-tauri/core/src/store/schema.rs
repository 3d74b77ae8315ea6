//! Whether a file has exactly the tables, indexes, views and triggers that the migrations make. A
//! trigger could change what is sent after it was reviewed, and a view in the place of a table could
//! run without end, so that nothing of a file is read before this is known.

use std::collections::BTreeMap;

use sqlx::Connection;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnection;

use super::Error;

/// The table of the migrations' own.
pub(super) const MIGRATIONS_TABLE: &str = "_sqlx_migrations";
/// How many objects are named to the person, and how much of a name.
const NAMED: usize = 10;
const LONGEST_NAME: usize = 60;

/// The objects of a schema: by kind and name, the table that each belongs to and its definition. A
/// definition is compared to the byte: a line break says where a comment ends, and SQLite keeps it.
pub(super) struct Schema(BTreeMap<(String, String), (String, String)>);

impl Schema {
    /// As it stands in a file. Only its words are read, nothing of it is run.
    pub(super) async fn of(connection: &mut SqliteConnection) -> Result<Self, sqlx::Error> {
        let objects: Vec<(String, String, String, String)> =
            sqlx::query_as("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema")
                .fetch_all(connection)
                .await?;
        let object = |(kind, name, table, definition): (String, String, String, String)| {
            ((kind, name), (table, definition))
        };
        Ok(Self(objects.into_iter().map(object).collect()))
    }

    /// What the first so many migrations make of an empty file.
    pub(super) async fn made_by(migrations: &Migrator, count: usize) -> Result<Self, Error> {
        let first = Migrator::with_migrations(migrations.iter().take(count).cloned().collect());
        let mut connection = SqliteConnection::connect("sqlite::memory:").await?;
        let run = first.run_direct(None, &mut connection, false).await;
        run.map_err(|error| Error::migration("an empty database".as_ref(), error))?;
        let schema = Self::of(&mut connection).await?;
        connection.close().await?;
        Ok(schema)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something of this name may be the record of the migrations.
    pub(super) fn has_migrations(&self) -> bool {
        self.0.keys().any(|(_, name)| name == MIGRATIONS_TABLE)
    }

    /// The record of the migrations alone, which says what else should be there.
    pub(super) fn of_the_record(&self) -> Self {
        let record = self.0.iter().filter(|((_, name), _)| name == MIGRATIONS_TABLE);
        Self(record.map(|(key, object)| (key.clone(), object.clone())).collect())
    }

    /// What is there and should not be, is missing or is another, as a person would call it.
    pub(super) fn differences(&self, expected: &Self) -> Vec<String> {
        let of_file = self.0.iter().filter(|(key, object)| expected.0.get(*key) != Some(*object));
        let of_file = of_file.map(|((kind, name), (table, _))| {
            let (known, name) = (expected.0.contains_key(&(kind.clone(), name.clone())), cut(name));
            match kind.as_str() {
                _ if known => format!("{kind} {name}, which is not as it should be"),
                "trigger" | "index" => format!("{kind} {name} on {}", cut(table)),
                _ => format!("{kind} {name}"),
            }
        });
        let missing = expected.0.keys().filter(|key| !self.0.contains_key(*key));
        let missing = missing.map(|(kind, name)| format!("no {kind} {name}"));
        of_file.chain(missing).take(NAMED).collect()
    }
}

fn cut(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::super::open::MIGRATIONS;
    use super::*;

    #[tokio::test]
    async fn record_of_the_migrations_is_made_as_in_every_file_so_far() {
        let made = Schema::made_by(&MIGRATIONS, 1).await.expect("made");
        let key = ("table".to_owned(), MIGRATIONS_TABLE.to_owned());
        assert_eq!(
            made.0[&key].1,
            "CREATE TABLE _sqlx_migrations (\n    version BIGINT PRIMARY KEY,\n    description TEXT \
             NOT NULL,\n    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,\n    success \
             BOOLEAN NOT NULL,\n    checksum BLOB NOT NULL,\n    execution_time BIGINT NOT NULL\n)",
            "a library that makes it in another way must not make earlier files look altered"
        );
    }
}
