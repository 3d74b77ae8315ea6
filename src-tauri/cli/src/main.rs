//! Trustdesk without a window: the same core, cache, rules and queue for terminals and scripts.
//! This file parses, runs and ends; what can be asked stands in `arguments.rs` and `commands/`.

mod answer;
mod arguments;
mod attended;
mod change_view;
mod commands;
mod exit;
mod failure;
mod here;
mod index_name;
mod left;
mod lines;
mod output;
mod planned;
mod progress;
mod secret;
mod send;
mod shown;
mod stop;
mod table;
mod verdict_texts;
mod words;

use std::process::ExitCode;

use arguments::Arguments;
use here::Here;
use output::Output;

#[tokio::main]
async fn main() -> ExitCode {
    trustdesk_core::process::keep_memory_private();
    let arguments = match Arguments::read(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(refused) => return refused.end().into(),
    };
    let output = Output::new(arguments.run.json);
    let here = Here::new(arguments.run);
    let ended = commands::run(&here, output, arguments.command).await;
    here.close().await;
    output.end(ended).into()
}
