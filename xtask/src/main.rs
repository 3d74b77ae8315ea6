//! `cargo xtask`: the only build scripts of the repository.
//!
//! Each subcommand is a module; what they share (children, system packages, Node, the virtual display) is one module each.
//! Nothing here is part of the app, and the app's own packages are never linked in, so that this compiles in seconds.

mod bindings;
mod build;
mod demo;
mod desktop;
mod house_rules;
mod node;
mod packages;
mod program;
mod repository;
mod run;
mod screen;
mod stop;
mod test;
mod torture;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use repository::Repository;
use stop::Stop;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Builds, tries and checks Trustdesk"
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything that a change must pass: formats, lints, types, tests of every kind, licences
    Test {
        /// Only these steps, by the names in the table at the end
        steps: Vec<String>,
    },
    /// Opens the app on the demo index; without a display it drives the built app through its main journey instead
    Demo {
        /// Drive the built app under a virtual display and leave pictures and tour.json in DIR
        #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = demo::TOUR_FOLDER)]
        tour: Option<PathBuf>,
    },
    /// Builds the app and opens it for real use
    Run {
        /// The small and fast build, which takes minutes
        #[arg(long)]
        release: bool,
    },
    /// Runs a command in a desktop that nobody sees: display, session bus and unlocked keyring of its own
    Desktop {
        #[arg(trailing_var_arg = true, required = true, value_name = "COMMAND")]
        command: Vec<OsString>,
    },
    /// Lets everything go wrong that can, as often as wanted, and judges what is left; one line of JSON at the end
    Torture {
        /// Ends the real window at fifty moments before the rest
        #[arg(long)]
        window: bool,
        /// What to do how often; `--help` after `--` lists it
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
        arguments: Vec<OsString>,
    },
    /// Writes ui/src/ipc/bindings.ts from the list of commands
    Bindings,
}

fn main() -> ExitCode {
    let repository = Repository::of_this_build();
    let ended = match Arguments::parse().task {
        Task::Test { steps } => test::test(&repository, &steps),
        Task::Demo { tour } => demo::demo(&repository, tour),
        Task::Run { release } => run::run(&repository, release),
        Task::Desktop { command } => desktop::run(&repository, &command),
        Task::Torture { window, arguments } => torture::torture(&repository, window, &arguments),
        Task::Bindings => bindings::bindings(&repository),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::ChecksFailed) => ExitCode::FAILURE,
        Err(stop) => {
            screen::problem(&stop.to_string());
            ExitCode::FAILURE
        }
    }
}
