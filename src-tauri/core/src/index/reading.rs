//! Reading an answer. It is work for a processor, of which a hostile answer can make much, so that it is
//! done on a thread for such work: everything else goes on, and a reading that nobody waits for any
//! more, because the work was stopped, ends there within a moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::spawn_blocking;

use super::pages::Bounds;
use super::{Answer, Error};

/// Ends the reading when whoever waited for it is gone.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Reads an answer within the bounds of a reading.
///
/// # Errors
/// Those of the reading; and that the answer would take too long to read.
pub(super) async fn read<T: Send + 'static>(
    answer: Answer,
    read: impl FnOnce(&Answer) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let waiting = Waiting(Arc::default());
    let given_up = Arc::clone(&waiting.0);
    let reading = spawn_blocking(move || Bounds::new(given_up).read(|| read(&answer)));
    // It fails only where the reading itself did, which is a page that this program cannot read.
    reading.await.unwrap_or(Err(Error::PageNotUnderstood("a page")))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::Duration;

    use super::*;
    use crate::index::pages;

    fn answer(body: String) -> Answer {
        Answer { status: 200, location: None, retry_after_s: None, told: None, body }
    }

    /// Reads the same page again and again, and tells when it has begun and how it ended.
    fn read_without_end(
        begun: Sender<()>,
        ended: Sender<()>,
    ) -> impl FnOnce(&Answer) -> Result<(), Error> + Send + 'static {
        move |answer| {
            let _ = begun.send(());
            while !pages::is_over() {
                let _ = pages::kind(&answer.body);
            }
            let _ = ended.send(());
            Ok(())
        }
    }

    fn hear(from: &Receiver<()>, what: &str) {
        from.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("never {what}"));
    }

    #[tokio::test]
    async fn reading_that_nobody_waits_for_ends() {
        let ((begun, has_begun), (ended, has_ended)) = (channel(), channel());
        let body = "<p>".repeat(100_000);
        let reading = tokio::spawn(read(answer(body), read_without_end(begun, ended)));
        tokio::task::spawn_blocking(move || hear(&has_begun, "began")).await.expect("it began");
        reading.abort();
        let _ = reading.await;
        tokio::task::spawn_blocking(move || hear(&has_ended, "ended")).await.expect("it ended");
    }

    #[tokio::test]
    async fn reading_that_fails_is_an_answer_that_cannot_be_read() {
        let failed =
            read(answer(String::new()), |_| -> Result<(), Error> { panic!("a bug") }).await;
        assert!(matches!(failed, Err(Error::PageNotUnderstood(_))), "{failed:?}");
    }
}
