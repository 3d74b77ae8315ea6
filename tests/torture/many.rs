//! Doing a thing very often, once on each core at a time.

use std::thread;

use tokio::task::JoinSet;

/// Progress is told after so many.
const PROGRESS: u64 = 500;

/// Does it so many times, each with a number of its own: two seeds share none. What came of it is
/// handed over as it comes.
pub(super) async fn many<T, F>(
    (seed, count): (u64, u64),
    what: &str,
    once: impl Fn(u64) -> F,
    mut take: impl FnMut(u64, T),
) where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let mut running = JoinSet::new();
    let (mut begun, mut ended) = (0, 0);
    while ended < count {
        while begun < count && running.len() < at_once {
            let number = (seed << 32) + begun;
            let once = once(number);
            running.spawn(async move { (number, once.await) });
            begun += 1;
        }
        let came = running.join_next().await.expect("as many as are left");
        let (number, came) = came.expect("what fails explains itself");
        take(number, came);
        ended += 1;
        if ended % PROGRESS == 0 {
            eprintln!("{ended} of {count} {what}");
        }
    }
}
