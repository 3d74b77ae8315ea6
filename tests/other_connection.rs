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
