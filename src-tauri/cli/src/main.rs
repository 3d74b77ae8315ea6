//! Trustdesk without a window. So far it judges forms and serves the demo index; the other commands
//! come with the core's own growth.

mod check;
mod demo;

use std::io::{self, Write};
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
}

#[tokio::main]
async fn main() -> ExitCode {
    let ended: Result<ExitCode, Box<dyn std::error::Error>> = match Arguments::parse().command {
        Command::Check => check::run(io::stdin().lock(), io::BufWriter::new(io::stdout().lock()))
            .map(|all_read| if all_read { ExitCode::SUCCESS } else { ExitCode::FAILURE })
            .map_err(Into::into),
        Command::Demo(demo) => {
            demo::serve(demo).await.map(|()| ExitCode::SUCCESS).map_err(Into::into)
        }
    };
    ended.unwrap_or_else(|error| {
        complain(error.as_ref());
        ExitCode::FAILURE
    })
}

/// Says why the program ends. Nothing is left to do if that cannot be said either.
fn complain(error: &dyn std::error::Error) {
    let _ = writeln!(io::stderr(), "trustdesk-cli: {error}");
}
