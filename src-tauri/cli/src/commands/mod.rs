//! One file a command: its own arguments, what it does and how its answer looks.

pub(crate) mod account;
pub(crate) mod add;
pub(crate) mod batch;
pub(crate) mod changes;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod index;
pub(crate) mod plan;
pub(crate) mod projects;
pub(crate) mod publishers;
pub(crate) mod remove;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod status;
pub(crate) mod sync;

use crate::answer::Answer;
use crate::arguments::{Answered, Command, Running};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::here::Here;
use crate::output::{Ended, Output};

/// Does what was asked.
pub(crate) async fn run(here: &Here, output: Output, command: Command) -> Result<Ended, Failure> {
    match command {
        Command::Answered(command) => answer(here, command).await.map(Ended::Answered),
        Command::Running(command) => running(here, output, command).await.map(Ended::Written),
    }
}

async fn answer(here: &Here, command: Answered) -> Result<Answer, Failure> {
    match command {
        Answered::Index(index) => index::run(here, index).await,
        Answered::Status(status) => status::run(here, status).await,
        Answered::Account(account) => account::run(here, account).await,
        Answered::SignIn(sign_in) => sign_in::run(here, sign_in).await,
        Answered::ConfirmPassword(confirm) => session::confirm_password(here, confirm).await,
        Answered::SignOut => session::sign_out(here).await,
        Answered::Projects(projects) => projects::run(here, projects).await,
        Answered::Publishers(publishers) => publishers::run(here, publishers).await,
        Answered::Completions(completions) => completions::run(&completions),
        Answered::Add(add) => add::run(here, add).await,
        Answered::Remove(remove) => remove::run(here, remove).await,
        Answered::Changes(changes) => changes::run(here, changes).await,
        Answered::Plan(plan) => plan::run(here, plan).await,
        Answered::Sync(sync) => sync::run(here, sync).await,
    }
}

async fn running(here: &Here, output: Output, command: Running) -> Result<Exit, Failure> {
    match command {
        Running::Check => check::run(),
        Running::Demo(demo) => demo::run(output, demo).await,
        Running::Batch(batch) => batch::run(here, batch).await,
    }
}
