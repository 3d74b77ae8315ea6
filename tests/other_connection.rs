//! The database as another program of the same user may change it, while Trustdesk has it open.

use std::path::Path;

use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

/// Runs these statements on the database of a data folder.
///
/// # Panics
/// There is no database, or it does not take them.
pub async fn run_sql(folder: &Path, statements: &'static str) {
    let options = SqliteConnectOptions::new().filename(folder.join("trustdesk.sqlite3"));
    let mut connection = SqliteConnection::connect_with(&options).await.expect("opens");
    sqlx::raw_sql(statements).execute(&mut connection).await.expect("written");
    connection.close().await.expect("closed");
}

/// Runs a statement with these values for its `?1`, `?2`, whether or not its rows then fit together.
///
/// # Panics
/// There is no database, or it does not take it.
pub async fn run_sql_with(folder: &Path, statement: &'static str, values: &[&str]) {
    let options = SqliteConnectOptions::new().filename(folder.join("trustdesk.sqlite3"));
    let options = options.foreign_keys(false);
    let mut connection = SqliteConnection::connect_with(&options).await.expect("opens");
    let statement = sqlx::query(statement);
    let statement = values.iter().fold(statement, |statement, value| statement.bind(*value));
    statement.execute(&mut connection).await.expect("written");
    connection.close().await.expect("closed");
}

/// The texts that a query finds.
///
/// # Panics
/// There is no database, or it does not take it.
pub async fn read_texts(folder: &Path, query: &'static str) -> Vec<String> {
    let options = SqliteConnectOptions::new().filename(folder.join("trustdesk.sqlite3"));
    let mut connection = SqliteConnection::connect_with(&options).await.expect("opens");
    let texts = sqlx::query_scalar(query).fetch_all(&mut connection).await.expect("read");
    connection.close().await.expect("closed");
    texts
}
