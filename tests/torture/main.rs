//! What `cargo xtask torture` runs: a progress line now and then, and one line of JSON at the end.
//! Whatever breaks a promise is told with the seed that does it again.

use std::process::ExitCode;

use clap::Parser;
use trustdesk_tests::torture::{Report, lost_answers, mutations, simulations};

#[derive(Parser)]
#[command(about = "Lets everything go wrong and judges what is left")]
struct Arguments {
    /// Lives of the simulation
    #[arg(long, default_value_t = 0)]
    sims: u64,
    /// Connections that break in the middle of a change
    #[arg(long, default_value_t = 0)]
    lost_answers: u64,
    /// Pages that are not quite what they were
    #[arg(long = "mutations", default_value_t = 0)]
    changed_pages: u64,
    /// What decides everything; the same seed does the same
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { sims, lost_answers: connections, changed_pages, seed } = Arguments::parse();
    let mut report = Report::of_seed(seed);
    simulations(&mut report, sims).await;
    lost_answers(&mut report, connections).await;
    mutations(&mut report, changed_pages).await;
    println!("{}", serde_json::to_string(&report).expect("numbers"));
    if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
