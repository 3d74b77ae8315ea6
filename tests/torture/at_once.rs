//! Many of a kind, one on each core at a time.

use std::thread;

use tokio::task::JoinSet;

/// Progress is told after so many.
const PROGRESS: u64 = 500;

/// Lets each of these numbers run, and hands over what came of it in the order in which they end.
///
/// # Panics
/// One of them ended in a way that nothing explains.
pub(super) async fn at_once<T, Each>(
    what: &str,
    count: u64,
    each: impl Fn(u64) -> Each,
    mut ended: impl FnMut(T),
) where
    T: Send + 'static,
    Each: Future<Output = T> + Send + 'static,
{
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut running = JoinSet::new();
    let (mut begun, mut over) = (0, 0);
    while over < count {
        while begun < count && running.len() < cores {
            running.spawn(each(begun));
            begun += 1;
        }
        let one = running.join_next().await.expect("as many as are left");
        ended(one.expect("the core explains how it fails"));
        over += 1;
        if over % PROGRESS == 0 {
            eprintln!("{over} of {count} {what}");
        }
    }
}

/// The same with a number for each that no two seeds share. What came of it is handed over with it.
pub(super) async fn many<T, Once>(
    (seed, count): (u64, u64),
    what: &str,
    once: impl Fn(u64) -> Once,
    mut take: impl FnMut(u64, T),
) where
    T: Send + 'static,
    Once: Future<Output = T> + Send + 'static,
{
    let each = |number| {
        let number = (seed << 32) + number;
        let once = once(number);
        async move { (number, once.await) }
    };
    at_once(what, count, each, |(number, came)| take(number, came)).await;
}
