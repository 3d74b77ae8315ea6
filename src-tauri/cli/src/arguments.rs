//! What can be asked, and what is said to whoever asks wrongly. Each command's own arguments stand
//! beside it.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};
use serde_json::json;

use crate::commands::{
    account, add, batch, changes, completions, demo, index, plan, projects, publishers, remove,
    session, sign_in, status, sync,
};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::here::Run;
use crate::output;

/// Trusted publishers of a package index, without a window.
///
/// Exit: 0 done, 1 some item was refused or failed, 2 wrong use, 3 signed out or the password must be
/// confirmed, 4 the index cannot be reached, 5 waiting for quota.
///
/// Example: trustdesk-cli --index testpypi projects --refresh
#[derive(Parser)]
#[command(version, about, verbatim_doc_comment)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) run: Run,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Answered(Answered),
    #[command(flatten)]
    Running(Running),
}

/// What is answered with one result, so that a line of a batch may be one.
#[derive(Subcommand)]
pub(crate) enum Answered {
    /// The indexes that are known here.
    ///
    /// Example: trustdesk-cli index use testpypi
    #[command(subcommand)]
    Index(index::Index),
    /// The index, the account and what waits, as they are kept here.
    ///
    /// Example: trustdesk-cli --json status
    Status(status::Status),
    /// The accounts that are known here.
    ///
    /// Example: trustdesk-cli account list
    #[command(subcommand)]
    Account(account::Account),
    /// Signs in. What is missing is asked for at the terminal, without showing it.
    ///
    /// The session goes to the system's keyring, where the app finds it too. Without a keyring it ends
    /// with this process. On an index that is not on this computer this is for a person at a terminal,
    /// not for CI.
    ///
    /// Example: trustdesk-cli --index testpypi sign-in alice
    SignIn(sign_in::SignIn),
    /// Confirms the password for the next 30 minutes, which the index wants before it changes anything.
    ///
    /// Example: trustdesk-cli confirm-password
    ConfirmPassword(session::ConfirmPassword),
    /// Ends the session, on the index and here. What was read stays.
    ///
    /// Example: trustdesk-cli sign-out
    SignOut,
    /// The account's projects, as they were last read.
    ///
    /// Example: trustdesk-cli projects --refresh --without-publisher
    Projects(projects::Projects),
    /// The trusted publishers of projects, as they were last read.
    ///
    /// Example: trustdesk-cli publishers sampleproject --refresh
    Publishers(publishers::Publishers),
    /// Prints what a shell needs to complete this program's words.
    ///
    /// Example: trustdesk-cli completions bash > ~/.local/share/bash-completion/completions/trustdesk-cli
    Completions(completions::Completions),
    /// Confirms a publisher for projects. It waits here until it is sent by sync.
    ///
    /// Example: trustdesk-cli add google sampleproject --email builder@demo.iam.gserviceaccount.com
    #[command(subcommand)]
    Add(add::Add),
    /// Confirms that a publisher is trusted no longer. It waits here until it is sent by sync.
    ///
    /// Example: trustdesk-cli remove sampleproject --id 68cce35d-91fb-4915-8d9d-b86c66f25ac4
    Remove(remove::Remove),
    /// What was confirmed and is not over: lists it, tells of one, takes it back, lets it wait again.
    ///
    /// Example: trustdesk-cli changes
    Changes(changes::Changes),
    /// What would be sent, to which projects, with its cost in registrations and e-mails.
    ///
    /// Example: trustdesk-cli plan --out plan.json
    Plan(plan::PlanOut),
    /// Sends what waits: shows the list and asks, or sends exactly a list that was written before.
    ///
    /// Example: trustdesk-cli sync --plan plan.json --wait 120
    Sync(sync::Sync),
}

/// What writes as it goes along, and has the input or the output to itself.
#[derive(Subcommand)]
pub(crate) enum Running {
    /// Judges filled-in forms as the app does while one types: JSON lines in, JSON lines out.
    ///
    /// In: {"id":1,"provider":"github","fields":{"owner":"octo-org","repository":"sampleproject",
    /// "workflow_filename":"release.yml","environment":"pypi"}} on one line. The provider is github,
    /// gitlab, google, activestate or pending (the name of a project that does not exist yet:
    /// "project_name"). A field that is absent or null is not filled in.
    ///
    /// Out, in the same order: {"id":1,"errors":{},"warnings":{},"normalized":{…}} with messages by
    /// field and every field as the index would store it; or {"id":1,"problem":"…"} for a line that
    /// cannot be read. Nothing is looked up: whether an owner exists only the index can tell.
    ///
    /// Exit: 0 if every line was read, 1 otherwise.
    ///
    /// Example: trustdesk-cli check < forms.jsonl > verdicts.jsonl
    #[command(verbatim_doc_comment)]
    Check,
    /// Serves the demo index on this computer until it is stopped (Ctrl-C).
    ///
    /// Example: trustdesk-cli demo --port 8035 --state demo-index.json
    Demo(demo::Demo),
    /// Does one command a line, from standard input, in one process and with one session.
    ///
    /// The words of a line are split at white space; '…' or "…" holds a word together, and a quote of
    /// the one kind stands within the other. A back slash is a letter like any other (C:\users\me).
    /// A line that is empty or begins with # is passed over. For each command one line is printed:
    /// {"command":"status","exit":0,"result":{…}}. It ends at the first command that does not end with
    /// 0, and its own exit is the worst one, from 0 over 5, 1, 3 and 4 to 2.
    ///
    /// Not in a batch: check, demo and batch, and the flags --data, --index, --account and --json,
    /// which stand before `batch`. A password comes from --password-env.
    ///
    /// Example: trustdesk-cli batch < commands.txt
    #[command(verbatim_doc_comment)]
    Batch(batch::Batch),
}

impl Arguments {
    /// Reads a command line, the program's name first.
    pub(crate) fn read<T>(words: impl IntoIterator<Item = T>) -> Result<Self, Refused>
    where
        T: Into<OsString> + Clone,
    {
        let words: Vec<OsString> = words.into_iter().map(Into::into).collect();
        Self::try_parse_from(&words)
            .map_err(|error| Refused { error, json: words.iter().any(|word| word == "--json") })
    }
}

/// A command line that is none, or that asks for help.
pub(crate) struct Refused {
    error: clap::Error,
    json: bool,
}

impl From<clap::Error> for Refused {
    fn from(error: clap::Error) -> Self {
        Self { error, json: false }
    }
}

impl Refused {
    /// What is wrong, or the help that was asked for.
    pub(crate) fn as_failure(&self) -> Failure {
        let words = self.error.render().to_string();
        Failure::wrong_use(words.trim_start_matches("error: ").trim_end())
    }

    /// Says it, which tells the status of the program.
    pub(crate) fn end(&self) -> Exit {
        // Nothing is left to do if it cannot be said.
        let _ = self.error.print();
        if matches!(self.error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
            return Exit::Done;
        }
        if self.json {
            let _ = output::document(&json!({ "error": self.as_failure() }));
        }
        Exit::WrongUse
    }
}
