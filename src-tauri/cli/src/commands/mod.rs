//! One file a command: its own arguments, what it does and how its answer looks.

pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod index;
pub(crate) mod status;

use crate::arguments::Command;
use crate::failure::Failure;
use crate::here::Here;
use crate::output::{Ended, Output};

/// Does what was asked. A command that runs on and on writes for itself.
pub(crate) async fn run(here: &Here, output: Output, command: Command) -> Result<Ended, Failure> {
    let answer = match command {
        Command::Check => return check::run().map(Ended::Written),
        Command::Demo(demo) => return demo::run(output, demo).await.map(Ended::Written),
        Command::Index(index) => index::run(here, index).await,
        Command::Status(status) => status::run(here, status).await,
    };
    answer.map(Ended::Answered)
}
