//! `trustdesk-cli status`: what this run is about, and how it stands.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use trustdesk_core::secrets::SessionKept;
use trustdesk_core::store::Account;
use trustdesk_core::sync::{Connection, Engine, Error};
use trustdesk_domain::ChangeState;

use super::index::IndexView;
use crate::answer::Answer;
use crate::failure::Failure;
use crate::here::Here;
use crate::shown;

#[derive(Args)]
pub(crate) struct Status {
    /// Asks the index who the session belongs to, instead of telling what is kept here only.
    #[arg(long)]
    refresh: bool,
}

#[derive(Serialize)]
struct StatusView {
    data: PathBuf,
    /// Nothing can be saved there.
    read_only: bool,
    /// Where the files of a damaged database are, whose drafts and changes were carried over.
    damaged_files: Option<PathBuf>,
    /// What another program had put into it, if that was why it was replaced.
    altered: Vec<String>,
    index: Option<IndexView>,
    account: Option<AccountView>,
    /// Not checked: nobody asked the index in this run.
    connection: Connection,
    session_kept: Option<SessionKept>,
    changes: Option<OpenChanges>,
    quota: Option<QuotaView>,
}

#[derive(Serialize)]
struct AccountView {
    username: String,
    projects: usize,
    projects_read_at_ms: Option<i64>,
}

/// What is not over yet, by where it stands.
#[derive(Default, Serialize)]
struct OpenChanges {
    waiting: usize,
    /// On their way, or on their way when an answer was lost.
    checking: usize,
    rejected: usize,
    needs_you: usize,
}

/// Registrations of the last 24 hours, as far as they were sent from here.
#[derive(Serialize)]
struct QuotaView {
    used: usize,
    limit: usize,
}

pub(crate) async fn run(here: &Here, status: Status) -> Result<Answer, Failure> {
    let engine = here.engine().await?;
    if status.refresh {
        engine.refresh_connection().await?;
    }
    let screen = engine.screen().await?;
    let recovery = engine.store().recovery();
    let mut view = StatusView {
        data: here.folder()?,
        read_only: engine.store().is_read_only(),
        damaged_files: recovery.map(|recovery| recovery.kept_aside.clone()),
        altered: recovery.map(|recovery| recovery.altered.clone()).unwrap_or_default(),
        index: screen.index.map(IndexView::from),
        account: None,
        connection: screen.connection,
        session_kept: screen.session_kept,
        changes: None,
        quota: None,
    };
    if let Some(account) = screen.account {
        view.changes = Some(open_changes(engine, &account).await?);
        let quota = engine.quota().await?;
        view.quota = Some(QuotaView { used: quota.attempts.len(), limit: quota.limit });
        let projects = engine.store().project_count(account.id).await?;
        view.account = Some(AccountView {
            username: account.username,
            projects,
            projects_read_at_ms: account.projects_read_at_ms,
        });
    }
    let text = text(&view);
    Answer::new(&view, text)
}

async fn open_changes(engine: &Engine, account: &Account) -> Result<OpenChanges, Error> {
    let mut counts = OpenChanges::default();
    for change in engine.store().open_changes(account.id).await? {
        match change.state {
            ChangeState::Waiting => counts.waiting += 1,
            ChangeState::Sending | ChangeState::Checking => counts.checking += 1,
            ChangeState::Rejected => counts.rejected += 1,
            ChangeState::NeedsYou => counts.needs_you += 1,
            ChangeState::Done | ChangeState::Discarded => {}
        }
    }
    Ok(counts)
}

fn text(view: &StatusView) -> String {
    let mut lines = Vec::new();
    let mut line = |label: &str, value: String| lines.push(format!("{label:<12}{value}"));
    line("Data", shown::text(&view.data.to_string_lossy()));
    if view.read_only {
        line("", "it cannot be written, so nothing is saved".to_owned());
    }
    if let Some(files) = &view.damaged_files {
        let files = shown::text(&files.to_string_lossy());
        line("", format!("the database was rebuilt; the old files are in {files}"));
    }
    line(
        "Index",
        view.index.as_ref().map_or("none chosen".to_owned(), |index| {
            format!("{} ({})", index.name, index.address)
        }),
    );
    if let Some(account) = &view.account {
        line("Account", shown::text(&account.username));
        let read = shown::read_at(account.projects_read_at_ms);
        line("Projects", format!("{}, {read}", account.projects));
    } else if view.index.is_some() {
        line("Account", "nobody has signed in here yet".to_owned());
    }
    if let Some(OpenChanges { waiting, checking, rejected, needs_you }) = view.changes {
        line(
            "Changes",
            format!(
                "{waiting} waiting, {checking} being checked, {rejected} refused, {needs_you} to decide"
            ),
        );
    }
    if let Some(quota) = &view.quota {
        line("Quota", format!("{} of {} used in the last 24 hours", quota.used, quota.limit));
    }
    line("Connection", connection(view.connection));
    lines.join("\n")
}

fn connection(connection: Connection) -> String {
    let words = match connection {
        Connection::NotChecked => "not asked in this run (--refresh asks)",
        Connection::Online => "online, and the session holds",
        Connection::Offline => "the index cannot be reached",
        Connection::SignedOut => "signed out",
        Connection::ConfirmPassword => "the password must be confirmed",
        Connection::WaitingForQuota { until_ms } => {
            return format!("no more registrations before {}", shown::time(until_ms));
        }
        Connection::IndexDown => "the index answers with server errors",
        Connection::NotTheIndex => "something else answers in the index's place",
        Connection::PageNotUnderstood => "a page of the index cannot be read",
        Connection::ReadOnly => "the index is in read-only mode: nothing is sent",
        Connection::PublishingDisabled => "trusted publishing is switched off: nothing is sent",
    };
    words.to_owned()
}
