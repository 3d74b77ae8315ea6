//! The drafts. Once a save returns, the text survives anything; discarding keeps it until the next
//! start, so that it can be taken back.

use sqlx::{FromRow, Sqlite, Transaction};

use trustdesk_domain::{ChangeId, Draft, DraftId, InPlaceOf, Provider, PublisherId, Typed};

use super::{AccountId, Error, Store};

/// Bytes of a draft's text as JSON. No form is that long; a pasted file may be.
const LONGEST: usize = 64 * 1024;

#[derive(FromRow)]
struct DraftRow {
    draft_id: String,
    project: String,
    provider: String,
    fields: String,
    replaces: Option<String>,
    edits: Option<String>,
    state: String,
    saved_at_ms: i64,
}

impl TryFrom<DraftRow> for Draft {
    type Error = Error;

    fn try_from(row: DraftRow) -> Result<Self, Error> {
        let provider = Provider::ALL.into_iter().find(|known| known.key() == row.provider);
        let typed = Typed {
            project: row.project,
            provider: provider.ok_or(Error::Unreadable("a draft's provider"))?,
            fields: serde_json::from_str(&row.fields)
                .map_err(|_| Error::Unreadable("a draft's text"))?,
            in_place_of: InPlaceOf {
                publisher: row.replaces.map(PublisherId),
                change: row.edits.map(ChangeId),
            },
        };
        Ok(Self {
            id: DraftId(row.draft_id),
            typed,
            open: row.state == "open",
            saved_at_ms: row.saved_at_ms,
        })
    }
}

impl Store {
    /// Saves what stands in a provider's form, as this draft; another one that stood there is put
    /// aside. False: the draft became a change meanwhile, or is somebody else's, and stays as it is.
    ///
    /// # Errors
    /// It is too long, or the database could not be written; then the former text stands.
    pub async fn save_draft(
        &self,
        account: AccountId,
        id: &DraftId,
        typed: &Typed,
        now_ms: i64,
    ) -> Result<bool, Error> {
        let Typed { project, provider, fields, in_place_of } = typed;
        let text = serde_json::to_string(fields)?;
        if text.len() > LONGEST {
            return Err(Error::TooLong("a draft"));
        }
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        make_room(&mut transaction, account, project, provider.key(), id).await?;
        let saved = sqlx::query(
            "INSERT INTO drafts (draft_id, account_id, project, provider, fields, state,
                 saved_at_ms, replaces, edits)
             VALUES (?1, ?2, ?3, ?4, ?5, 'open', ?6, ?7, ?8)
             ON CONFLICT (draft_id) DO UPDATE SET fields = ?5, state = 'open', saved_at_ms = ?6,
                     replaces = ?7, edits = ?8
                 WHERE account_id = ?2 AND project = ?3 AND provider = ?4 AND state <> 'used'",
        )
        .bind(&id.0)
        .bind(account.0)
        .bind(project)
        .bind(provider.key())
        .bind(text)
        .bind(now_ms)
        .bind(in_place_of.publisher.as_ref().map(|row| row.0.as_str()))
        .bind(in_place_of.change.as_ref().map(|change| change.0.as_str()))
        .execute(&mut *transaction)
        .await?;
        if saved.rows_affected() == 0 {
            // Nothing was saved, so nothing is put aside either.
            return Ok(false);
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Puts a draft back into its form; whether there is such a draft.
    ///
    /// # Errors
    /// The database could not be written; then nothing moved.
    pub async fn open_draft(&self, account: AccountId, id: &DraftId) -> Result<bool, Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let form: Option<(String, String)> = sqlx::query_as(
            "SELECT project, provider FROM drafts
             WHERE account_id = ? AND draft_id = ? AND state IN ('open', 'parked')",
        )
        .bind(account.0)
        .bind(&id.0)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some((project, provider)) = form else {
            return Ok(false);
        };
        make_room(&mut transaction, account, &project, &provider, id).await?;
        sqlx::query("UPDATE drafts SET state = 'open' WHERE account_id = ? AND draft_id = ?")
            .bind(account.0)
            .bind(&id.0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Puts a draft aside; whether it stood in its form.
    ///
    /// # Errors
    /// The database could not be written; then nothing moved.
    pub async fn park_draft(&self, account: AccountId, id: &DraftId) -> Result<bool, Error> {
        self.move_draft(account, id, &["open"], "parked").await
    }

    /// Discards a draft; whether there was one. It can be taken back with [`Self::restore_draft`].
    ///
    /// # Errors
    /// The database could not be written; then nothing moved.
    pub async fn discard_draft(&self, account: AccountId, id: &DraftId) -> Result<bool, Error> {
        self.move_draft(account, id, &["open", "parked"], "discarded").await
    }

    /// Takes a discarded draft back, put aside; whether it was still there.
    ///
    /// # Errors
    /// The database could not be written; then nothing moved.
    pub async fn restore_draft(&self, account: AccountId, id: &DraftId) -> Result<bool, Error> {
        self.move_draft(account, id, &["discarded"], "parked").await
    }

    /// The drafts of an account, of one project or of all, the one saved first first.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn drafts(
        &self,
        account: AccountId,
        project: Option<&str>,
    ) -> Result<Vec<Draft>, Error> {
        let rows: Vec<DraftRow> = sqlx::query_as(
            "SELECT draft_id, project, provider, fields, replaces, edits, state, saved_at_ms
             FROM drafts
             WHERE account_id = ?1 AND (?2 IS NULL OR project = ?2)
                 AND state IN ('open', 'parked') ORDER BY rowid",
        )
        .bind(account.0)
        .bind(project)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(Draft::try_from).collect()
    }

    /// At start: what was discarded or became a change before cannot be taken back any more.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn forget_drafts(&self) -> Result<(), Error> {
        sqlx::query("DELETE FROM drafts WHERE state IN ('discarded', 'used')")
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn move_draft(
        &self,
        account: AccountId,
        id: &DraftId,
        from: &[&str],
        to: &str,
    ) -> Result<bool, Error> {
        let moved = sqlx::query(
            "UPDATE drafts SET state = ?
             WHERE account_id = ? AND draft_id = ? AND state IN (SELECT value FROM json_each(?))",
        )
        .bind(to)
        .bind(account.0)
        .bind(&id.0)
        .bind(serde_json::to_string(from)?)
        .execute(&self.writer)
        .await?;
        Ok(moved.rows_affected() > 0)
    }
}

/// A form holds one draft: any other is put aside.
async fn make_room(
    transaction: &mut Transaction<'_, Sqlite>,
    account: AccountId,
    project: &str,
    provider: &str,
    id: &DraftId,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE drafts SET state = 'parked'
         WHERE account_id = ? AND project = ? AND provider = ? AND draft_id <> ? AND state = 'open'",
    )
    .bind(account.0)
    .bind(project)
    .bind(provider)
    .bind(&id.0)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// A draft that became a change is gone with the commit that keeps the change.
pub(super) async fn use_draft(
    transaction: &mut Transaction<'_, Sqlite>,
    account: AccountId,
    id: &DraftId,
) -> Result<(), Error> {
    sqlx::query("UPDATE drafts SET state = 'used' WHERE account_id = ? AND draft_id = ?")
        .bind(account.0)
        .bind(&id.0)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use trustdesk_domain::{Fields, Index};

    struct Desk {
        _folder: tempfile::TempDir,
        store: Store,
        account: AccountId,
    }

    impl Desk {
        async fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let store = Store::open(folder.path()).await.expect("opens");
            let index = Index::pypi().expect("PyPI");
            store.select_index(&index).await.expect("opened");
            let account = store.select_account_named(&index.key, "alice").await.expect("opened");
            Self { _folder: folder, store, account: account.id }
        }

        async fn save(&self, id: &str, text: &str) {
            let (id, typed) = (named(id), typed(text));
            self.store.save_draft(self.account, &id, &typed, 5).await.expect("asked");
        }

        /// Text of each draft, and whether it stands in the form.
        async fn drafts(&self) -> Vec<(String, bool)> {
            let drafts = self.store.drafts(self.account, Some("demo")).await.expect("read");
            drafts
                .into_iter()
                .map(|draft| (draft.typed.fields["owner"].clone(), draft.open))
                .collect()
        }
    }

    fn typed(owner: &str) -> Typed {
        let fields = Fields::from([("owner".to_owned(), owner.to_owned())]);
        Typed::new("demo", Provider::Github, &fields)
    }

    fn named(id: &str) -> DraftId {
        DraftId(id.to_owned())
    }

    fn shown(drafts: &[(&str, bool)]) -> Vec<(String, bool)> {
        drafts.iter().map(|(text, open)| ((*text).to_owned(), *open)).collect()
    }

    #[tokio::test]
    async fn saving_again_keeps_the_newest_text_once() {
        let desk = Desk::new().await;
        desk.save("a", "octo").await;
        desk.save("a", "octo-org").await;
        assert_eq!(desk.drafts().await, shown(&[("octo-org", true)]));
    }

    #[tokio::test]
    async fn whose_place_it_takes_is_saved_with_the_text() {
        let desk = Desk::new().await;
        let in_place_of = InPlaceOf {
            publisher: Some(PublisherId("row".to_owned())),
            change: Some(ChangeId("change".to_owned())),
        };
        let typed = Typed { in_place_of, ..typed("octo") };
        desk.store.save_draft(desk.account, &named("a"), &typed, 5).await.expect("saved");
        let drafts = desk.store.drafts(desk.account, None).await.expect("read");
        assert_eq!(drafts[0].typed, typed);
    }

    #[tokio::test]
    async fn a_form_holds_one_draft_and_the_others_are_put_aside() {
        let desk = Desk::new().await;
        desk.save("a", "first").await;
        desk.save("b", "second").await;
        assert_eq!(desk.drafts().await, shown(&[("first", false), ("second", true)]));
        assert!(desk.store.open_draft(desk.account, &named("a")).await.expect("opened"));
        assert_eq!(desk.drafts().await, shown(&[("first", true), ("second", false)]));
    }

    #[tokio::test]
    async fn a_discarded_draft_can_be_taken_back_until_the_next_start() {
        let desk = Desk::new().await;
        desk.save("a", "octo").await;
        assert!(desk.store.discard_draft(desk.account, &named("a")).await.expect("moved"));
        assert_eq!(desk.drafts().await, []);
        assert!(desk.store.restore_draft(desk.account, &named("a")).await.expect("moved"));
        assert_eq!(desk.drafts().await, shown(&[("octo", false)]));
        desk.store.discard_draft(desk.account, &named("a")).await.expect("moved");
        desk.store.forget_drafts().await.expect("forgotten");
        assert!(!desk.store.restore_draft(desk.account, &named("a")).await.expect("asked"));
    }

    #[tokio::test]
    async fn a_late_save_does_not_bring_back_what_became_a_change() {
        let desk = Desk::new().await;
        desk.save("a", "octo").await;
        let mut transaction = desk.store.writer.begin().await.expect("begun");
        use_draft(&mut transaction, desk.account, &named("a")).await.expect("used");
        transaction.commit().await.expect("kept");
        desk.save("a", "octo-o").await;
        assert_eq!(desk.drafts().await, [], "it is on its way as a change");
    }

    #[tokio::test]
    async fn a_draft_of_another_account_cannot_be_touched() {
        let desk = Desk::new().await;
        desk.save("a", "octo").await;
        let other =
            desk.store.select_account_named(&Index::pypi().expect("PyPI").key, "mallory").await;
        let other = other.expect("opened").id;
        assert!(!desk.store.discard_draft(other, &named("a")).await.expect("asked"));
        let saved = desk.store.save_draft(other, &named("a"), &typed("evil"), 6).await;
        assert!(!saved.expect("asked"), "nobody may be told that it was saved");
        assert_eq!(desk.drafts().await, shown(&[("octo", true)]));
    }

    #[tokio::test]
    async fn a_pasted_file_is_refused_and_the_former_text_stands() {
        let desk = Desk::new().await;
        desk.save("a", "octo").await;
        let file = typed(&"x".repeat(LONGEST));
        let refused = desk.store.save_draft(desk.account, &named("a"), &file, 6).await;
        assert!(matches!(refused, Err(Error::TooLong(_))));
        assert_eq!(desk.drafts().await, shown(&[("octo", true)]));
    }
}
