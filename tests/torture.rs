//! Many lives of the simulation, one after the other on each core, with a progress line and one line
//! of JSON at the end. Whatever breaks a promise is told with the seed that lives it again.

use std::process::ExitCode;
use std::thread;

use clap::Parser;
use serde::Serialize;
use tokio::task::JoinSet;
use trustdesk_tests::simulation::{Broken, Seen, live};

/// Progress is told after so many lives.
const PROGRESS: u64 = 500;

#[derive(Parser)]
#[command(about = "Lives whole lives of the sync and judges them")]
struct Arguments {
    /// How many lives
    #[arg(long, default_value_t = 1_000)]
    sims: u64,
    /// What decides them; the same seed lives the same lives
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// The last line.
#[derive(Default, Serialize)]
struct Report {
    sims: u64,
    posts: usize,
    lost: usize,
    doubles: usize,
    extra_posts: usize,
    stuck: usize,
    seed: u64,
}

impl Report {
    fn count(&mut self, broken: &Broken) {
        let counter = match broken {
            Broken::Lost(_) => &mut self.lost,
            Broken::Doubled(_) => &mut self.doubles,
            Broken::Needless(_) => &mut self.extra_posts,
            Broken::Stuck(_) => &mut self.stuck,
        };
        *counter += 1;
    }

    fn is_clean(&self) -> bool {
        self.lost + self.doubles + self.extra_posts + self.stuck == 0
    }
}

/// The life of this number: two seeds share none.
fn life(seed: u64, number: u64) -> u64 {
    (seed << 32) + number
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { sims, seed } = Arguments::parse();
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let mut report = Report { sims, seed, ..Report::default() };
    let (mut seen, mut lives) = (Seen::default(), JoinSet::new());
    let mut begun = 0;
    let mut ended = 0;
    while ended < sims {
        while begun < sims && lives.len() < at_once {
            let number = life(seed, begun);
            lives.spawn(async move { (number, live(number).await) });
            begun += 1;
        }
        let Some(Ok((number, lived))) = lives.join_next().await else {
            eprintln!("a life ended in a panic: see above");
            return ExitCode::FAILURE;
        };
        ended += 1;
        match lived {
            Ok(life) => seen.add(&life),
            Err((broken, diary)) => {
                report.count(&broken);
                eprintln!("{broken:?} in life {number}:\n{}", diary.join("\n"));
            }
        }
        if ended % PROGRESS == 0 {
            eprintln!("{ended} of {sims} lives, {} requests", seen.posts);
        }
    }
    report.posts = seen.posts;
    println!("{}", serde_json::to_string(&report).expect("numbers"));
    if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
