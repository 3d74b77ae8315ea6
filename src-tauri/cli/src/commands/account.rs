//! `trustdesk-cli account`: who was signed in to at some time, and which of them is on screen.

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::json;
use trustdesk_core::store;
use trustdesk_core::sync::{Engine, Error, KnownAccount};

use super::index::IndexView;
use crate::answer::Answer;
use crate::failure::{Failure, Kind};
use crate::here::Here;
use crate::shown;
use crate::table::table;

#[derive(Subcommand)]
pub(crate) enum Account {
    /// Lists those of every index.
    ///
    /// Example: trustdesk-cli account list
    List,
    /// Chooses the account for what is asked without --account. The app shows it too.
    ///
    /// Example: trustdesk-cli --index testpypi account use alice
    Use(Named),
    /// Forgets an account's session, and only if it is wanted what is kept of it here.
    ///
    /// Example: trustdesk-cli account forget alice --with-data
    Forget(Forget),
}

#[derive(Args)]
pub(crate) struct Named {
    /// Its user name on the index.
    #[arg(value_name = "NAME")]
    username: String,
}

#[derive(Args)]
pub(crate) struct Forget {
    #[command(flatten)]
    named: Named,
    /// Deletes its drafts, its changes and what was read of it too. What waits is not sent any more.
    #[arg(long)]
    with_data: bool,
}

#[derive(Serialize)]
struct AccountView {
    username: String,
    index: IndexView,
    /// Whether this run is about it.
    in_use: bool,
    projects_read_at_ms: Option<i64>,
    open_changes: usize,
    drafts: usize,
}

pub(crate) async fn run(here: &Here, account: Account) -> Result<Answer, Failure> {
    let engine = here.engine().await?;
    match account {
        Account::List => list(engine).await,
        Account::Use(named) => {
            let account = find(engine, &named.username).await?;
            engine.select_account(account.id).await?;
            let text = format!("Chosen: {}", shown::text(&account.username));
            Answer::new(&json!({ "username": account.username }), text)
        }
        Account::Forget(Forget { named, with_data }) => {
            let account = find(engine, &named.username).await?;
            engine.forget_account(account.id, with_data).await?;
            let what = if with_data { "all that was kept of it" } else { "its session" };
            let text = format!("Forgotten: {what} ({})", shown::text(&account.username));
            Answer::new(&json!({ "username": account.username, "with_data": with_data }), text)
        }
    }
}

/// The account of this name on the index of this run.
async fn find(engine: &Engine, username: &str) -> Result<store::Account, Failure> {
    let index = engine.screen().await?.index.ok_or(Error::NoIndex)?;
    let found = engine.store().account_named(&index.key, username).await?;
    found.ok_or_else(|| {
        let words = format!("nobody called {username} was signed in to on {}", index.name);
        Failure::new(Kind::NotFound, words)
    })
}

async fn list(engine: &Engine) -> Result<Answer, Failure> {
    let mut accounts = Vec::new();
    for KnownAccount { account, index, on_screen } in engine.known_accounts().await? {
        let open_changes = engine.store().open_changes(account.id).await?.len();
        let drafts = engine.store().drafts(account.id, None).await?.len();
        accounts.push(AccountView {
            username: account.username,
            index: index.into(),
            in_use: on_screen,
            projects_read_at_ms: account.projects_read_at_ms,
            open_changes,
            drafts,
        });
    }
    let text = if accounts.is_empty() {
        "Nobody has signed in here yet: trustdesk-cli sign-in USER".to_owned()
    } else {
        let headings = ["", "ACCOUNT", "INDEX", "PROJECTS READ", "OPEN CHANGES", "DRAFTS"];
        table(headings, accounts.iter().map(row).collect())
    };
    Answer::new(&json!({ "accounts": accounts }), text)
}

fn row(account: &AccountView) -> [String; 6] {
    [
        if account.in_use { "*" } else { "" }.to_owned(),
        account.username.clone(),
        account.index.name.clone(),
        shown::read_at(account.projects_read_at_ms),
        account.open_changes.to_string(),
        account.drafts.to_string(),
    ]
}
