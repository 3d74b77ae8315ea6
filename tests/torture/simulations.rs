//! Many lives of the simulation.

use super::Report;
use super::at_once::many;
use crate::simulation::{Seen, live};

/// Lives so many lives.
///
/// # Panics
/// A life ended in a way that no fault of the simulation explains.
pub async fn simulations(report: &mut Report, count: u64) {
    let mut seen = Seen::default();
    many((report.seed, count), "lives", live, |number, lived| match lived {
        Ok(life) => seen.add(&life),
        Err((broken, diary)) => report.found(&broken, &format!("life {number}"), &diary),
    })
    .await;
    report.sims += count;
    report.posts += seen.posts;
}
