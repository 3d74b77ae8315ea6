//! What `cargo xtask torture` runs: a progress line now and then, and one line of JSON at the end.
//! Whatever breaks a promise is told with the seed that does it again. It starts itself again as the
//! process whose life is cut short.

use std::env;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tokio::runtime;
use trustdesk_tests::torture::{
    Play, Report, disk_errors, kills, lost_answers, mutations, power_losses, simulations,
};

#[derive(Parser)]
#[command(about = "Lets everything go wrong and judges what is left")]
#[command(args_conflicts_with_subcommands = true)]
struct Arguments {
    /// Lives of the simulation
    #[arg(long, default_value_t = 0)]
    sims: u64,
    /// Processes ended in the middle: half of them at any moment, half of them at a system call
    #[arg(long, default_value_t = 0)]
    kills: u64,
    /// Lives in which the disk fails
    #[arg(long, default_value_t = 0)]
    disk_errors: u64,
    /// Disks as a power cut leaves them
    #[arg(long, default_value_t = 0)]
    power_losses: u64,
    /// Connections that break in the middle of a change
    #[arg(long, default_value_t = 0)]
    lost_answers: u64,
    /// Pages that are not quite what they were
    #[arg(long, default_value_t = 0)]
    mutations: u64,
    /// What decides everything; the same seed does the same
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Subcommand)]
enum Part {
    /// A life that will be cut short
    #[command(hide = true)]
    Play(Play),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.part {
        Some(Part::Play(life)) => {
            // One thread besides those of the database, so that a life makes its calls in one order.
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(life.play());
            ExitCode::SUCCESS
        }
        None => runtime::Runtime::new().expect("a runtime").block_on(torture(&arguments)),
    }
}

async fn torture(arguments: &Arguments) -> ExitCode {
    let mut report = Report::of_seed(arguments.seed);
    let torture = env::current_exe().expect("this program has a path");
    simulations(&mut report, arguments.sims).await;
    lost_answers(&mut report, arguments.lost_answers).await;
    mutations(&mut report, arguments.mutations).await;
    kills(&mut report, &torture, arguments.kills).await;
    disk_errors(&mut report, &torture, arguments.disk_errors).await;
    power_losses(&mut report, &torture, arguments.power_losses).await;
    println!("{}", serde_json::to_string(&report).expect("numbers"));
    if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
