//! Trustdesk without a window. So far it serves the demo index; the other commands come with the
//! core's own growth.

mod demo;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Trusted publishers of a package index, without a window.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the demo index on this computer until it is stopped (Ctrl-C).
    ///
    /// Example: trustdesk-cli demo --port 8035 --state demo-index.json
    Demo(demo::Demo),
}

#[tokio::main]
async fn main() -> ExitCode {
    let ended = match Arguments::parse().command {
        Command::Demo(demo) => demo::serve(demo).await,
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            demo::complain(&error);
            ExitCode::FAILURE
        }
    }
}
