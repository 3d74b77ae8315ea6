//! Many lives of the simulation, one on each core at a time.

use std::thread;

use tokio::task::JoinSet;

use super::Report;
use crate::simulation::{Seen, live};

/// Progress is told after so many lives.
const PROGRESS: u64 = 500;

/// The life of this number: two seeds share none.
fn life(seed: u64, number: u64) -> u64 {
    (seed << 32) + number
}

/// Lives so many lives.
///
/// # Panics
/// A life ended in a way that no fault of the simulation explains.
pub async fn simulations(report: &mut Report, count: u64) {
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let (mut seen, mut lives) = (Seen::default(), JoinSet::new());
    let (mut begun, mut ended) = (0, 0);
    while ended < count {
        while begun < count && lives.len() < at_once {
            let number = life(report.seed, begun);
            lives.spawn(async move { (number, live(number).await) });
            begun += 1;
        }
        let lived = lives.join_next().await.expect("as many as are left");
        let (number, lived) = lived.expect("the core explains how it fails");
        ended += 1;
        match lived {
            Ok(life) => seen.add(&life),
            Err((broken, diary)) => report.found(&broken, &format!("life {number}"), &diary),
        }
        if ended % PROGRESS == 0 {
            eprintln!("{ended} of {count} lives, {} requests", seen.posts);
        }
    }
    report.sims += count;
    report.posts += seen.posts;
}
