//! Carrying over what was typed and asked for from a damaged file into a new one, row by row.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::error::ErrorKind;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use url::Url;

use trustdesk_domain::{IndexKey, Reasons};
use trustdesk_files as files;

use super::rows::{self, Row};
use super::typed::{ACCOUNTS, LOST, NO_PORT, TABLES, Table};
use super::{Error, condition, session_settings, wal};

/// Said of a change that comes after one that was not carried over.
const ADD_LOST: &str = "Part of the database was damaged, and the addition that had to come first was lost. Send this \
     only if it is still right.";

/// What was carried over that a screen shows, and what was not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Salvaged {
    pub(super) drafts: u32,
    pub(super) changes: u32,
    pub(super) unreadable: u32,
}

/// What is done to a copy before SQLite reads it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mend {
    Nothing,
    /// The header of a fresh file.
    Header,
    /// Every page of a fresh file that says which tables there are and where they begin: they begin
    /// there in any file of ours that began with the same steps.
    Schema,
}

/// What is done with the log.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Log {
    /// SQLite reads it.
    Beside,
    /// Its pages are put in their places, whatever its checksums say.
    LaidOver,
    /// As if there were none: it may be another file's.
    Left,
}

/// A damaged file, and a place for copies of it.
pub(super) struct Damaged<'a> {
    pub(super) file: &'a Path,
    /// The pages of a fresh file that hold its schema, by number from 1; the first one begins with
    /// the header.
    pub(super) schema: Vec<(u32, Vec<u8>)>,
    pub(super) copy: &'a Path,
}

/// Which rows of a table came over, and which did not.
#[derive(Default)]
struct Carried {
    taken: BTreeSet<(&'static str, String)>,
    refused: BTreeSet<(&'static str, String)>,
}

impl Damaged<'_> {
    /// Reads what can be read, the likeliest way first; what one way found is not looked for again.
    /// Stops at the first way that meets no damage in these tables.
    pub(super) async fn carry_over(&self, to: &mut SqliteConnection) -> Result<Salvaged, Error> {
        let mut carried = Carried::default();
        let log = condition::beside(self.file, "-wal");
        let logs: &[Log] = if condition::length(&log) == 0 {
            &[Log::Left]
        } else {
            &[Log::Beside, Log::LaidOver, Log::Left]
        };
        let log_is_whole = condition::is_whole(&log).map_err(|error| Error::at(&log, error))?;
        'ways: for log in logs {
            for mend in [Mend::Nothing, Mend::Header, Mend::Schema] {
                let complete = self.try_once(*log, mend, to, &mut carried).await?;
                if complete && (log_is_whole || *log != Log::Beside) {
                    break 'ways;
                }
                if complete {
                    break;
                }
            }
        }
        session_settings::mark_as_lost(to).await?;
        find_their_owners(to).await?;
        let reasons = Reasons { messages: vec![ADD_LOST.to_owned()], ..Reasons::default() };
        stop_what_lost_its_add(to, &reasons).await?;
        let (drafts, changes) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM drafts WHERE state IN ('open', 'parked')),
                 (SELECT count(*) FROM changes WHERE state NOT IN ('done', 'discarded'))",
        )
        .fetch_one(to)
        .await?;
        let unreadable = carried.refused.difference(&carried.taken).count();
        Ok(Salvaged { drafts, changes, unreadable: u32::try_from(unreadable).unwrap_or(u32::MAX) })
    }

    async fn try_once(
        &self,
        log: Log,
        mend: Mend,
        to: &mut SqliteConnection,
        carried: &mut Carried,
    ) -> Result<bool, Error> {
        self.write_copy(log, mend).map_err(|error| Error::at(self.copy, error))?;
        let reading = SqliteConnectOptions::new().filename(self.copy).foreign_keys(false);
        // A table whose definition is broken must not hide the others.
        let reading = reading.pragma("trusted_schema", "OFF").pragma("writable_schema", "ON");
        let Ok(mut from) = reading.connect().await else {
            return Ok(false);
        };
        let mut complete = true;
        for table in &TABLES {
            let found = rows::read(&mut from, table).await;
            complete &= found.complete;
            for number in 0..found.too_large {
                carried.refused.insert((table.name, format!("too large {number}")));
            }
            for row in found.rows {
                complete &= carried.carry(to, table, row).await?;
            }
        }
        complete &= carried.carry_accounts_of_the_index(&mut from, to).await?;
        let _nothing_was_written_to_the_copy = from.close().await;
        Ok(complete)
    }

    fn write_copy(&self, log: Log, mend: Mend) -> io::Result<()> {
        for ending in ["", "-journal", "-wal", "-shm"] {
            let _may_not_be_there = fs::remove_file(condition::beside(self.copy, ending));
        }
        let mut copy = files::create_own(self.copy)?;
        if files::is_file(self.file)? {
            io::copy(&mut files::read_own(self.file)?, &mut copy)?;
        }
        let log_file = condition::beside(self.file, "-wal");
        if log == Log::LaidOver {
            let frames = BufReader::new(files::read_own(&log_file)?);
            wal::lay_over(&mut copy, frames, condition::length(&log_file))?;
        }
        let mended = match mend {
            Mend::Nothing => 0,
            Mend::Header => 100,
            Mend::Schema => wal::PAGE,
        };
        for (page, fresh) in &self.schema {
            if mend == Mend::Schema || *page == 1 {
                wal::put_page(&mut copy, *page, fresh.get(..mended).unwrap_or_default())?;
            }
        }
        if log == Log::Beside {
            let mut beside = files::create_own(&condition::beside(self.copy, "-wal"))?;
            io::copy(&mut files::read_own(&log_file)?, &mut beside)?;
        }
        Ok(())
    }
}

impl Carried {
    /// Whether the row is in the new file now. One that came over before stays as it is.
    async fn carry(
        &mut self,
        to: &mut SqliteConnection,
        table: &Table,
        mut row: Row,
    ) -> Result<bool, Error> {
        let key = row.get(table.key).map(Value::to_string).unwrap_or_default();
        let name = (table.name, key);
        if self.taken.contains(&name) {
            return Ok(true);
        }
        let mut carried = (table.repair)(&mut row) && insert(to, table, &row).await?;
        if !carried && row.get("state").is_some_and(|state| state == "open") {
            // Another draft stands in the form.
            row.insert("state".to_owned(), "parked".into());
            carried = (table.repair)(&mut row) && insert(to, table, &row).await?;
        }
        let names = if carried { &mut self.taken } else { &mut self.refused };
        names.insert(name);
        Ok(carried)
    }

    /// The index of accounts holds their names a second time, on another page.
    async fn carry_accounts_of_the_index(
        &mut self,
        from: &mut SqliteConnection,
        to: &mut SqliteConnection,
    ) -> Result<bool, Error> {
        let named = rows::read_index(
            from,
            &ACCOUNTS,
            "SELECT account_id, account_id, index_key, username FROM accounts
             INDEXED BY sqlite_autoindex_accounts_1 ORDER BY index_key, username",
        )
        .await;
        for row in named.rows {
            self.carry(to, &ACCOUNTS, row).await?;
        }
        Ok(named.complete)
    }
}

/// Whether the new file took the row. A full disk is no verdict on it.
async fn insert(to: &mut SqliteConnection, table: &Table, row: &Row) -> Result<bool, Error> {
    let row = serde_json::to_string(row)?;
    match sqlx::query(table.insert).bind(row).execute(to).await {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(error)) if is_verdict(error.kind(), error.code().as_deref()) => {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// A constraint that the row breaks (3091: text where a number belongs, or the other way round).
fn is_verdict(kind: ErrorKind, code: Option<&str>) -> bool {
    kind != ErrorKind::Other || code == Some("3091")
}

/// Gives each index its address (the demo index's is new in each run anyway) and each row its account, so that nothing is hidden for want of an
/// owner's row. An account without a name is kept under an index that no screen shows.
async fn find_their_owners(to: &mut SqliteConnection) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO accounts (account_id, index_key, username)
         SELECT DISTINCT account_id, ?, 'account ' || account_id
         FROM (SELECT account_id FROM drafts UNION SELECT account_id FROM changes
              UNION SELECT account_id FROM attempts)
         WHERE account_id NOT IN (SELECT account_id FROM accounts)",
    )
    .bind(LOST)
    .execute(&mut *to)
    .await?;
    let keys: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT index_key FROM accounts
         WHERE index_key NOT IN (SELECT index_key FROM indexes)",
    )
    .fetch_all(&mut *to)
    .await?;
    for key in keys {
        sqlx::query("INSERT INTO indexes (index_key, origin) VALUES (?, ?)")
            .bind(&key)
            .bind(IndexKey(key.clone()).address().as_ref().map_or(NO_PORT, Url::as_str))
            .execute(&mut *to)
            .await?;
    }
    Ok(())
}

/// A removal that comes after an add that is not there any more would go out by itself, and a
/// replacement would only remove. The person decides, without what was lost. One whose request is out
/// stays what it is: its answer still has to be found out. An add waits for nothing.
async fn stop_what_lost_its_add(to: &mut SqliteConnection, reasons: &Reasons) -> Result<(), Error> {
    sqlx::query(
        "UPDATE changes SET after_id = NULL,
             state = CASE WHEN action = 'remove' AND state IN ('waiting', 'rejected')
                 THEN 'needs_you' ELSE state END,
             reasons = CASE WHEN action = 'remove' AND state IN ('waiting', 'rejected')
                 THEN ? ELSE reasons END
         WHERE after_id IS NOT NULL AND (action <> 'remove' OR NOT EXISTS
             (SELECT 1 FROM changes AS new WHERE new.change_id = changes.after_id
                 AND new.account_id = changes.account_id AND new.project = changes.project
                 AND new.action = 'add'))",
    )
    .bind(serde_json::to_string(reasons)?)
    .execute(&mut *to)
    .await?;
    Ok(())
}
