//! Many connections that break in the middle of a change, over real HTTP: wherever it happens, each
//! change comes to the index once, and the list tells what became of it.

mod fault;
mod story;

use super::Report;
use super::at_once::many;

pub use fault::Fault;
pub use story::{Told, tell};

/// Breaks so many connections.
///
/// # Panics
/// A story ended in a way that no fault of the wire explains.
pub async fn lost_answers(report: &mut Report, count: u64) {
    let mut posts = 0;
    many((report.seed, count), "broken connections", tell, |number, told| match told {
        Ok(told) => posts += told.posts,
        Err((broken, diary)) => report.found(&broken, &format!("connection {number}"), &diary),
    })
    .await;
    report.lost_answers += count;
    report.posts += posts;
}
