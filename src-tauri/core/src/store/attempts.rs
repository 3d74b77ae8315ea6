//! When registrations were sent from here. Written with the claim, before the first byte leaves; taken
//! back where the index certainly did not count it.

use sqlx::{Sqlite, Transaction};

use trustdesk_domain::{ChangeEvent, ChangeId};

use super::{AccountId, Error, Store};

/// For how long an index counts a registration (protocol, section 6).
pub const ATTEMPT_COUNTS_FOR_MS: i64 = 24 * 60 * 60 * 1000;

impl Store {
    /// When the registrations were sent that still count, the oldest first; the index may have
    /// counted more.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn attempts(&self, account: AccountId, now_ms: i64) -> Result<Vec<i64>, Error> {
        let attempts = sqlx::query_scalar(
            "SELECT at_ms FROM attempts WHERE account_id = ? AND at_ms > ? ORDER BY at_ms",
        );
        let attempts = attempts.bind(account.0).bind(now_ms - ATTEMPT_COUNTS_FOR_MS);
        Ok(attempts.fetch_all(&self.readers).await?)
    }
}

/// Counts an add that has just been claimed, or that was not sent after all.
pub(super) async fn count(
    transaction: &mut Transaction<'_, Sqlite>,
    id: &ChangeId,
    event: ChangeEvent,
    now_ms: i64,
) -> Result<(), Error> {
    match event {
        ChangeEvent::Claimed => {
            sqlx::query("DELETE FROM attempts WHERE at_ms <= ?")
                .bind(now_ms - ATTEMPT_COUNTS_FOR_MS)
                .execute(&mut **transaction)
                .await?;
            sqlx::query(
                "INSERT INTO attempts (account_id, change_id, at_ms)
                     SELECT account_id, change_id, ? FROM changes
                     WHERE change_id = ? AND action = 'add'",
            )
            .bind(now_ms)
            .bind(&id.0)
            .execute(&mut **transaction)
            .await?;
        }
        // The claim of a change that comes back is its newest attempt.
        ChangeEvent::NotSent => {
            sqlx::query(
                "DELETE FROM attempts WHERE attempt_id =
                     (SELECT MAX(attempt_id) FROM attempts WHERE change_id = ?)",
            )
            .bind(&id.0)
            .execute(&mut **transaction)
            .await?;
        }
        _ => {}
    }
    Ok(())
}
