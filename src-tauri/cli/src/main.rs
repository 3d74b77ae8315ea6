//! Trustdesk without a window: the same core, cache, rules and queue for terminals and scripts.
//! This file parses, runs and ends; what can be asked stands in `arguments.rs` and `commands/`.

mod answer;
mod arguments;
mod commands;
mod exit;
mod failure;
mod here;
mod index_name;
mod output;
mod shown;
mod table;

use std::process::ExitCode;

use arguments::Arguments;
use here::Here;
use output::Output;
use tokio::runtime::Runtime;

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(refused) => return refused.end().into(),
    };
    let output = Output::new(arguments.run.json);
    let here = Here::new(arguments.run);
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return output.end(Err(error.into())).into(),
    };
    let exit = runtime.block_on(async {
        let ended = commands::run(&here, output, arguments.command).await;
        here.close().await;
        output.end(ended)
    });
    // A keyring that is still asking somebody something keeps nobody from ending.
    runtime.shutdown_background();
    exit.into()
}
