//! `trustdesk-cli completions`: what a shell needs to complete the words of this program.

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use serde_json::json;

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::failure::Failure;

#[derive(Args)]
pub(crate) struct Completions {
    /// Which shell it is for.
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn run(completions: &Completions) -> Result<Answer, Failure> {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(completions.shell, &mut command, "trustdesk-cli", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    let result = json!({ "shell": completions.shell.to_string(), "script": script });
    Answer::new(&result, script)
}
